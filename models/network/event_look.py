"""How an event is told: when, where, in a letter and in a calendar."""

import base64

import pytz

from odoo import models

from ...engine.calendar.ics import Entry, calendar


class EventEvent(models.Model):
    _inherit = "event.event"

    def _get_kind_label(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return kinds.get(self.kind, "")

    def _get_letter_when(self):
        """One line per half-day; consecutive halves of the same day stand on one line."""
        self.ensure_one()
        letter = self.env["commune.letter"]
        lines = []
        for day, slots in self.half_day_ids.sorted().grouped("date").items():
            hours = self.env._(" and ").join(
                self.env._(
                    "from %(start)s to %(end)s",
                    start=letter._format_hour(slot.hour_start),
                    end=letter._format_hour(slot.hour_end),
                )
                for slot in slots
            )
            lines.append(f"{letter._format_day(day)}, {hours}")
        return lines

    def _get_letter_place(self):
        """Name and address of the place on one line."""
        self.ensure_one()
        place = self.sudo().address_id
        town = " ".join(filter(None, (place.zip, place.city)))
        return ", ".join(filter(None, (place.name, place.street, place.street2, town)))

    def _get_portal_url(self):
        return f"{self.get_base_url()}/my/events/{self.id}"

    def _get_ics_entries(self, waiting=False):
        """One entry per half-day, or one for an event without a programme."""
        self.ensure_one()
        event = self.sudo()
        stamp = pytz.utc.localize(event.write_date)
        moments = [(slot.id, *slot._get_moments()) for slot in event.half_day_ids] or [
            (0, pytz.utc.localize(event.date_begin), pytz.utc.localize(event.date_end))
        ]
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return [
            Entry(
                uid=f"event-{event.id}-{part}@{database}",
                title=event.name,
                start=start,
                end=end,
                stamp=stamp,
                text=event._get_kind_label(),
                place=event._get_letter_place(),
                url=event._get_portal_url(),
                cancelled=event.kanban_state == "cancel",
                tentative=waiting,
            )
            for part, start, end in moments
        ]

    def _get_ics_content(self):
        self.ensure_one()
        return calendar(self.name, self._get_ics_entries())

    def _make_ics_attachment(self):
        """The calendar file that the letters of this event carry."""
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "invitation.ics",
                    "datas": base64.b64encode(self._get_ics_content()),
                    "mimetype": "text/calendar",
                    "res_model": "event.event",
                    "res_id": self.id,
                }
            )
        )
