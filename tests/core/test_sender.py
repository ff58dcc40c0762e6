"""The sender of the organisation, over real SMTP: what leaves before it is confirmed, and how it
is."""

import re
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.engine.mail.dns_lookup import Records

from .sender_case import OUTSIDE, SenderCase


@tagged("post_install", "-at_install")
class TestSender(SenderCase):
    def test_a_letter_waits_until_the_code_is_typed(self):
        self.assertEqual(self._outgoing(), [])
        self.assertEqual(self._state(), "held")
        recipients, message, _content = self._test_letter()
        self.assertEqual(recipients, [OUTSIDE])
        for header in ("From", "To", "Reply-To"):
            self.assertIn(OUTSIDE, message[header])
        self.assertEqual(self._outgoing(), [])
        self.assertEqual(self._type(self._code(message))["type"], "success")
        [(recipients, letter)] = self._outgoing()
        self.assertEqual(recipients, ["anne.aubry@mel.example"])
        self.assertIn(OUTSIDE, letter["From"])
        self.assertEqual(self._state(), "left")
        self.assertEqual(self._open().state, "confirmed")
        self.assertIn(self.manager.name, self._open().confirmed_text)

    def test_links_that_no_mayor_could_open_are_shown(self):
        settings = self.env["ir.config_parameter"].sudo()
        for address, local in (
            ("http://localhost:8069", True),
            ("https://communes.deux-rives.example", False),
        ):
            settings.set_param("web.base.url", address)
            screen = self._open()
            self.assertEqual((screen.links, screen.links_local), (address, local))

    def test_what_a_sheet_says_of_a_letter_that_waits(self):
        sheet = self.env["commune.letter.document.mixin"]
        counts = {"held": 3, "left": 1}
        text = sheet._describe_letters(Counter(counts))
        self.assertEqual(text, "1 of 4 left, 3 wait for our sender")
        self.assertEqual(sheet._get_letters_state(Counter(counts)), "held")
        text = sheet._describe_letters(Counter({"held": 2}))
        self.assertEqual(text, "Waiting for the confirmation of our sender: 2")

    def test_five_wrong_codes_are_one_too_many(self):
        _recipients, message, _content = self._test_letter()
        code = self._code(message)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        for _turn in range(5):
            self.assertEqual(self._type(wrong)["type"], "warning")
        self.assertEqual(self._type(code)["type"], "warning")
        self.assertEqual(self._open().state, "sent")
        _recipients, message, _content = self._test_letter()
        self.assertEqual(self._type(code)["type"], "warning")
        self.assertEqual(self._type(self._code(message))["type"], "success")

    def test_a_code_lives_for_seven_days(self):
        _recipients, message, _content = self._test_letter()
        code = self._code(message)
        with freeze_time(fields.Datetime.now() + timedelta(days=7, minutes=1)):
            self.assertEqual(self._type(code)["type"], "warning")
        self.assertFalse(self.company._is_sender_confirmed())
        with freeze_time(fields.Datetime.now() + timedelta(days=6, hours=23)):
            self.assertEqual(self._type(code)["type"], "success")

    def test_a_code_is_that_of_one_address(self):
        _recipients, message, _content = self._test_letter()
        self.company.email = "autre@deux-rives.example"
        self.assertEqual(self._type(self._code(message))["type"], "warning")
        self.assertFalse(self.company._is_sender_confirmed())

    def _give_alias(self):
        self.company.alias_domain_id = self.alias_domain
        self.desk.alias_domain_id = self.alias_domain
        return "communes-essai@metropole.example"

    def test_a_letter_that_odoo_receives_confirms_by_itself(self):
        desk = self._give_alias()
        recipients, message, content = self._test_letter()
        self.assertEqual(recipients, [desk])
        self.assertFalse(re.findall(r">\d{6}<", message.get_body(("html",)).get_content()))
        self.assertFalse(self._open().asks_code)
        before = self.env["helpdesk.ticket"].search_count([])
        self.gateway.message_process(False, content)
        self.assertTrue(self.company._is_sender_confirmed())
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)
        [(recipients, _letter)] = self._outgoing()
        self.assertEqual(recipients, ["anne.aubry@mel.example"])

    def test_a_letter_that_was_refused_on_its_way_confirms_nothing(self):
        self._give_alias()
        _recipients, _message, content = self._test_letter()
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.gateway.message_process(False, self._bounce(content))
        self.assertFalse(self.company._is_sender_confirmed())

    def test_a_message_with_a_token_of_nobody_is_a_request_as_any_other(self):
        self._give_alias()
        self._test_letter()
        message = self._mail(
            "anne.aubry@mel.example", "Question", To="communes-essai@metropole.example"
        )
        message["X-Commune-Sender-Test"] = "x" * 32
        self.assertEqual(self._receive(message).name, "Question")
        self.assertFalse(self.company._is_sender_confirmed())

    def test_what_the_mail_server_says_is_shown_at_once(self):
        self.outbox.refusals["*"] = "550 5.7.1 Relaying denied"
        with self.assertRaisesRegex(UserError, "refuses our letters.*Relaying denied"):
            self._open().action_send_check()
        self._close_relay()
        with self.assertRaisesRegex(UserError, "does not answer"):
            self._open().action_send_check()
        self.assertEqual(self.outbox.take(), [])

    def test_a_silent_mail_server_does_not_hold_the_screen(self):
        trial = "odoo.addons.commune_relations.models.core.sender.sender_check.PATIENCE"
        with self._hanging_relay(silent=True), patch(trial, 0.2):
            with self.assertRaisesRegex(UserError, "does not answer"):
                self._open().action_send_check()

    def test_third_party_mails_never_wait(self):
        mail = self.env["mail.mail"].create(
            {
                "email_from": "x@metropole.example",
                "email_to": "y@ailleurs.example",
                "body_html": "z",
            }
        )
        [(recipients, _message)] = self._outgoing()
        self.assertEqual((recipients, mail.state), (["y@ailleurs.example"], "sent"))

    def test_what_has_waited_for_days_is_decided_by_somebody(self):
        self._outgoing()
        self.letter.queued_at = fields.Datetime.now() - timedelta(days=4, minutes=1)
        self.company._mark_sender_confirmed(self.manager)
        self.assertEqual(self._outgoing(), [])
        self.assertEqual((self._state(), self.letter.reason), ("lost", "too_late"))
        self.letter.with_user(self.officer).action_try_again()
        # The officer is also notified of the failure.
        reached = [recipients for recipients, _letter in self._outgoing()]
        self.assertIn(["anne.aubry@mel.example"], reached)

    def test_a_letter_that_waits_is_not_tried_again_by_hand(self):
        self._outgoing()
        with self.assertRaisesRegex(UserError, "as soon as our sender is confirmed"):
            self.letter.with_user(self.officer).action_try_again()
        self.letter.with_user(self.officer).action_settle()
        self.company._mark_sender_confirmed(self.manager)
        self.assertEqual(self._outgoing(), [])

    def test_another_address_is_confirmed_again(self):
        self.company._mark_sender_confirmed(self.manager)
        screen = self._open()
        self.assertFalse(screen.changes)
        screen.email = "autre@deux-rives.example"
        self.assertTrue(screen.changes)
        form = self.company.new({"email": screen.email}, origin=self.company)
        self.assertIn(OUTSIDE, form._onchange_sender()["warning"]["message"])
        screen.action_save()
        self.assertEqual(self.company.email, "autre@deux-rives.example")
        self.assertEqual(self._outgoing(), [])
        self.assertEqual(self._state(), "held")
        self.company.email = OUTSIDE
        self.assertEqual(len(self._outgoing()), 1)

    def test_the_desk_takes_the_place_of_the_confirmed_address(self):
        self.company._mark_sender_confirmed(self.manager)
        form = self.desk.new({"alias_domain_id": self.alias_domain.id}, origin=self.desk)
        self.assertIn(OUTSIDE, form._onchange_sender()["warning"]["message"])
        self._give_alias()
        self.assertEqual(self._outgoing(), [])
        self.assertEqual(self._open().state, "to_test")

    def test_an_organisation_without_an_address_shows_no_example(self):
        self.company.email = False
        self.mandate_b.with_user(self.officer).action_portal_invite()
        self.assertEqual(self._open().state, "missing")
        with self.assertRaisesRegex(UserError, "Type the e-mail"):
            self._open().action_send_check()
        self.assertEqual(self._outgoing(), [])
        screen = self._open()
        screen.email = OUTSIDE
        screen.action_save()
        _recipients, message, _content = self._test_letter()
        self._type(self._code(message))
        sent = self._outgoing()
        self.assertEqual(len(sent), 2)
        for _recipients, letter in sent:
            self.assertIn(OUTSIDE, letter["From"])
            self.assertNotIn("example.com", letter.as_string())

    def test_no_secret_of_the_test_letter_is_kept(self):
        _recipients, message, _content = self._test_letter()
        secrets = self._code(message), message["X-Commune-Sender-Test"]
        self.env.flush_all()
        for table in ("res_company", "mail_mail", "mail_message", "commune_sender"):
            self.env.cr.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            text = " ".join(row for (row,) in self.env.cr.fetchall())
            for secret in secrets:
                self.assertNotIn(f'"{secret}"', text)

    def test_who_sets_the_sender(self):
        for user in (self.officer, self.reader, self.employee, self.portal_a):
            with self.assertRaises(AccessError):
                self._open(user)
        with self.assertRaises(AccessError):
            self.company.with_user(self.manager).email = "x@deux-rives.example"
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self._open(admin).address, OUTSIDE)
        with self.assertRaises(AccessError):
            self.company.with_user(admin).read(["sender_check_code"])
        with self.assertRaises(AccessError):
            self.company.with_user(admin).sender_confirmed_email = OUTSIDE

    def test_what_the_banner_says(self):
        companies = self.env["res.company"]
        others = self.env["commune.letter.delivery"].search([("id", "!=", self.letter.id)])
        others.unlink()
        self._outgoing()
        waits = {"waiting": 1, "is_manager": False}
        self.assertEqual(companies.with_user(self.referent).get_sender_notice(), waits)
        self.assertTrue(companies.with_user(self.manager).get_sender_notice()["is_manager"])
        with self.assertRaises(AccessError):
            companies.with_user(self.employee).get_sender_notice()
        self.company._mark_sender_confirmed(self.manager)
        self.assertFalse(companies.with_user(self.manager).get_sender_notice())

    def _look(self, records):
        place = "odoo.addons.commune_relations.models.core.sender.domain.look_up"
        screen = self._open()
        with patch(place, lambda *_args: records):
            screen.action_look_up_domain()
        return screen.domain_report

    def test_what_the_dns_says_of_our_domain(self):
        report = self._look(Records(["v=spf1 +all"], None, ["v=DMARC1; p=reject; rua=mailto:x@y"]))
        self.assertIn("lets anybody write in our name", report)
        self.assertIn("type the name of the key", report)
        self.assertIn("is refused", report)
        report = self._look(None)
        self.assertIn("The DNS does not answer from here", report)
        self.assertIn("_dmarc.deux-rives.example. TXT", report)
