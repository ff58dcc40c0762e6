"""Attendance sheet: by commune, a box to sign for each half-day."""

from odoo import api, models

from ...models.core.collation import collate, collate_place
from ...models.network.event.seat_allocation import TAKEN

COLUMNS = 4  # half-days side by side on a page in landscape
SPARE_LINES = 5  # for those who come without having registered


class AttendanceSheet(models.AbstractModel):
    _name = "report.commune_relations.attendance_sheet"
    _description = "Attendance sheet (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        event = self.env["event.event"].browse(docids)[:1]
        event.registration_ids.check_access("read")
        slots = event.half_day_ids.sorted()
        parts = [slots[start : start + COLUMNS] for start in range(0, len(slots), COLUMNS)]
        rows = self._get_rows(event)
        return {
            "docs": event,
            "title": self.env._("Attendance sheet – %(name)s", name=event.name),
            "heading": event.name,
            "kind": self.env._("Attendance sheet"),
            "subtitle": " · ".join(
                filter(None, [event._get_kind_label(), event._get_letter_place()])
            ),
            "event": event,
            "communes": rows,
            "count": sum(len(persons) for _name, persons in rows),
            "parts": [[self._get_head(slot) for slot in part] for part in parts],
            "spare": range(SPARE_LINES),
        }

    @api.model
    def _get_rows(self, event):
        """(commune, registrations) in the order of the names; persons in that of protocol, then of
        their last names."""
        held = event.registration_ids.filtered(lambda r: r.state in TAKEN)
        held = held.sorted(
            lambda r: (
                collate_place(r.commune_id.name),
                r.mandate_id.function_sequence,
                collate(r.attendee_partner_id.lastname or r.name),
                r.id,
            )
        )
        return [
            (commune.name or self.env._("Others"), found)
            for commune, found in held.grouped("commune_id").items()
        ]

    @api.model
    def _get_head(self, slot):
        letter = self.env["commune.letter"]
        periods = dict(slot._fields["period"]._description_selection(self.env))
        return {
            "day": self.env.company._format_document_date(slot.date),
            "period": periods[slot.period],
            "hours": self.env._(
                "%(start)s – %(end)s",
                start=letter._format_hour(slot.hour_start),
                end=letter._format_hour(slot.hour_end),
            ),
        }
