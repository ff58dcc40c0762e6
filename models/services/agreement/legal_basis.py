"""Texts on which a convention or a service may rest: data, since the law changes."""

from odoo import api, fields, models


class CommuneLegalBasis(models.Model):
    _name = "commune.legal.basis"
    _description = "Legal basis"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, help="As it is quoted: “L5211-4-2”.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    text = fields.Text(required=True, translate=True, help="What it allows, in a few sentences.")
    citation = fields.Text(
        required=True, help="How it is quoted at the head of a convention, in French."
    )
    obligations = fields.Text(
        translate=True, help="What it asks for: opinion, annex, yearly statement."
    )
    source = fields.Char(required=True, help="Where it was read, and when.")
    needs_committee = fields.Boolean(
        string="Opinion of the staff committee", help="The CST has to be consulted."
    )
    needs_impact = fields.Boolean(
        string="Impact sheet", help="An impact sheet for the agents is annexed to the convention."
    )
    _code_uniq = models.Constraint("UNIQUE(code)", "This text is already in the list.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for basis in self:
            basis.display_name = f"{basis.code} – {basis.name}" if basis.code else basis.name
