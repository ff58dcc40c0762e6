"""Events to come on a visit card: those that the commune may attend, and who is registered."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...network.event.seat_allocation import TAKEN


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_events(self, communes, today):
        """Events open to all, or to which somebody of the commune was invited or is registered."""
        events = self.env["event.event"].search(
            Domain("kind", "!=", False)
            & Domain("kanban_state", "!=", "cancel")
            & Domain("date_end", ">=", fields.Datetime.now()),
            order="date_begin, id",
        )
        invited = self._get_invited(events, communes)
        registered = self._get_registered(events, communes)
        found = {}
        for event in events:
            for commune in communes:
                key = event.id, commune.id
                if event.portal_scope == "all" or key in invited or key in registered:
                    row = self._prepare_event(event, registered.get(key, []))
                    found.setdefault(commune.id, []).append(row)
        return found

    @api.model
    def _get_invited(self, events, communes):
        groups = self.env["commune.event.invitation"]._read_group(
            Domain("event_id", "in", events.ids) & Domain("commune_id", "in", communes.ids),
            ["event_id", "commune_id"],
        )
        return {(event.id, commune.id) for event, commune in groups}

    @api.model
    def _get_registered(self, events, communes):
        """{(event id, commune id): [(name, waits)]}."""
        registrations = self.env["event.registration"].search_fetch(
            Domain("event_id", "in", events.ids)
            & Domain("commune_id", "in", communes.ids)
            & (Domain("state", "in", TAKEN) | Domain("is_waiting", "=", True)),
            ["event_id", "commune_id", "name", "is_waiting"],
        )
        found = {}
        for one in registrations:
            persons = found.setdefault((one.event_id.id, one.commune_id.id), [])
            persons.append((one.name, one.is_waiting))
        return found

    @api.model
    def _prepare_event(self, event, persons):
        return {
            "id": event.id,
            "record": event,
            "name": event.name,
            "date": event._get_local_days()[0],
            "names": sorted(name for name, waits in persons if not waits),
            "waiting": sorted(name for name, waits in persons if waits),
        }

    @api.model
    def _prepare_events_row(self, row, card):
        names, waiting = row["names"], row["waiting"]
        who = self.env._("registered: %s", ", ".join(names)) if names else ""
        queue = self.env._("on the waiting list: %s", ", ".join(waiting)) if waiting else ""
        nobody = card["reads_all"] and not names and not waiting
        return {
            "text": row["name"],
            "detail": [self._format_date(row["date"]), who, queue],
            "mark": self.env._("nobody registered") if nobody else "",
            "tone": "wait" if nobody else "",
            "record": row["record"],
        }
