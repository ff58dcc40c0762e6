"""Conventions: nobody signs within a day of becoming, or changing as, the signatory."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service, sign_for_commune


@tagged("post_install", "-at_install")
class TestAgreementSigningWaits(CommuneCase, HttpCase):
    watches_signatories = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = make_offer(cls, make_service(cls), kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer)
        cls.agreement.with_context(force_report_rendering=True).action_deliberate()
        cls._watch_signatories()

    def _sign(self, user):
        sign_for_commune(self.agreement, user)

    def _refused(self, user, words):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            self._sign(user)
        self.assertIn(words, str(caught.exception))
        self.assertEqual(self.agreement.state, "deliberated")

    def test_an_officer_who_takes_the_address_of_the_mayor_signs_nothing(self):
        self.portal_a.partner_id.with_user(self.officer).email = "officer@elsewhere.example"
        self._refused(self.portal_a, "you can sign from")

    def test_an_officer_who_makes_himself_mayor_signs_nothing(self):
        self.env["commune.mandate"].with_user(self.officer).create(
            {
                "partner_id": self.officer.partner_id.id,
                "commune_id": self.commune_a.id,
                "function_id": self.functions["mayor"].id,
            }
        )
        self._refused(self.officer, "you can sign from")

    def test_a_function_that_signs_from_today_on_waits(self):
        self.functions["town_hall_secretary"].with_user(self.manager).signs_agreements = True
        self._refused(self.portal_both, "you can sign from")
        self._sign(self.portal_a)
        self.assertEqual(self.agreement.signature_step, "commune")

    def test_a_mayor_of_whom_nothing_has_changed_signs(self):
        self.portal_both.partner_id.with_user(self.officer).email = "sophie@elsewhere.example"
        self._sign(self.portal_a)
        self.assertEqual(self.agreement.signature_step, "commune")

    def test_the_page_says_why_instead_of_the_form(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        path = f"/my/agreements/{self.agreement.id}"
        page = self.url_open(path).text
        self.assertIn("o_commune_signing", page)
        self.assertIn("/my/security", page)
        self.portal_a.partner_id.with_user(self.officer).email = "x@elsewhere.example"
        page = self.url_open(path).text
        self.assertNotIn("o_commune_signing", page)
        self.assertIn("une autre personne habilitée", page)

    def test_a_second_factor_can_be_asked_for(self):
        self.env.company.signing_needs_factor = True
        self._refused(self.portal_a, "two-factor authentication")
        self.portal_a.sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        self.portal_a.invalidate_recordset()
        self._watch_signatories()
        self._sign(self.portal_a)
        self.assertEqual(self.agreement.signature_step, "commune")

    def test_the_account_page_leads_to_the_second_factor(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertIn('href="/my/security"', self.url_open("/my/account").text)
        self.assertIn("auth_totp_portal_enable", self.url_open("/my/security").text)
