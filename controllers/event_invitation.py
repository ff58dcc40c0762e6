"""The link of an invitation: no account, one press to answer.

Scanners of mail open every link: opening it shows the question, only the button answers.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .personal_link import check_own_link, private_page
from .portal_events import calendar_file, posted_ids


class EventInvitation(http.Controller):
    def _find(self, token):
        """The invitation, in the language of the person; empty when the link has died."""
        invitation = request.env["commune.event.invitation"]._find_by_token(token)
        lang = invitation._get_letter_lang() if invitation else request.env.lang
        request.update_context(lang=lang)
        check_own_link(invitation.partner_id)
        return invitation.with_context(lang=lang)

    def _render(self, invitation, status=200, **values):
        if not invitation:
            return private_page("commune_relations.event_invitation_dead", {}, status=404)
        event = invitation.event_id
        others = invitation._get_colleagues() if invitation._can_send_others() else ()
        held = event.registration_ids.filtered(
            lambda r: r.attendee_partner_id == invitation.partner_id and r.state != "cancel"
        )
        return private_page(
            "commune_relations.event_invitation_page",
            {
                "invitation": invitation,
                "event": event,
                "others": others,
                "registrars": event._get_registrars(invitation.commune_id),
                "alone": not invitation._can_send_others(),
                "registration": held or held.browse(),
                "seats_left": event._get_seats_left(),
                "outcome": (),
                "problem": "",
                **values,
            },
            status,
        )

    @http.route(
        "/event-invitation/<string:token>", type="http", auth="public", website=True, sitemap=False
    )
    def invitation(self, token, **kwargs):
        outcome = request.session.pop("commune_event_outcome", ())
        return self._render(self._find(token), outcome=outcome)

    @http.route(
        "/event-invitation/<string:token>/answer",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def invitation_answer(self, token, answer=None, **kwargs):
        invitation = self._find(token)
        if not invitation:
            return self._render(invitation)
        mandates = invitation.mandate_id.browse()
        if answer == "other" and invitation._can_send_others():
            wanted = posted_ids("mandate")
            mandates = invitation._get_colleagues().filtered(lambda m: m.id in wanted)
        if answer not in ("yes", "no") and not mandates:
            problem = invitation.env._("Tick the persons who are coming.")
            return self._render(invitation, status=422, problem=problem)
        places = invitation._answer(answer, mandates)
        request.session["commune_event_outcome"] = invitation.event_id._describe_places(places) or [
            invitation.env._("Thank you, you are excused.")
        ]
        return request.redirect(f"/event-invitation/{token}")

    @http.route(
        "/event-invitation/<string:token>/calendar.ics", type="http", auth="public", sitemap=False
    )
    def invitation_calendar(self, token, **kwargs):
        invitation = self._find(token)
        if not invitation:
            raise NotFound()
        event = invitation.event_id
        return calendar_file(f"evenement-{event.id}", event._get_ics_content())
