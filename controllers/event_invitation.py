"""The link of an invitation: no account, one press to answer.

Scanners of mail open every link: opening it shows the question, only the button answers.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .file_responses import send_calendar
from .personal_link import dead_page, open_link, private_page
from .portal_events import posted_ids
from .route_access import link, link_file, link_post


class EventInvitation(http.Controller):
    def _find(self, token):
        """The invitation, in the language of the person; empty when the link has died."""
        invitation = request.env["commune.event.invitation"]._find_by_token(token)
        return open_link(invitation, invitation.partner_id)

    def _render(self, invitation, status=200, **values):
        if not invitation:
            return dead_page(
                request.env._("Invitation"),
                request.env._(
                    "The event is over or called off, your mandate or post has ended, or the link"
                    " was not copied whole."
                ),
            )
        event = invitation.event_id
        others = invitation._get_colleagues() if invitation._can_send_others() else ()
        return private_page(
            "commune_relations.event_invitation_page",
            {
                "invitation": invitation,
                "event": event,
                "reader": invitation.partner_id,
                "others": others,
                "registrars": event._get_registrars(invitation.commune_id),
                "alone": not invitation._can_send_others(),
                "registration": invitation._get_registration(),
                "seats_left": event._get_seats_left(),
                "outcome": (),
                "problem": "",
                **values,
            },
            status,
        )

    @link("/event-invitation/<string:token>")
    def invitation(self, token, **kwargs):
        """Page of the invitation, for the holder of the link. Read-only."""
        outcome = request.session.pop("commune_event_outcome", ())
        return self._render(self._find(token), outcome=outcome)

    @link_post("/event-invitation/<string:token>/answer", sets=True)
    def invitation_answer(self, token, answer=None, **kwargs):
        """The same: registers the person or the colleagues ticked, or excuses the person."""
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
        request.session["commune_event_outcome"] = invitation._answer(answer, mandates)
        return request.redirect(f"/event-invitation/{token}")

    @link_file("/event-invitation/<string:token>/calendar.ics")
    def invitation_calendar(self, token, **kwargs):
        """The same: the event for a calendar."""
        invitation = self._find(token)
        if not invitation:
            raise NotFound()
        event = invitation.event_id
        return send_calendar(f"evenement-{event.id}", event._get_ics_content())
