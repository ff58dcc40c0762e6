"""What the house would leave behind if it no longer used committees."""

from odoo import fields, models
from odoo.fields import Domain

from .decision.decision import OPEN_DECISIONS
from .session.states import COMING


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_left_behind(self):
        today = fields.Date.context_today(self)
        coming = Domain("state", "in", COMING) & Domain("date", ">=", today)
        sessions = self.env["commune.session"].sudo().search_count(coming)
        decisions = self.env["commune.decision"].sudo()
        decisions = decisions.search_count(Domain("state", "in", OPEN_DECISIONS))
        return {
            **super()._get_left_behind(),
            "committees": [
                (self.env._("sessions to come"), sessions),
                (self.env._("decisions to carry out"), decisions),
            ],
        }
