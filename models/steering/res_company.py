"""What the house decides for its steering: after how long a commune is said to be silent."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    silence_weeks = fields.Integer(
        string="Weeks without a sign before a commune is silent",
        default=12,
        help="No request, event, answer, connection to the portal or contact for that long.",
    )
    _silence_weeks_check = models.Constraint(
        "CHECK(silence_weeks > 0)", "A commune is silent after one week at least."
    )


class CommuneHouseSettings(models.AbstractModel):
    _inherit = "commune.house.settings"

    silence_weeks = fields.Integer(related="company_id.silence_weeks", readonly=False)
