"""Attendance sheet: by commune, a box to sign for each half-day."""

from odoo import api, models

from ...models.network.event.register import TAKEN

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
        fictitious = event.registration_ids.attendee_partner_id.filtered("is_fictitious")
        return {
            "docs": event,
            "title": self.env._("Attendance sheet – %(name)s", name=event.name),
            "heading": event.name,
            "kind": self.env._("Attendance sheet"),
            "subtitle": " · ".join(
                filter(None, [event._get_kind_label(), event._get_letter_place()])
            ),
            "notice": self.env["report.commune_relations.directory_document"]._get_notice(
                fictitious
            ),
            "event": event,
            "communes": rows,
            "count": sum(len(persons) for _name, persons in rows),
            "parts": [[self._get_head(slot) for slot in part] for part in parts],
            "spare": range(SPARE_LINES),
        }

    @api.model
    def _get_rows(self, event):
        """(commune, registrations) in the order of the names, persons in that of protocol."""
        held = event.registration_ids.filtered(lambda r: r.state in TAKEN)
        held = held.sorted(
            lambda r: (r.commune_id.name or "", r.mandate_id.function_sequence, r.id)
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


class Certificate(models.AbstractModel):
    _name = "report.commune_relations.certificate"
    _description = "Certificate of attendance (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        registration = self.env["event.registration"].browse(docids)[:1]
        registration.check_access("read")
        registration._check_certificate()
        registration._number_certificates()
        event, person = registration.event_id, registration.attendee_partner_id
        letter = self.env["commune.letter"]
        present = registration.attendance_ids.filtered(lambda a: a.state == "present").half_day_id
        civility = {"mme": self.env._("Ms"), "m": self.env._("Mr")}.get(person.civility, "")
        fictitious = person.is_fictitious
        return {
            "docs": registration,
            "title": self.env._(
                "Certificate of attendance no. %(number)s", number=registration.certificate_number
            ),
            "heading": self.env._("Certificate of attendance"),
            "kind": self.env._("No. %s", registration.certificate_number),
            "subtitle": event.name,
            "notice": self.env["report.commune_relations.directory_document"]._get_notice(
                fictitious
            ),
            "registration": registration,
            "identity": self.env.company._get_document_identity(),
            "event": event,
            "person": " ".join(filter(None, [civility, person.name])),
            "slots": [slot._get_letter_when() for slot in present.sorted()],
            "hours": letter._format_duration(registration.attended_hours),
            "planned": letter._format_duration(event.training_hours),
        }
