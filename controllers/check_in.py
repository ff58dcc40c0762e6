"""Check-in on site, on the telephone of an agent: large buttons, one half-day at a time."""

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import request

from ..models.core.collation import collate, collate_place
from ..models.network.event.attendance import STATES
from ..models.network.event.seat_allocation import TAKEN
from .portal_home import to_id
from .route_access import page, page_post


class CheckIn(http.Controller):
    def _find_event(self, event_id):
        """The event, for anyone who may note the attendance."""
        event = request.env["event.event"].browse(event_id).exists()
        if not event.has_access("write") or not event.kind:
            raise NotFound()
        return event

    def _choose_half_day(self, event, half_day_id):
        """The one asked for, else that of now or the next one, else the last."""
        slots = event.half_day_ids.sorted()
        asked = slots.filtered(lambda slot: slot.id == half_day_id)
        now = fields.Datetime.now()
        coming = slots.filtered(lambda slot: slot._get_moments()[1].replace(tzinfo=None) >= now)
        return asked or coming[:1] or slots[-1:]

    @page("/commune/check-in/<int:event_id>")
    def check_in(self, event_id, half_day=None, **kwargs):
        """Staff who may note attendance: the list of one half-day. Changes nothing."""
        event = self._find_event(event_id)
        return self._render_check_in(event, self._choose_half_day(event, to_id(half_day)))

    def _render_check_in(self, event, slot, status=200):
        held = event.registration_ids.filtered(lambda r: r.state in TAKEN)
        noted = {a.registration_id: a.state for a in slot.attendance_ids}
        values = {
            "event": event,
            "slot": slot,
            "slots": event.half_day_ids.sorted(),
            "communes": held.sorted(
                lambda r: (collate_place(r.commune_id.name), collate(r.name))
            ).grouped("commune_id"),
            "noted": noted,
            "present_count": sum(state == "present" for state in noted.values()),
            "held_count": len(held),
            "too_early": slot._get_too_early(),
            "states": request.env["commune.event.attendance"]
            ._fields["state"]
            ._description_selection(request.env),
        }
        response = request.render("commune_relations.check_in", values)
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        return response

    @page_post("/commune/check-in/<int:event_id>/note", sets=True)
    def check_in_note(self, event_id, half_day=None, registration=None, state=None, **kwargs):
        """The same: notes whether one person is there, once the half-day has begun."""
        event = self._find_event(event_id)
        slot = event.half_day_ids.filtered(lambda s: s.id == to_id(half_day))
        person = event.registration_ids.filtered(
            lambda r: r.id == to_id(registration) and r.state in TAKEN
        )
        if not slot or not person or state not in ("", *dict(STATES)):
            raise NotFound()
        if slot._get_too_early():
            return self._render_check_in(event, slot, status=422)
        person._mark_attendance(slot, state)
        return request.redirect(
            f"/commune/check-in/{event.id}?half_day={slot.id}#registration_{person.id}"
        )
