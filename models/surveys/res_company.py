"""What the organisation would leave behind if it no longer used surveys."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_left_behind(self):
        campaigns = self.env["commune.survey.campaign"].sudo()
        opened = campaigns.search_count([("state", "=", "open")])
        return {
            **super()._get_left_behind(),
            "surveys": [(self.env._("surveys open to answers"), opened)],
        }
