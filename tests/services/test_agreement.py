"""Conventions: from the draft to the signature, in force, renewed, amended."""

import hashlib
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

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
class TestAgreement(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.epci.brand_name = "Les Deux Rives"
        cls.offer = make_offer(cls, make_service(cls), kind="inhabitant", unit=0.5)
        cls.other = make_offer(cls, make_service(cls, "Archives"), "Journée", kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer)
        # Odoo renders no PDF in tests by default.
        cls.drawn = cls.agreement.with_context(force_report_rendering=True)

    def test_the_number_comes_from_the_sequence(self):
        second = make_agreement(self, self.commune_b, self.offer)
        self.assertTrue(self.agreement.code.startswith("CONV-"))
        self.assertNotEqual(second.code, self.agreement.code)
        self.assertEqual(second.partner_id, self.commune_b)
        self.assertEqual(second.legal_basis, "L5214-16-1")

    def test_both_deliberations_come_before_the_signature(self):
        self.agreement.write({"commune_deliberation_ref": False, "epci_deliberation_date": False})
        with self.assertRaisesRegex(
            UserError, "“Deliberation of the commune”, “Date of the intercommunality"
        ):
            self.agreement.action_deliberate()

    def test_a_shared_service_needs_the_opinion_of_the_committee(self):
        self.agreement.legal_basis_id = self.env.ref("commune_relations.legal_basis_l5211_4_2")
        with self.assertRaisesRegex(UserError, "Opinion of the staff committee"):
            self.agreement.action_deliberate()

    def test_the_text_has_the_legal_name_and_the_words_of_the_convention(self):
        self.drawn.with_user(self.officer).action_deliberate()
        # The hyphen of a word cut at the end of a line has the same glyph.
        text = Pdf(self.agreement.document_id.raw).text.replace("\N{HYPHEN}", "-")
        for word in (
            "Communauté de communes des Deux Rives",
            "la commune d’Aubrive (SIREN 215700901)",
            "L. 5214-16-1",
            "Réponse écrite",
            "2026-05-12",
        ):
            self.assertIn(word, text)
        digest = hashlib.sha256(self.agreement.document_id.raw).hexdigest()
        self.assertEqual(self.agreement.document_sha256, digest)

    def test_a_text_with_missing_values_is_not_put_to_a_signature(self):
        self.agreement.forecast = False
        self.commune_a.siren = False
        with self.assertRaisesRegex(UserError, "SIREN number of the commune, Forecast of use"):
            self.agreement.action_deliberate()
        self.agreement.forecast = "Deux questions par mois"
        self.commune_a.siren = "215700901"
        self.agreement.body = (
            f"<p>Durée : {self.agreement.env['commune.agreement.document']._get_blank()}</p>"
        )
        with self.assertRaisesRegex(UserError, "the text of the convention itself"):
            self.agreement.action_deliberate()
        self.assertEqual(self.agreement.state, "draft")
        self.agreement.body = "<p>Durée : un an</p>"
        self.agreement.action_deliberate()
        self.assertEqual(self.agreement.state, "deliberated")

    def test_an_unknown_word_is_refused_in_a_template(self):
        template = self.env.ref("commune_relations.agreement_template_framework")
        with self.assertRaisesRegex(ValidationError, "monnaie"):
            template.body = "<p>{monnaie}</p>"

    def test_what_a_commune_writes_is_escaped(self):
        self.agreement.forecast = "<b>gras</b>"
        self.assertIn(
            "&lt;b&gt;gras",
            str(self.agreement.env["commune.agreement.document"]._render_body(self.agreement)),
        )

    def test_the_mayor_signs_once_and_the_text_is_frozen(self):
        self.agreement.action_deliberate()
        self._sign(self.portal_a)
        self.assertEqual(self.agreement.state, "deliberated")
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "active")
        self.assertEqual(self.agreement.sign_name, "Anne AUBRY")
        self.assertEqual(self.agreement.signature_date, self.today)
        self.assertTrue(self.agreement.sign_date)
        signed_at, messages = self.agreement.sign_date, self.agreement.message_ids
        self._sign(self.portal_a)  # once more: the answer was lost on the way
        self.assertEqual(
            (self.agreement.sign_date, self.agreement.message_ids), (signed_at, messages)
        )
        with self.assertRaisesRegex(UserError, "own name: write “Anne AUBRY”"):
            sign_for_commune(self.agreement, self.portal_a, "A. AUBRY")
        with self.assertRaisesRegex(UserError, "amendment"):
            self.agreement.with_user(self.officer).offer_ids = self.other
        signed = Pdf(self.drawn._get_portal_pdf()).text
        self.assertIn("Anne AUBRY", signed)
        self.assertIn(self.agreement.document_sha256, signed.replace(" ", ""))

    def test_others_do_not_sign(self):
        self.agreement.action_deliberate()
        for user in (self.portal_both, self.portal_a_limited, self.portal_b, self.portal_ended):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._sign(user)
        self.assertEqual(self.agreement.state, "deliberated")

    def test_a_delegate_signs_and_the_mayor_no_longer_does(self):
        self.agreement.write(
            {
                "signatory_id": self.portal_both.partner_id.id,
                "delegation_ref": "arrêté du 2 avril 2026",
            }
        )
        self.agreement.action_deliberate()
        with self.assertRaises(AccessError):
            self._sign(self.portal_a)
        self._sign(self.portal_both)
        self.assertIn("arrêté du 2 avril 2026", self.agreement.sign_title)

    def test_a_delegate_whose_post_has_ended_does_not_sign(self):
        self.agreement.signatory_id = self.portal_ended.partner_id
        self.agreement.action_deliberate()
        with self.assertRaises(AccessError):
            self._sign(self.portal_ended)

    def test_a_text_that_was_changed_is_not_signed(self):
        self.agreement.action_deliberate()
        self.agreement.document_id.raw = b"%PDF-1.7 autre"
        with self.assertRaisesRegex(UserError, "no longer the one"):
            self._sign(self.portal_a)

    def test_steps_are_not_written_by_hand(self):
        with self.assertRaisesRegex(UserError, "buttons"):
            self.agreement.with_user(self.officer).state = "signed"

    def test_in_force_it_subscribes_to_its_options(self):
        self.agreement.start_date = self.today + timedelta(days=30)
        self.agreement.action_deliberate()
        self._sign(self.portal_a)
        sign_for_epci(self, self.agreement)
        self.assertEqual(
            (self.agreement.state, self.agreement.subscription_ids.ids), ("signed", [])
        )
        with freeze_time(self.today + timedelta(days=30)):
            self.env["agreement"]._cron_update()
        self.assertEqual(self.agreement.state, "active")
        line = self.agreement.subscription_ids
        self.assertEqual((line.offer_id, line.commune_id), (self.offer, self.commune_a))
        self.assertEqual(line.date_end, self.agreement.end_date)

    def test_it_does_not_come_into_force_before_its_first_day(self):
        self.agreement.start_date = self.today + timedelta(days=1)
        self.agreement.action_deliberate()
        self._sign(self.portal_a)
        sign_for_epci(self, self.agreement)
        with self.assertRaisesRegex(UserError, "comes into force"):
            self.agreement.action_activate()
        self.assertEqual(self.agreement.state, "signed")
        with freeze_time(self.today + timedelta(days=1)):
            self.agreement.action_activate()
        self.assertEqual(self.agreement.state, "active")

    def test_a_subscription_that_runs_already_is_taken_over(self):
        line = self.env["commune.service.subscription"].create(
            {"commune_id": self.commune_a.id, "offer_id": self.offer.id, "date_start": "2024-01-01"}
        )
        self._in_force()
        self.assertEqual(line.agreement_id, self.agreement)
        self.assertEqual(self.commune_a.service_count, 1)

    def test_an_amendment_changes_the_options_from_its_first_day(self):
        self._in_force()
        old = self.agreement.subscription_ids
        action = self.agreement.with_user(self.officer).action_amend()
        amendment = self.env["agreement"].browse(action["res_id"])
        self.assertEqual(amendment.code, f"{self.agreement.code}-A1")
        self.assertEqual((amendment.state, amendment.version), ("draft", 1))
        with self.assertRaisesRegex(UserError, "already being prepared"):
            self.agreement.action_amend()
        start = self.today + timedelta(days=60)
        amendment.write(
            {
                "offer_ids": self.other,
                "start_date": start,
                "commune_deliberation_ref": "2026-90",
                "commune_deliberation_date": "2026-09-01",
                "commune_transmission_date": "2026-09-01",
                "commune_publication_date": "2026-09-01",
                "epci_deliberation_ref": "2026-91",
                "epci_deliberation_date": "2026-09-02",
                "epci_transmission_date": "2026-09-03",
                "epci_publication_date": "2026-09-03",
            }
        )
        amendment.action_deliberate()
        self._sign(self.portal_a, amendment)
        sign_for_epci(self, amendment)
        self.assertFalse(old.date_end == start - timedelta(days=1))
        with freeze_time(start):
            self.env["agreement"]._cron_update()
        self.assertEqual(old.date_end, start - timedelta(days=1))
        self.assertEqual(amendment.subscription_ids.offer_id, self.other)
        self.assertEqual(self.agreement.offer_ids, self.offer)

    @freeze_time("2026-11-25")
    def test_one_alert_six_months_before_another_three_months_before(self):
        self.agreement.write({"start_date": "2026-11-25", "end_date": "2027-05-26"})
        self._in_force()
        self.agreement.user_id = self.officer
        cron = self.env["agreement"]._cron_update
        cron()
        self.assertFalse(self.agreement.activity_ids)
        counts = []
        for day in ("2026-11-26", "2026-11-27", "2027-02-25", "2027-02-26", "2027-03-01"):
            with freeze_time(day):
                cron()
            counts.append(len(self.agreement.activity_ids))
        self.assertEqual(counts, [1, 1, 1, 2, 2])
        self.assertEqual(self.agreement.activity_ids.user_id, self.officer)
        self.assertEqual(self.agreement.state, "to_renew")
        with freeze_time("2027-05-27"):
            cron()
        self.assertEqual(self.agreement.state, "expired")

    @freeze_time("2026-11-25")
    def test_to_renew_six_months_before_and_in_force_on_its_last_day(self):
        self.agreement.write({"start_date": "2026-11-25", "end_date": "2027-05-26"})
        self._in_force()
        for day, state in (
            ("2026-11-25", "active"),
            ("2026-11-26", "to_renew"),
            ("2027-05-26", "to_renew"),
            ("2027-05-27", "expired"),
        ):
            with freeze_time(day):
                self.env["agreement"]._cron_update()
            self.assertEqual(self.agreement.state, state, day)

    def test_conventions_of_the_former_council_are_to_be_signed_again(self):
        self.env.company.last_renewal_date = date(2026, 3, 15)
        self._in_force()
        self.agreement.signature_date = date(2026, 3, 14)
        self.env.flush_all()
        self.assertNotIn(self.agreement, self.env["agreement"].search([("term_ended", "=", True)]))
        self.agreement.ends_with_term = True
        listed = self.env["agreement"].search([("term_ended", "=", True)])
        self.assertIn(self.agreement, listed)
        self.agreement.signature_date = date(2026, 3, 15)
        self.env.flush_all()
        self.assertNotIn(self.agreement, self.env["agreement"].search([("term_ended", "=", True)]))

    def test_the_notice_is_respected(self):
        self._in_force()
        self.agreement.write(
            {
                "termination_date": self.today + timedelta(days=20),
                "termination_reason": "Service repris par la commune",
            }
        )
        with self.assertRaisesRegex(UserError, "notice is 3 months"):
            self.agreement.action_terminate()
        end = self.today + relativedelta(months=3)
        self.agreement.termination_date = end
        self.agreement.with_user(self.officer).action_terminate()
        self.assertEqual((self.agreement.state, self.agreement.end_date), ("terminated", end))
        self.assertEqual(self.agreement.subscription_ids.date_end, end)

    def test_suspended_then_resumed(self):
        self._in_force()
        with self.assertRaisesRegex(UserError, "why"):
            self.agreement.action_suspend()
        self.agreement.suspension_reason = "Impayé"
        self.agreement.action_suspend()
        self.assertEqual(self.agreement.state, "suspended")
        self.agreement.action_resume()
        self.assertEqual(self.agreement.state, "active")

    def test_a_user_of_other_agreements_sees_no_managed_one(self):
        self.employee.write(
            {"group_ids": [(4, self.env.ref("agreement.group_agreement_manager").id)]}
        )
        supplier = self.env["agreement"].create({"code": "F1", "name": "Copieurs"})
        seen = self.env["agreement"].with_user(self.employee).search([])
        self.assertIn(supplier, seen)
        self.assertNotIn(self.agreement, seen)
        self.assertNotIn(supplier, self.env["agreement"].with_user(self.officer).search([]))

    def _in_force(self):
        self.agreement.action_deliberate()
        self._sign(self.portal_a)
        sign_for_epci(self, self.agreement)
        self.assertIn(self.agreement.state, ("active", "to_renew"))

    def _sign(self, user, agreement=None):
        sign_for_commune(agreement or self.agreement, user)
