"""Portal: the events that concern a commune; it registers its persons there."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from .file_responses import send_calendar
from .portal_home import PortalCommune, to_id
from .route_access import page, page_post

OUTCOME = "commune_event_outcome"
MOST_PERSONS = 100  # more in one form is not a commune


def posted_ids(name):
    """Ids of the boxes ticked in the form."""
    values = request.httprequest.form.getlist(name)[:MOST_PERSONS]
    return [number for number in map(to_id, values) if number]


class PortalEvents(PortalCommune):
    def _find_event(self, place, event_id):
        pages = place.env["commune.portal.page"]
        event = pages._find_portal_event(place, event_id, request.env.user.partner_id)
        if not event:
            raise NotFound()
        return event

    def _find_event_anywhere(self, event_id):
        """(place, event): of whatever commune of the person."""
        person = request.env.user.partner_id
        for place in self._get_places_in_order():
            event = place.env["commune.portal.page"]._find_portal_event(place, event_id, person)
            if event:
                return place, event
        raise NotFound()

    @page("/my/events")
    def portal_events(self, shown="", **kwargs):
        """The events that concern the commune, for all its persons; those where somebody waits for
        a place alone with `shown=waiting`."""
        commune, person = self._get_place(), request.env.user.partner_id
        pages = commune.env["commune.portal.page"]
        waiting = pages._get_portal_waiting(commune, person)
        coming, past = pages._get_portal_events(commune, person)
        held = (coming | past)._get_portal_registrations(commune, person).grouped("event_id")
        nobody = request.env["event.registration"]
        values = dict(
            crumbs=[(request.env._("Events and trainings"), "")],
            coming=[(event, held.get(event, nobody)) for event in coming],
            past=[(event, held.get(event, nobody)) for event in past],
            waiting=[*waiting.grouped("event_id").items()],
            waiting_count=len(waiting),
            waits_alone=shown == "waiting",
            reader=person,
        )
        return self._render_page("portal_events", values)

    @page("/my/events/<int:event_id>")
    def portal_event(self, event_id, **kwargs):
        """One of them, with those registered that the person may know of."""
        return self._render_event(*self._find_event_anywhere(event_id))

    def _render_event(self, place, event, problem="", status=200):
        person = request.env.user.partner_id
        outcome = request.session.pop(OUTCOME, None)
        values = {
            "crumbs": [(request.env._("Events and trainings"), "/my/events"), (event.name, "")],
            "place": place,
            "event": event,
            "reader": person,
            "role": place._get_portal_role(person),
            "registrations": event._get_portal_registrations(place, person),
            "choices": event._get_portal_choices(place, person),
            "is_open": event._is_open_to_answers(),
            "seats_left": event._get_seats_left(),
            "quota_left": event._get_quota_left(place),
            "registrars": event._get_registrars(place),
            "outcome": outcome,
            "problem": problem,
        }
        return self._render_page("portal_event", values, status)

    @page_post("/my/events/<int:event_id>/register")
    def portal_event_register(self, event_id, commune_id=None, **kwargs):
        """Register the persons ticked: anybody of the commune with the full role, else oneself."""
        place = self._find_place(to_id(commune_id))
        event = self._find_event(place, event_id)
        person = request.env.user.partner_id
        wanted = posted_ids("mandate")
        choices = event._get_portal_choices(place, person)
        mandates = choices.filtered(lambda m: m.id in wanted)
        if not mandates:
            problem = request.env._("Tick the persons who are coming.")
            return self._render_event(place, event, problem, status=422)
        outcome = event._describe_places(event._register_persons(mandates, person), person)
        return self._back_to(f"/my/events/{event.id}", place, outcome, OUTCOME)

    @page_post("/my/events/<int:event_id>/withdraw")
    def portal_event_withdraw(self, event_id, commune_id=None, registration_id=None, **kwargs):
        """Cancel a registration: of any person of the commune with the full role, else one's
        own."""
        place = self._find_place(to_id(commune_id))
        event = self._find_event(place, event_id)
        person = request.env.user.partner_id
        registration = event._get_portal_registrations(place, person).filtered(
            lambda r: r.id == to_id(registration_id)
        )
        if not registration or not event._is_open_to_answers():
            raise NotFound()
        outcome = registration._withdraw_with_messages(request.env.user.partner_id)
        return self._back_to(f"/my/events/{event.id}", place, outcome, OUTCOME)

    @page("/my/events/<int:event_id>/calendar.ics")
    def portal_event_calendar(self, event_id, **kwargs):
        """The same, for a calendar."""
        _place, event = self._find_event_anywhere(event_id)
        return send_calendar(f"evenement-{event.id}", event._get_ics_content())
