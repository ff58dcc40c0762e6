"""Events for the communes, who came, and what became of the letters."""

from odoo import models
from odoo.fields import Domain

from ...network.event.seat_allocation import TAKEN
from .requests_figures import within

EVENT, REGISTRATION, LETTER = "event.event", "event.registration", "commune.mailing.stat"
ARRIVED, OPENED = ("sent", "opened", "clicked"), ("opened", "clicked")


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    def _collect(self, period, scope):
        rows = super()._collect(period, scope)
        if self._reads(EVENT) and self._reads(REGISTRATION):
            rows += self._collect_events(period, scope)
        if self._reads(LETTER):
            written = within("date", period) & scope.on()
            arrived = written & Domain("status", "in", ARRIVED)
            opened = Domain("status", "in", OPENED)
            rows += self._number("letters_arrived", LETTER, arrived)
            rows += self._share("letters_opened", LETTER, opened, arrived)
        return rows

    def _get_registered_domain(self, period, scope):
        """Persons of the communes with a place at the events of a period."""
        return (
            within("event_id.date_begin", period)
            & Domain("event_id.kind", "!=", False)
            & Domain("event_id.kanban_state", "!=", "cancel")
            & Domain("commune_id", "!=", False)
            & Domain("state", "in", TAKEN)
            & Domain("is_waiting", "=", False)
            & scope.on()
        )

    def _get_events_domain(self, period):
        """Events for the communes that begin in a period."""
        return (
            within("date_begin", period)
            & Domain("kind", "!=", False)
            & Domain("kanban_state", "!=", "cancel")
        )

    def _collect_events(self, period, scope):
        held = self._get_events_domain(period)
        if not scope.is_all:
            taken = scope.on() & Domain("state", "in", TAKEN)
            held &= Domain("registration_ids", "any", taken)
        registered = self._get_registered_domain(period, scope)
        over = registered & Domain("event_id.date_end", "<", "now")
        waiting = (
            Domain("is_waiting", "=", True)
            & Domain("event_id.date_begin", ">=", "now")
            & Domain("event_id.kind", "!=", False)
            & Domain("event_id.kanban_state", "!=", "cancel")
            & scope.on()
        )
        present = Domain("state", "=", "done")
        came = []
        if self._wants("events_communes"):
            came = self._grouped_communes(REGISTRATION, registered & present)
        return [
            *self._number("events_held", EVENT, held),
            *self._number("events_registered", REGISTRATION, registered),
            *self._share("events_attendance", REGISTRATION, present, over),
            *self._number("events_waiting", REGISTRATION, waiting),
            *self._of_communes("events_communes", came, scope),
        ]
