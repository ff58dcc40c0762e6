"""Portal: the events that concern a commune; it registers its persons there."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal_home import PortalCommune, to_id

MOST_PERSONS = 100  # more in one form is not a commune


def calendar_file(name, content):
    """An answer that a phone opens in its calendar."""
    return request.make_response(
        content,
        [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", f'attachment; filename="{name}.ics"'),
            ("Cache-Control", "no-store"),
        ],
    )


def posted_ids(name):
    """Ids of the boxes ticked in the form."""
    values = request.httprequest.form.getlist(name)[:MOST_PERSONS]
    return [number for number in map(to_id, values) if number]


class PortalEvents(PortalCommune):
    def _prepare_commune_home_values(self, commune):
        person = request.env.user.partner_id
        coming, _past = commune._get_portal_events(person)
        values = super()._prepare_commune_home_values(commune)
        return {
            **values,
            "event_count": len(coming),
            "portal_todos": values["portal_todos"]
            + [
                {
                    "title": request.env._("Say whether you are coming: %s", waiting.event_id.name),
                    "text": waiting.event_id._get_letter_when()[0],
                    "url": f"/event-invitation/{waiting.token}",
                }
                for waiting in coming._get_unanswered(commune, person)
            ],
        }

    def _find_event(self, place, event_id):
        event = place._find_portal_event(event_id, request.env.user.partner_id)
        if not event:
            raise NotFound()
        return event

    @http.route("/my/events", type="http", auth="user", website=True)
    def portal_events(self, **kwargs):
        values = self._prepare_portal_layout_values()
        commune = values["portal_commune"]
        if not commune:
            raise NotFound()
        person = request.env.user.partner_id
        coming, past = commune._get_portal_events(person)
        values.update(
            page_name="events",
            coming=[(event, event._get_portal_registrations(commune, person)) for event in coming],
            past=[(event, event._get_portal_registrations(commune, person)) for event in past],
        )
        return request.render("commune_relations.portal_events", values)

    @http.route("/my/events/<int:event_id>", type="http", auth="user", website=True)
    def portal_event(self, event_id, **kwargs):
        commune, places = self._get_portal_commune()
        person = request.env.user.partner_id
        # The link of a letter opens the page whatever commune was chosen last.
        for place in [commune, *(places - commune)]:
            event = place and place._find_portal_event(event_id, person)
            if event:
                return self._render_event(place, event)
        raise NotFound()

    def _render_event(self, place, event, problem="", status=200):
        person = request.env.user.partner_id
        outcome = request.session.pop("commune_event_outcome", None)
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "event",
            "place": place,
            "event": event,
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
        response = request.render("commune_relations.portal_event", values)
        response.status_code = status
        return response

    @http.route(
        "/my/events/<int:event_id>/register",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
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
        places = event._register_persons(mandates, person)
        request.session["commune_event_outcome"] = event._describe_places(places)
        request.env["res.users"]._choose_portal_commune(place.id)
        return request.redirect(f"/my/events/{event.id}")

    @http.route(
        "/my/events/<int:event_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_event_withdraw(self, event_id, commune_id=None, registration_id=None, **kwargs):
        """Give a place back: that of anybody of the commune with the full role, else one's own."""
        place = self._find_place(to_id(commune_id))
        event = self._find_event(place, event_id)
        person = request.env.user.partner_id
        registration = event._get_portal_registrations(place, person).filtered(
            lambda r: r.id == to_id(registration_id)
        )
        if not registration or not event._is_open_to_answers():
            raise NotFound()
        registration._withdraw()
        request.session["commune_event_outcome"] = [
            request.env._("%s is excused. Thank you for telling us.", registration.name)
        ]
        request.env["res.users"]._choose_portal_commune(place.id)
        return request.redirect(f"/my/events/{event.id}")

    @http.route("/my/events/<int:event_id>/calendar.ics", type="http", auth="user", website=True)
    def portal_event_calendar(self, event_id, **kwargs):
        _commune, places = self._get_portal_commune()
        for place in places:
            event = place._find_portal_event(event_id, request.env.user.partner_id)
            if event:
                return calendar_file(f"evenement-{event.id}", event._get_ics_content())
        raise NotFound()
