"""A skill that a request asks for, with the least level."""

from odoo import fields, models

LEVELS = [("1", "1 – with help"), ("2", "2 – alone"), ("3", "3 – can train others")]


class CommuneReplacementNeed(models.Model):
    _name = "commune.replacement.need"
    _description = "Skill asked for"
    _order = "request_id, id"
    _rec_name = "skill_id"

    request_id = fields.Many2one(
        "commune.replacement.request", required=True, index=True, ondelete="cascade"
    )
    skill_id = fields.Many2one(
        "hr.skill",
        required=True,
        ondelete="restrict",
        domain="[('commune_code', '!=', False)]",
    )
    level = fields.Selection(LEVELS, required=True, default="2")

    _skill_uniq = models.Constraint(
        "UNIQUE(request_id, skill_id)", "This skill is already asked for in the request."
    )
