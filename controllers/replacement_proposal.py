"""The link of a proposal: the agent, then the commune, answers in one press, without account.

Scanners of mail open every link: opening it shows the proposal, only the button answers.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.replacement.proposal.proposal import DECLINE_REASONS
from .personal_link import check_own_link, private_page
from .portal_events import calendar_file
from .portal_home import to_text


class ReplacementProposal(http.Controller):
    def _find(self, token):
        proposal, side = request.env["commune.replacement.proposal"]._find_by_token(token)
        lang = proposal._get_letter_lang() if proposal else request.env.lang
        request.update_context(lang=lang)
        check_own_link(proposal._get_link_persons(side))
        return proposal.with_context(lang=lang), side

    def _render(self, proposal, side, status=200, problem=""):
        if not proposal:
            return private_page("commune_relations.replacement_proposal_dead", {}, status=404)
        values = {
            "proposal": proposal,
            "side": side,
            "lines": proposal._get_letter_lines(),
            "slots": proposal.slot_ids.sorted(lambda s: (s.date, s.half_day)),
            "awaits": proposal._awaits(side),
            "agreed": bool(proposal[f"answer_{side}_date"])
            and proposal.state not in (f"declined_{side}", f"sent_{side}"),
            "reasons": proposal.request_id._get_decline_labels(DECLINE_REASONS),
            "problem": problem,
        }
        return private_page("commune_relations.replacement_proposal_page", values, status)

    @http.route(
        "/replacement-proposal/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def proposal(self, token, **kwargs):
        return self._render(*self._find(token))

    @http.route(
        "/replacement-proposal/<string:token>/answer",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def proposal_answer(self, token, answer=None, reason=None, note=None, **kwargs):
        proposal, side = self._find(token)
        if not proposal:
            return self._render(proposal, side)
        if answer not in ("yes", "no"):
            return self._render(proposal, side, 422, proposal.env._("Choose yes or no."))
        known = reason if reason in dict(DECLINE_REASONS) else "other"
        try:
            with request.env.cr.savepoint():
                person = proposal._get_letter_person()
                proposal._answer(side, answer == "yes", person, known, to_text(note, 1000))
        except UserError as error:
            return self._render(proposal, side, 409, error.args[0])
        return request.redirect(f"/replacement-proposal/{token}", 303)


class ReplacementCalendar(http.Controller):
    @http.route(
        "/replacement-calendar/<string:token>.ics", type="http", auth="public", sitemap=False
    )
    def agent_calendar(self, token, **kwargs):
        """The private address of an agent's calendar."""
        agent = request.env["hr.employee"]._find_by_agent_calendar_token(token)
        if not agent:
            raise NotFound()
        lang = request.env["commune.letter"]._choose_lang(agent.work_contact_id.lang)
        return calendar_file("missions", agent.with_context(lang=lang)._get_agent_calendar())
