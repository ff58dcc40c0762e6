"""Conventions when things go wrong: a service closed meanwhile, a new mayor, an early end."""

import base64
import io
from datetime import timedelta

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from ..common import CommuneCase
from ..core.pdf_reading import Pdf
from .service_case import (
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
    sign_for_epci,
)


@tagged("post_install", "-at_install")
class TestAgreementTrouble(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)
        cls.offer = make_offer(cls, cls.service, kind="inhabitant", unit=0.5)
        cls.other = make_offer(cls, make_service(cls, "Archives"), "Journée", kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer, user_id=cls.officer.id)
        cls.drawn = cls.agreement.with_context(force_report_rendering=True)

    def test_a_service_closed_meanwhile_stops_one_convention_not_the_night(self):
        start = self.today + timedelta(days=30)
        self.agreement.start_date = start
        second = make_agreement(self, self.commune_b, self.other, start_date=start)
        for agreement, user in [(self.agreement, self.portal_a), (second, self.portal_b)]:
            agreement.action_deliberate()
            self._sign(user, agreement)
            sign_for_epci(self, agreement)
        self.service.action_freeze()
        with freeze_time(start):
            self.env["agreement"]._cron_update()
            self.env["agreement"]._cron_update()
        self.assertEqual((self.agreement.state, second.state), ("signed", "active"))
        self.assertFalse(self.agreement.subscription_ids)
        self.assertEqual(len(self.agreement.activity_ids), 1)
        self.assertIn("frozen", self.agreement.activity_ids.note)
        self.service.action_activate()
        with freeze_time(start):
            self.env["agreement"]._cron_update()
        self.assertEqual(self.agreement.state, "active")

    def test_the_signature_of_a_mayor_is_kept_when_a_service_has_closed(self):
        self.agreement.action_deliberate()
        self.service.action_freeze()
        self._sign(self.portal_a)
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "signed")
        self.assertEqual(self.agreement.sign_name, "Anne AUBRY")
        self.assertEqual(self.agreement.activity_ids.user_id, self.officer)
        with self.assertRaisesRegex(UserError, "frozen"):
            self.agreement.with_user(self.officer).action_activate()

    def test_two_subscriptions_of_an_offer_do_not_stop_a_convention(self):
        """One that ends this year, another agreed for the next: both are kept."""
        lines = self.env["commune.service.subscription"].create(
            [
                {
                    "commune_id": self.commune_a.id,
                    "offer_id": self.offer.id,
                    "date_start": self.today - timedelta(days=100),
                    "date_end": self.today + timedelta(days=50),
                },
                {
                    "commune_id": self.commune_a.id,
                    "offer_id": self.offer.id,
                    "date_start": self.today + timedelta(days=51),
                    "date_end": self.today + timedelta(days=80),
                },
            ]
        )
        self._in_force()
        self.assertEqual(lines.agreement_id, self.agreement)
        self.assertEqual(
            lines.sorted("date_start").mapped("date_end"),
            [self.today + timedelta(days=50), self.agreement.end_date],
        )

    def test_a_subscription_that_starts_later_leaves_no_gap(self):
        later = self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": self.offer.id,
                "date_start": self.today + timedelta(days=40),
            }
        )
        self._in_force()
        held = later | self.agreement.subscription_ids
        self.assertEqual(min(held.mapped("date_start")), self.today)

    def test_an_early_end_ends_what_the_amendment_brought(self):
        self.agreement.notice_months = 0
        self._in_force()
        amendment = self._amend(self.offer | self.other)
        self.assertEqual(amendment.state, "active")
        end = self.today + timedelta(days=10)
        self.agreement.write({"termination_date": end, "termination_reason": "Accord"})
        self.agreement.action_terminate()
        lines = self.env["commune.service.subscription"].search(
            [("commune_id", "=", self.commune_a.id)]
        )
        self.assertEqual(lines.mapped("date_end"), [end, end])
        self.assertEqual(amendment.state, "terminated")

    def test_a_convention_and_its_amendment_are_renewed_together(self):
        self.agreement.end_date = self.today + timedelta(days=80)
        self._in_force()
        amendment = self._amend(self.offer | self.other)
        self.env["agreement"]._cron_update()
        self.assertEqual(len((self.agreement | amendment).activity_ids), 1)
        self.assertEqual(self.commune_a.agreement_count, 1)

    def test_what_was_used_is_not_lost_by_an_amendment_signed_late(self):
        late = {"is_retroactive": True, "retroactive_reason": "Continuité du service"}
        self.agreement.write({"start_date": self.today - timedelta(days=60), **late})
        self._in_force()
        line = self.agreement.subscription_ids
        used = self.today - timedelta(days=5)
        self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": used, "quantity": 1}
        )
        self._amend(self.other, start_date=self.today - timedelta(days=30), **late)
        self.assertEqual(line.date_end, used)
        self.assertTrue(line.active)

    def test_a_convention_that_has_ended_is_not_signed(self):
        self.agreement.write(
            {
                "start_date": self.today - timedelta(days=30),
                "end_date": self.today + timedelta(days=1),
            }
        )
        self.agreement.action_deliberate()
        with (
            freeze_time(self.today + timedelta(days=2)),
            self.assertRaisesRegex(UserError, "ended on"),
        ):
            self._sign(self.portal_a)
        self.assertEqual(self.agreement.state, "deliberated")

    def test_a_new_mayor_does_not_sign_a_text_that_names_the_former_one(self):
        self.agreement.action_deliberate()
        self._new_mayor()
        with self.assertRaisesRegex(UserError, "Anne AUBRY"):
            self._sign(self.portal_both)
        self.assertEqual(self.agreement.state, "deliberated")
        self.agreement.action_back_to_draft()
        self.agreement.action_deliberate()
        self._sign(self.portal_both)
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "active")

    def test_the_signed_copy_keeps_the_words_that_were_signed(self):
        self._in_force()
        self._new_mayor()
        self.offer.name = "Autre nom"
        text = Pdf(self.drawn._get_portal_pdf()).text
        self.assertNotIn("COLIN", text)
        self.assertIn("AUBRY", text)
        self.assertNotIn("Autre nom", text)

    def test_a_text_sent_before_these_words_were_kept_is_kept_when_it_is_signed(self):
        self.agreement.action_deliberate()
        self.agreement.sudo().write({"document_body": False, "document_mayor_id": False})
        self._sign(self.portal_a)
        self.offer.name = "Autre nom"
        self.assertNotIn("Autre nom", Pdf(self.drawn._get_portal_pdf()).text)

    def test_an_empty_drawing_is_not_a_signature(self):
        self.agreement.action_deliberate()
        blank = io.BytesIO()
        Image.new("RGBA", (300, 100), (255, 255, 255, 0)).save(blank, "PNG")
        white = io.BytesIO()
        Image.new("RGB", (300, 100), "white").save(white, "PNG")
        for raw in (blank.getvalue(), white.getvalue(), b"not an image"):
            drawing = base64.b64encode(raw).decode()
            with self.subTest(raw=raw[:12]), self.assertRaisesRegex(UserError, "draw your"):
                sign_for_epci(self, self.agreement, stroke=drawing)
        with self.assertRaisesRegex(UserError, "draw your"):
            sign_for_epci(self, self.agreement, stroke="é%%")
        self.assertEqual(self.agreement.state, "deliberated")

    def test_a_new_convention_takes_the_form_of_its_first_option(self):
        self.assertFalse(self.env["agreement"].new({}).display_name)
        with Form(self.env["agreement"], "commune_relations.agreement_view_form_commune") as form:
            form.commune_id = self.commune_a
            form.offer_ids.add(self.offer)
        self.service.contract_form = "shared"
        self.assertEqual(form.record.contract_form, "framework")
        with self.assertRaisesRegex(UserError, "Takes effect on"):
            form.record.action_deliberate()

    def test_a_commune_without_a_mayor_is_reported_before_the_signature(self):
        self.mandate_a.date_end = self.today - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "mayor of the commune"):
            self.agreement.action_deliberate()

    def _new_mayor(self):
        """The secretary of the two communes becomes mayor of Aubrive."""
        self.mandate_a.date_end = self.today - timedelta(days=1)
        self._mandate(self.portal_both, self.commune_a, "mayor", date_start=self.today)
        self.commune_a.invalidate_recordset(["mayor_id"])

    def _amend(self, offers, start_date=None, **values):
        action = self.agreement.action_amend()
        amendment = self.env["agreement"].browse(action["res_id"])
        amendment.write(
            {
                "offer_ids": offers,
                "start_date": start_date or self.today,
                "commune_deliberation_ref": "2026-90",
                "commune_deliberation_date": "2026-09-01",
                "commune_transmission_date": "2026-09-01",
                "commune_publication_date": "2026-09-01",
                "epci_deliberation_ref": "2026-91",
                "epci_deliberation_date": "2026-09-02",
                "epci_transmission_date": "2026-09-03",
                "epci_publication_date": "2026-09-03",
                **values,
            }
        )
        amendment.action_deliberate()
        self._sign(self.portal_a, amendment)
        sign_for_epci(self, amendment)
        return amendment

    def _in_force(self):
        self.agreement.action_deliberate()
        self._sign(self.portal_a)
        sign_for_epci(self, self.agreement)
        self.assertIn(self.agreement.state, ("active", "to_renew"))

    def _sign(self, user, agreement=None):
        sign_for_commune(agreement or self.agreement, user)
