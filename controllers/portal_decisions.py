"""Portal: the decisions that concern my commune, and what they change for it."""

from odoo.fields import Domain
from odoo.http import request

from ..models.committees.decision.decision import OPEN_DECISIONS
from .doors import page
from .portal_home import PortalCommune


class PortalDecisions(PortalCommune):
    def _get_decisions_domain(self, commune):
        """Those of the commune at hand: the rule alone would give those of all one's communes."""
        return Domain("is_published", "=", True) & Domain("commune_ids", "in", commune.ids)

    @page("/my/decisions")
    def portal_decisions(self, **kwargs):
        """The decisions that concern the commune, for all its persons. Changes nothing."""
        commune = self._get_place()
        decisions = request.env["commune.decision"]
        found = decisions.search(self._get_decisions_domain(commune), order="session_date desc, id")
        running = found.filtered(lambda decision: decision.state in OPEN_DECISIONS)
        # Names of the committees: members alone read their sheets.
        committees = {decision.id: decision.sudo().committee_id.name for decision in found}
        states = dict(decisions._fields["state"]._description_selection(request.env))
        values = dict(
            crumbs=[(request.env._("Decisions"), "")],
            running=running,
            closed=found - running,
            committees=committees,
            states=states,
            format_day=request.env["commune.letter"]._format_day,
        )
        return self._render_page("portal_decisions", values)
