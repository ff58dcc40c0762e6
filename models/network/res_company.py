"""What the house sets for its network: how many letters a person receives in a week."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    network_weekly_limit = fields.Integer(
        string="Letters per person and week",
        default=3,
        help="Beyond, letters wait for the digest of the week. Service messages do not count."
        " 0: no limit.",
    )
    _network_weekly_limit_check = models.Constraint(
        "CHECK(network_weekly_limit >= 0)", "A number of letters cannot be negative."
    )

    def write(self, vals):
        result = super().write(vals)
        if "last_renewal_date" in vals:
            self.env["commune.obligation"].sudo()._follow_renewal()
        return result


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    network_weekly_limit = fields.Integer(related="company_id.network_weekly_limit", readonly=False)
