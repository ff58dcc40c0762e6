"""Functions whose holders sign for the commune."""

from odoo import api, fields, models

SIGNATORIES = ("mayor", "president")


class CommuneFunction(models.Model):
    _inherit = "commune.function"

    signs_agreements = fields.Boolean(
        string="Signs conventions",
        compute="_compute_signs_agreements",
        store=True,
        readonly=False,
        help="The holder signs the conventions of the commune on the portal. Others sign only"
        " the convention for which they are named, with the reference of their delegation.",
    )

    @api.depends("code")
    def _compute_signs_agreements(self):
        for function in self:
            function.signs_agreements = function.code in SIGNATORIES

    def _detect_new_signing(self, vals):
        """A new signatory waits for the signing delay, as a newcomer does."""
        others = self.filtered(lambda function: not function.signs_agreements)
        yield
        others.filtered("signs_agreements")._change_signing_rights()
