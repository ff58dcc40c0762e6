"""Certificate of attendance: the person, the half-days and the hours really attended."""

from odoo import api, models


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
        company = self.env.company
        identity = company._get_document_identity()
        return {
            "docs": registration,
            "title": self.env._(
                "Certificate of attendance no. %(number)s", number=registration.certificate_number
            ),
            "heading": self.env._("Certificate of attendance"),
            "kind": self.env._("No. %s", registration.certificate_number),
            "subtitle": event.name,
            "registration": registration,
            "identity": identity,
            "office": self._get_office(registration),
            "made": self._get_made(identity),
            "signatory": company.sudo().epci_id._get_head_words(),
            "event": event,
            "person": letter._name_person(person),
            "slots": [slot._get_letter_when() for slot in present.sorted()],
            "hours": letter._format_duration(registration.attended_hours),
            "planned": letter._format_duration(event.training_hours),
        }

    @api.model
    def _get_office(self, registration):
        """`Conseillère municipale d’Amanvillers`, or the commune alone."""
        commune, title = registration.commune_id, registration.attendee_title
        if not (commune and title):
            return title or (commune and commune._get_commune_title()) or ""
        return f"{title} {commune._of_place()}"

    @api.model
    def _get_made(self, identity):
        """`Fait à Metz, le 3 décembre 2026`; the day alone when the town is not known."""
        if not identity["city"]:
            return self.env._("Made on %s", identity["printed_on"])
        return self.env._(
            "Made in %(place)s, on %(day)s", place=identity["city"], day=identity["printed_on"]
        )
