"""What the organisation would leave behind if it no longer used committees."""

from odoo import models
from odoo.fields import Domain

from ..territory.onboarding.step import Step
from .decision.decision import OPEN_DECISIONS
from .session.states import COMING


class ResCompany(models.Model):
    _inherit = "res.company"

    def _collect_onboarding_steps(self):
        steps = super()._collect_onboarding_steps()
        return [*steps, self._get_session_step()] if self._uses("committees") else steps

    def _get_session_step(self):
        count = self.env["commune.session"].search_count([])
        return Step(
            code="session",
            rank=110,
            name=self.env._("The first session"),
            why=self.env._(
                "A committee is called with its agenda, and its decisions are followed."
            ),
            minutes=10,
            button=self.env._("Prepare a session"),
            screen="commune_session_action",
            done=bool(count),
            progress_text=self.env._("%s sessions", count)
            if count
            else self.env._("When you wish"),
            optional=True,
        )

    def _get_left_behind(self):
        today = self.env.company._get_today()
        coming = Domain("state", "in", COMING) & Domain("date", ">=", today)
        env = self.sudo().env  # a count of everything, for every reader
        sessions = env["commune.session"].search_count(coming)
        decisions = env["commune.decision"]
        decisions = decisions.search_count(Domain("state", "in", OPEN_DECISIONS))
        return {
            **super()._get_left_behind(),
            "committees": [
                (self.env._("sessions to come"), sessions),
                (self.env._("decisions to carry out"), decisions),
            ],
        }
