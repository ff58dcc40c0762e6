"""Portal: the decisions that concern my commune, and what they change for it."""

from odoo.fields import Domain
from odoo.http import request

from ..models.committees.decision.decision import OPEN_DECISIONS
from .portal_home import PortalCommune
from .route_access import page


class PortalDecisions(PortalCommune):
    def _get_item_documents(self, decisions):
        """{decision: documents of its item}, of the sessions to which the user is called."""
        pages = request.env["commune.portal.page"].sudo()
        person = request.env.user.partner_id
        sessions = pages._get_portal_sessions(person, decisions.sudo().session_id)
        return {
            one.id: one.item_id.document_ids
            for one in decisions.sudo()
            if one.session_id in sessions
        }

    def _get_decisions_domain(self, commune):
        """Decisions of the current commune; the record rule covers all communes of the user."""
        return Domain("is_published", "=", True) & Domain("commune_ids", "in", commune.ids)

    @page(["/my/decisions", "/my/decisions/page/<int:page>"])
    def portal_decisions(self, page=1, **kwargs):
        """The decisions that concern the commune, for all its persons, those under way first.
        Changes nothing."""
        decisions, order = request.env["commune.decision"], "session_date desc, id"
        domain = self._get_decisions_domain(self._get_place())
        opened = Domain("state", "in", OPEN_DECISIONS)
        cut = self._cut(
            "/my/decisions",
            page,
            (decisions, domain & opened, order),
            (decisions, domain & ~opened, order),
        )
        running, closed = cut["parts"]
        # As superuser, for the names of the committees: only members read their records.
        found = (running | closed).sudo()
        committees = {decision.id: decision.committee_id.name for decision in found}
        states = dict(decisions._fields["state"]._description_selection(request.env))
        values = dict(
            crumbs=[(request.env._("Decisions"), "")],
            running=running,
            closed=closed,
            pager=cut["pager"],
            committees=committees,
            item_documents=self._get_item_documents(running | closed),
            states=states,
            format_long_date=request.env["commune.letter"]._format_date,
        )
        return self._render_page("portal_decisions", values)
