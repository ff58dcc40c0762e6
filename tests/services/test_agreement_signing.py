"""Signing a convention on the portal: read, ticked, named, confirmed, then a letter with it."""

from datetime import timedelta

from lxml import html

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged

from ..common import CommuneCase
from .service_case import (
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
    sign_for_epci,
)


@tagged("post_install", "-at_install")
class TestActOfSigning(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        offer = make_offer(cls, make_service(cls), kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, offer, user_id=cls.officer.id)
        cls.agreement.with_context(force_report_rendering=True).action_deliberate()
        cls.path = f"/my/agreements/{cls.agreement.id}"
        cls.sent = {"sign_name": "Anne AUBRY", "read": cls.agreement.document_sha256}

    def _post(self, who="mayor_a", **values):
        self.authenticate(f"test_{who}", f"test_{who}")
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(f"{self.path}/sign", data=data, allow_redirects=False)

    def _assert_unsigned(self):
        self.env.invalidate_all()
        self.assertEqual(self.agreement.signature_step, "none")
        self.assertFalse(self.agreement.sign_name or self.agreement.sign_date)

    def test_the_name_is_tolerant_of_case_accents_and_order(self):
        self.portal_a.partner_id.sudo().write({"firstname": "Hélène", "lastname": "D’AUBRY-COLIN"})
        self.portal_a.partner_id.sudo().signing_changed_at = False
        check = self.agreement.with_user(self.portal_a)._check_portal_signature
        for typed in ("helene d'aubry colin", "D’Aubry-Colin Hélène", "Mme HELENE D AUBRY-COLIN"):
            _mandate, name = check(typed, self.sent["read"])
            self.assertEqual(name, self.portal_a.partner_id.name, typed)
        for typed in ("", "H. d’Aubry-Colin", "Hélène Colin", "Anne AUBRY"):
            with self.assertRaisesRegex(UserError, "D’AUBRY-COLIN", msg=typed):
                check(typed, self.sent["read"])

    def test_what_is_missing_is_shown_and_nothing_is_done(self):
        for values, words in (
            ({**self.sent, "read": ""}, "cochez que vous l’avez lu"),
            ({**self.sent, "read": "0" * 64}, "relisez-le"),
            ({**self.sent, "sign_name": "Paul"}, "Anne AUBRY"),
        ):
            for confirmed in ({}, {"confirmed": "1"}):
                answer = self._post(**values, **confirmed)
                self.assertEqual(answer.status_code, 422)
                [alert] = html.fromstring(answer.text).find_class("alert-danger")
                self.assertIn(words, alert.text_content())
                self._assert_unsigned()

    def test_the_confirmation_says_what_is_signed_by_whom_and_as_what(self):
        answer = self._post(**self.sent)
        self.assertEqual(answer.status_code, 200)
        page = html.fromstring(answer.text)
        [facts] = page.find_class("o_commune_facts")
        text = " ".join(facts.text_content().split())
        for words in (
            self.agreement.code,
            "Convention-cadre de services",
            "Aubrive",
            "Anne AUBRY",
            "Maire",
            self.agreement.document_sha256,
        ):
            self.assertIn(words, text)
        self._assert_unsigned()
        # Its button sends the same again, and that it is confirmed.
        form = next(f for f in page.iter("form") if (f.get("action") or "").endswith("/sign"))
        fields = {one.get("name"): one.get("value") for one in form.iter("input")}
        self.assertEqual((fields["confirmed"], fields["read"]), ("1", self.sent["read"]))
        fields.pop("csrf_token")
        answer = self._post(**fields)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.agreement.sign_name, "Anne AUBRY")
        self.assertEqual(self.agreement.sign_title, "Maire")

    def test_a_text_prepared_again_meanwhile_is_read_again(self):
        self.agreement.action_back_to_draft()
        self.agreement.name = "Convention-cadre corrigée"
        self.agreement.with_context(force_report_rendering=True).action_deliberate()
        self.assertNotEqual(self.agreement.document_sha256, self.sent["read"])
        self.assertEqual(self._post(**self.sent, confirmed="1").status_code, 422)
        self._assert_unsigned()

    def test_others_of_the_commune_of_another_and_later(self):
        for who, status in (("mayor_b", 404), ("secretary_ab", 422), ("councillor_a", 404)):
            self.assertEqual(self._post(who, **self.sent, confirmed="1").status_code, status, who)
            self._assert_unsigned()
        with freeze_time(self.agreement.end_date + timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "ended on"):
                sign_for_commune(self.agreement, self.portal_a)
        self._assert_unsigned()

    def test_the_signed_copy_goes_to_who_signed_and_to_the_officer(self):
        letters = self.env["mail.mail"].search([])
        agreement = self.agreement.with_context(force_report_rendering=True)
        sign_for_commune(agreement, self.portal_a)
        letters = self.env["mail.mail"].search([]) - letters
        mayor, officer = self.portal_a.partner_id, self.officer.partner_id
        [letter] = letters.filtered(lambda mail: mail.recipient_ids == mayor)
        [copy] = letter.attachment_ids
        self.assertEqual(copy.name, f"{self.agreement.code}.pdf")
        self.assertTrue(copy.raw.startswith(b"%PDF"))
        self.assertNotEqual(copy.raw, self.agreement.document_id.raw)
        self.assertIn("L’intercommunalité doit encore signer", letter.body_html)
        messages = self.agreement.message_ids.filtered(lambda m: officer in m.notified_partner_ids)
        self.assertEqual(messages.attachment_ids, copy)
        self.assertIn(self.agreement.document_sha256, messages.body)

    def test_the_second_side_has_one_letter_too(self):
        sign_for_epci(self, self.agreement)
        letters = self.env["mail.mail"].search([])
        sign_for_commune(self.agreement, self.portal_a)
        letters = self.env["mail.mail"].search([]) - letters
        own = letters.filtered(lambda mail: self.portal_a.partner_id in mail.recipient_ids)
        self.assertEqual(len(own), 1)
        self.assertIn("Les deux parties ont signé", own.body_html)

    def test_the_page_has_no_drawing_and_asks_for_the_tick(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = html.fromstring(self.url_open(self.path).text)
        [form] = page.find_class("o_commune_signing")
        fields = {one.get("name"): one for one in form.iter("input")}
        self.assertEqual(fields["read"].get("type"), "checkbox")
        self.assertFalse(fields["read"].get("checked"))
        self.assertFalse(fields["sign_name"].get("value"))
        self.assertEqual(page.get_element_by_id("signing_paper").get("href"), f"{self.path}/pdf")

    def test_why_it_is_refused_is_at_the_field_and_the_rest_is_kept(self):
        for values, wrong, words in (
            ({"sign_name": "Paul"}, "sign_name", "Anne AUBRY"),
            ({"read": ""}, "read", "cochez"),
        ):
            with self.subTest(wrong):
                page = html.fromstring(self._post(**{**self.sent, **values}).text)
                [form] = page.find_class("o_commune_signing")
                [problem] = page.xpath("//*[@role='alert'][contains(@class, 'alert-danger')]")
                self.assertIn(form, problem.iterancestors())
                self.assertIn(words, problem.text_content())
                fields = {one.get("name"): one for one in form.iter("input")}
                for name in ("read", "sign_name"):
                    marks = ("autofocus", "aria-invalid", "aria-describedby")
                    shown = tuple(fields[name].get(mark) for mark in marks)
                    wanted = ("autofocus", "true", problem.get("id"))
                    self.assertEqual(shown, wanted if name == wrong else (None,) * 3, name)
                self.assertEqual(bool(fields["read"].get("checked")), wrong != "read")
                self.assertEqual(
                    fields["sign_name"].get("value"), values.get("sign_name", "Anne AUBRY")
                )

    def test_the_note_of_a_signature_is_a_letter_of_the_organisation(self):
        sign_for_commune(self.agreement, self.portal_a)
        note = self.agreement.message_ids.filtered(
            lambda m: self.officer.partner_id in m.notified_partner_ids
        )
        [letter] = self.env["mail.mail"].search([("mail_message_id", "=", note.id)])
        self.assertIn("c-preheader", letter.body_html)
        self.assertIn(self.agreement.document_sha256, letter.body_html)
