"""Printed attendance sheet and certificates."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..core.pdf_reading import Pdf
from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventDocuments(EventCase):
    def _pdf(self, name, records, user=None):
        env = self.env(
            user=user or self.env.user,
            context=dict(self.env.context, lang="fr_FR", force_report_rendering=True),
        )
        content, _kind = env["ir.actions.report"]._render_qweb_pdf(
            f"commune_relations.{name}", records.ids
        )
        return Pdf(content)

    def test_hours_are_shown_in_french_as_hours(self):
        """« de … à » for hours, where days are « du … au »."""
        self.env["res.lang"]._activate_lang("fr_FR")
        (line,) = self.event.with_context(lang="fr_FR")._get_letter_when()
        self.assertIn("de 9 h 30 à 12 h", line.replace("\N{NO-BREAK SPACE}", " "))

    def test_an_event_without_a_program_says_when_it_is(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        event = self.event.with_context(lang="fr_FR")
        event.half_day_ids.unlink()
        event.write(
            {
                "date_tz": "Europe/Paris",
                "date_begin": "2026-12-01 08:00:00",
                "date_end": "2026-12-01 11:30:00",
            }
        )
        (line,) = event._get_letter_when()
        self.assertEqual(
            line.replace("\N{NO-BREAK SPACE}", " "), "mardi 1er décembre 2026, de 9 h à 12 h 30"
        )
        event.date_end = "2026-12-02 15:00:00"
        (line,) = event._get_letter_when()
        self.assertEqual(
            line.replace("\N{NO-BREAK SPACE}", " "),
            "du mardi 1er décembre 2026, 9 h, au mercredi 2 décembre 2026, 16 h",
        )

    def test_the_sheet_has_its_heads_on_every_page(self):
        self._register(*self._colleagues(25), *self._colleagues(15, self.commune_b))
        excused = self._places()[0]
        excused._withdraw()
        pdf = self._pdf("attendance_sheet_report", self.event, self.reader)
        self.assertGreater(len(pdf), 2)
        for text in pdf.texts:
            self.assertIn("9 h 30 – 12 h", text)
        whole = " ".join(pdf.texts)
        self.assertIn("Bellefontaine", whole)
        self.assertIn("Conseillère municipale", whole)
        self.assertNotIn(f"{excused.name} ", whole.replace("\n", " ") + " ")

    def test_persons_of_a_commune_are_in_the_order_of_a_directory(self):
        people = self._colleagues(3)
        for mandate, last_name in zip(people, ("ZOLA", "ÉVRARD", "FABRE"), strict=True):
            mandate.partner_id.lastname = last_name
        self._register(*people)
        rows = self.env["report.commune_relations.attendance_sheet"]._get_rows(self.event)
        ((_commune, found),) = rows
        names = [registration.attendee_partner_id.lastname for registration in found]
        self.assertEqual(names, ["ÉVRARD", "FABRE", "ZOLA"])

    def test_a_certificate_names_who_signs_and_where(self):
        (person,) = self._colleagues(1)
        self._register(person)
        registration = self._registration(person)
        self._go_to()
        self._attend(registration, self.event.half_day_ids.sorted()[0], "present")
        self.env.company.partner_id.city = "Bellefontaine"
        self._mandate(self.portal_b, self.epci, "president")
        values = self.env["report.commune_relations.certificate"]._get_report_values(
            registration.ids
        )
        self.assertIn("Bellefontaine", values["made"])
        self.assertIn(self.portal_b.name, values["signatory"])

    def test_more_half_days_than_a_page_is_wide(self):
        days = [self.event.half_day_ids[0].date + timedelta(days=n) for n in range(3)]
        self.event.date_end += timedelta(days=2)
        self.event.half_day_ids = [
            Command.create({"date": day, "period": p, "hour_start": s, "hour_end": s + 3})
            for day in days[1:]
            for p, s in (("am", 9), ("pm", 14))
        ]
        self._register(*self._colleagues(2))
        self.assertEqual(len(self._pdf("attendance_sheet_report", self.event)), 2)

    def test_only_those_present_have_a_certificate_with_their_own_hours(self):
        woman, man = self._colleagues(2)[::-1]
        self._register(woman, man)
        present, absent = self._registration(woman), self._registration(man)
        self._go_to()
        morning, afternoon = self.event.half_day_ids.sorted()
        self._attend(present, morning, "present")
        self._attend(present, afternoon, "excused")
        self._attend(absent, morning, "absent")
        pdf = self._pdf("certificate_report", present, self.officer)
        text = pdf.texts[0]
        self.assertEqual(len(pdf), 1)
        self.assertIn("Madame", text)
        self.assertIn("Conseillère municipale d’Aubrive", text)
        self.assertIn("2 h 30", text)
        self.assertIn(self.body.name, text)
        self.assertIn("5 h 30", text)
        self.assertIn(self.body.accreditation, text)
        self.assertIn(present.certificate_number, text)
        number = present.certificate_number
        self._pdf("certificate_report", present)
        self.assertEqual(present.certificate_number, number)
        for registration in (absent, present | absent):
            with self.assertRaises(UserError):
                registration.action_print_certificate()
        with self.assertRaises(UserError):
            self._pdf("certificate_report", absent)
        with self.assertRaises(AccessError):
            self._pdf("certificate_report", present, self.employee)

    def test_an_information_meeting_gives_no_certificate(self):
        event = self._event(kind="information", body_id=False)
        (mandate,) = self._colleagues(1)
        self._register(mandate, event=event)
        self._go_to(event)
        self._attend(self._registration(mandate, event), event.half_day_ids[0])
        with self.assertRaises(UserError):
            event.action_print_certificates()

    def test_thanks_go_to_those_present_with_their_certificate(self):
        here, away = self._colleagues(2)
        self._register(here, away)
        self._go_to()
        with self.assertRaises(UserError):
            self.event.action_thank()
        self._attend(self._registration(here), self.event.half_day_ids[0])
        sent = len(self._letters(away.partner_id))
        self.event.action_thank()
        letter = self._letters(here.partner_id)[-1]
        self.assertIn("Merci", letter.subject)
        number = self._registration(here).certificate_number
        self.assertEqual(letter.attachment_ids.mapped("name"), [f"{number}.pdf"])
        self.assertEqual(len(self._letters(away.partner_id)), sent)
