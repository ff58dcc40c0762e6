"""The link of a proposal: the agent, then the commune, answers in one press, without account.

Scanners of mail open every link: opening it shows the proposal, only the button answers.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.replacement.proposal.proposal import DECLINE_REASONS
from .file_responses import send_calendar
from .personal_link import dead_page, open_link, private_page
from .portal_home import to_text
from .route_access import link, link_file, link_post


class ReplacementProposal(http.Controller):
    def _find(self, token):
        proposal, side = request.env["commune.replacement.proposal"]._find_by_token(token)
        return open_link(proposal, proposal._get_link_persons(side)), side

    def _render(self, proposal, side, status=200, problem=""):
        if not proposal:
            return dead_page(
                request.env._("Proposal of a mission"),
                request.env._(
                    "The proposal has been answered, withdrawn, or its time is over. Call the"
                    " replacement service if you have a doubt."
                ),
            )
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

    @link("/replacement-proposal/<string:token>")
    def proposal(self, token, **kwargs):
        """For the holder of the link, of the agent or of the commune. Read-only."""
        return self._render(*self._find(token))

    @link_post("/replacement-proposal/<string:token>/answer")
    def proposal_answer(self, token, answer=None, reason=None, note=None, **kwargs):
        """The same: accepts or declines for the side of the link."""
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
    @link_file("/replacement-calendar/<string:token>.ics")
    def agent_calendar(self, token, **kwargs):
        """The private address of an agent's calendar."""
        agent = request.env["hr.employee"]._find_by_agent_calendar_token(token)
        if not agent:
            raise NotFound()
        lang = request.env["commune.letter"]._choose_lang(agent.work_contact_id.lang)
        return send_calendar("missions", agent.with_context(lang=lang)._get_agent_calendar())
