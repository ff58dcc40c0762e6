"""A letter over real SMTP: what arrives, what is opened and clicked, who leaves, who returns."""

import email
import email.policy
import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields, http
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..requests.smtp_case import SmtpCase
from ..requests.test_mail_smtp import DSN
from .mailing_case import MailingCase


@tagged("post_install", "-at_install")
class TestMailingSmtp(MailingCase, SmtpCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        )

    def _receive_letter(self, **values):
        """Send, deliver; returns the letter and {address: message}."""
        letter = self._letter(**values)
        MailingCase._send(self, letter)
        mails = self.env["mail.mail"].sudo().search([("mailing_id", "=", letter.id)])
        mails.send()
        received = {
            address: message
            for recipients, message in self._outgoing()
            for address in recipients
            if message["Subject"] == letter.subject
        }
        return letter, received

    def _link(self, message, words):
        html = message.get_body(("html",)).get_content()
        links = re.findall(r'href="([^"]+)"', html)
        return next(link.replace("&amp;", "&") for link in links if words in link)

    def _path(self, url):
        return re.sub(r"^https?://[^/]+", "", url)

    def test_the_letter_arrives_once_for_each_with_a_way_out(self):
        _letter, received = self._receive_letter()
        self.assertEqual(
            sorted(received),
            sorted([self.mayor_a.email, self.mayor_b.email, self.deputy.email]),
        )
        message = received[self.mayor_a.email]
        self.assertEqual(message["Subject"], "Lettre du réseau n° 1")
        self.assertEqual(message["From"].addresses[0].display_name, "Les Deux Rives")
        self.assertIn("unsubscribe_oneclick", message["List-Unsubscribe"])
        self.assertEqual(message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")

    def test_a_letter_to_contacts_leaves_from_the_organisation_and_not_from_the_robot(self):
        self.env.company.alias_domain_id = self.alias_domain
        self.relay.from_filter = False
        organisation_email = self.env.company._get_organisation_email()
        contact = self.env["mailing.contact"].create({"name": "C", "email": "c@loin.example"})
        values = {"subject": "Lettre", "email_from": organisation_email, "email_to": contact.email}
        values.update(model=contact._name, res_id=contact.id, record_company_id=False)
        letter = self._letter()
        self._outgoing()  # notifications about the letter itself
        mails = self.env["mail.mail"].sudo().create([values, values])
        mails[0].mailing_id = letter
        authors = []
        for mail in mails:
            mail.send()
            [(_sender, _recipients, content)] = self.outbox.take()
            message = email.message_from_bytes(content, policy=email.policy.default)
            authors.append(message["From"].addresses[0].addr_spec)
        self.assertEqual(authors[0], organisation_email)
        # What others send goes as Odoo has it, from whatever address.
        self.assertEqual(authors[1], self.env.company.default_from_email)

    def test_a_service_message_arrives_without_a_way_out(self):
        self.env["commune.contact.preference"]._set_preference(self.mayor_a, True)
        _letter, received = self._receive_letter(is_service=True, use_exclusion_list=False)
        self.assertIn(self.mayor_a.email, received)
        self.assertNotIn("List-Unsubscribe", received[self.mayor_a.email])

    def test_opened_and_clicked_are_counted_for_the_commune(self):
        letter, received = self._receive_letter()
        link = self._link(received[self.mayor_a.email], "/r/")
        self.url_open(self._path(link), allow_redirects=False)
        html = received[self.mayor_b.email].get_body(("html",)).get_content()
        self.url_open(self._path(re.search(r'src="([^"]+blank\.gif)"', html).group(1)))
        self.env.flush_all()
        self.env.invalidate_all()
        found = dict(
            (line.partner_id, line.status)
            for line in self.env["commune.mailing.stat"].search([("mailing_id", "=", letter.id)])
        )
        self.assertEqual(
            found, {self.mayor_a: "clicked", self.mayor_b: "opened", self.deputy: "sent"}
        )

    def test_one_click_writes_the_preference_not_the_exclusion_list(self):
        _letter, received = self._receive_letter()
        url = received[self.mayor_a.email]["List-Unsubscribe"].strip("<>")
        # Odoo's route takes no notice of the field that readers of mail send.
        with mute_logger("odoo.http"):
            answer = self.url_open(self._path(url), data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 200)
        self.assertRecordValues(
            self.mayor_a.contact_preference_ids,
            [{"opt_out": True, "theme_id": False, "audience_id": False, "source": "person"}],
        )
        self.assertFalse(self.mayor_a.is_blacklisted)
        _letter, received = self._receive_letter(subject="Suivante")
        self.assertNotIn(self.mayor_a.email, received)
        _letter, received = self._receive_letter(is_service=True, use_exclusion_list=False)
        self.assertIn(self.mayor_a.email, received)

    def test_the_page_of_choices(self):
        theme = self.env["commune.topic"].create({"name": "Eau potable", "code": "T-EAU"})
        body = '<p>Bonjour</p><p><a href="/unsubscribe_from_list">Se désinscrire</a></p>'
        _letter, received = self._receive_letter(theme_id=theme.id, body_html=body, body_arch=body)
        url = self._path(self._link(received[self.mayor_a.email], "confirm_unsubscribe"))
        page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        # Looking at the page changes nothing: readers of mail follow links.
        self.assertFalse(self.mayor_a.contact_preference_ids)
        token = http.Request.csrf_token(self)
        fields = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', page.text))
        fields = {
            name: value
            for name, value in fields.items()
            if name in ("mailing_id", "document_id", "email", "hash_token")
        }
        fields["csrf_token"] = token
        page = self.url_open("/mailing/confirm_unsubscribe", data=fields)
        self.assertIn("Eau potable", page.text)
        self.assertEqual(self.mayor_a.contact_preference_ids.theme_id, theme)
        action = re.search(r'action="(/mailing/\d+/preferences[^"]+)"', page.text).group(1)
        action = action.replace("&amp;", "&")
        for choice, expected in (("none", {True}), ("all", {False})):
            page = self.url_open(action, data={"csrf_token": token, "choice": choice})
            self.assertEqual(page.status_code, 200)
            self.env.invalidate_all()
            self.assertEqual(set(self.mayor_a.contact_preference_ids.mapped("opt_out")), expected)
        forged = action.replace(f"document_id={self.mayor_a.id}", f"document_id={self.mayor_b.id}")
        page = self.url_open(forged, data={"csrf_token": token, "choice": "none"})
        self.assertNotEqual(page.status_code, 200)
        self.assertFalse(self.mayor_b.contact_preference_ids)

    def test_a_letter_that_comes_back_is_one_thing_to_do(self):
        letter, received = self._receive_letter()
        message = received[self.mayor_b.email]
        report = DSN.format(
            number=1,
            action="failed",
            bounce=self.alias_domain.bounce_email,
            recipient=self.mayor_b.email,
            message_id=message["Message-Id"],
            subject="Lettre",
        )
        for _time in range(2):
            SmtpCase._send(self, report.encode(), "", [self.alias_domain.bounce_email])
        trace = self._traces(letter).filtered(lambda t: t.partner_id == self.mayor_b)
        self.assertEqual(trace.trace_status, "bounce")
        activities = self.commune_b.activity_ids.filtered(
            lambda a: self.mayor_b.email in (a.summary or "")
        )
        self.assertEqual(len(activities), 1)

    # what does not leave

    def _take_sent(self):
        """Who received something; the staff is notified of things to do."""
        sent = [to for _from, recipients, _c in self.outbox.take() for to in recipients]
        return [to for to in sent if to not in (self.officer.email, self.manager.email)]

    def _get_deliveries(self, letter):
        return self.env["commune.letter.delivery"].search(
            [("document_model", "=", "mailing.mailing"), ("document_id", "=", letter.id)]
        )

    def test_a_closed_server_delays_the_letter_and_one_address_is_named(self):
        self.commune_a.phone = "03 87 44 55 66"
        letter = self._letter()
        self._close_relay()
        MailingCase._send(self, letter)
        self.assertEqual(letter.letters_text, "Queued: 3")
        start = fields.Datetime.now() + timedelta(minutes=1)
        with freeze_time(start):
            self._run_queue()
        self.env.invalidate_all()
        self.assertEqual(set(self._traces(letter).mapped("trace_status")), {"outgoing"})
        self.assertEqual(letter.letters_text, "0 of 3 left, 3 to be tried again")
        self._open_relay()
        self.outbox.refusals[self.deputy.email] = "550 5.1.1 No such user"
        with freeze_time(start + timedelta(minutes=6)):
            self._run_queue()
            sent = self._take_sent()
        self.env.invalidate_all()
        self.assertEqual(
            sorted(sent),
            sorted([self.mayor_a.email, self.mayor_b.email]),
        )
        status = {t.partner_id: t.trace_status for t in self._traces(letter)}
        self.assertEqual(status, {self.mayor_a: "sent", self.mayor_b: "sent", self.deputy: "error"})
        self.assertEqual(letter.letters_text, "2 of 3 left, 1 not left")
        asked = letter.activity_ids.filtered(lambda one: self.deputy.name in (one.note or ""))
        self.assertEqual(len(asked), 1)
        # A letter to the network is of no commune: the town hall of the deputy is called.
        self.assertIn("03 87 44 55 66", asked.note)
        self.assertEqual(
            self._get_deliveries(letter).filtered("failed_at").mapped("attempts")[:1], [2]
        )

    def test_a_server_that_never_answers_delays_the_letter(self):
        persons = self.mayor_a | self.mayor_b | self.deputy
        start = fields.Datetime.now() + timedelta(minutes=1)
        for silent in (True, False):
            calls = self.outbox.calls
            letter = self._letter(subject=f"Lettre {silent}", is_service=True)
            with self.subTest(silent=silent), self._hanging_relay(silent):
                MailingCase._send(self, letter)
                # The queue was filled: nobody has been called yet.
                self.assertEqual((self.outbox.calls, letter.letters_text), (calls, "Queued: 3"))
                for _turn in range(1 if silent else 4):  # the approval is notified as well
                    with freeze_time(start):
                        self._run_queue()
                self.env.invalidate_all()
                self.assertEqual(letter.letters_text, "0 of 3 left, 3 to be tried again")
                self.assertEqual(set(self._get_deliveries(letter).mapped("reason")), {"closed"})
                self.assertEqual(set(self._traces(letter).mapped("trace_status")), {"outgoing"})
            with freeze_time(start + timedelta(minutes=6)):
                self._run_queue()
                self._run_queue()
            self.assertEqual(sorted(self._take_sent()), sorted(persons.mapped("email")))
            self.env.invalidate_all()
            self.assertEqual(letter.letters_text, "All left: 3")

    def test_a_sending_that_is_cut_goes_on_and_writes_to_nobody_twice(self):
        """Killed after a batch: what was kept stays, what was not is queued again."""
        letter = self._approve(self._letter())
        letter.action_launch()
        self.patch(type(self.env["mail.compose.message"]), "_batch_size", 1)
        done = []
        follow = type(self.env["mail.mail"])._follow

        def cut(mails, *args, **options):
            if len(done) == 1:
                done.append("cut")
                raise ConnectionResetError("killed")
            done.append("batch")
            return follow(mails, *args, **options)

        self.patch(type(self.env["mail.mail"]), "_follow", cut)
        for time in range(2):
            # The transaction of a batch is over, in production; here a savepoint replaces it.
            try:
                with self.env.cr.savepoint():
                    self.env["mailing.mailing"]._process_mass_mailing_queue()
            except ConnectionResetError:
                self.assertEqual(time, 0)
        self._run_queue()
        sent = self._take_sent()
        self.assertEqual(
            sorted(sent), sorted([self.mayor_a.email, self.mayor_b.email, self.deputy.email])
        )

    def test_the_digest_that_fails_half_way_leaves_once(self):
        self.env.company.network_weekly_limit = 1
        MailingCase._send(self, self._letter())
        MailingCase._send(self, self._letter(subject="La deuxième"))
        self._run_queue()
        self.outbox.take()
        Recipient = self.env["commune.mailing.recipient"]
        calls = self.outbox.calls

        def fail(_mails, *_args, **_options):
            raise ConnectionResetError("killed")

        with (
            patch.object(type(self.env["mail.mail"]), "_follow", fail),
            self.assertRaises(ConnectionResetError),
            self.env.cr.savepoint(),
        ):
            Recipient._cron_send_digest()
        for _time in range(2):
            Recipient._cron_send_digest()
        # Nothing is sent by the scheduled action itself.
        self.assertEqual(self.outbox.calls, calls)
        self._run_queue()
        self._run_queue()
        sent = self._take_sent()
        self.assertEqual(
            sorted(sent), sorted([self.mayor_a.email, self.mayor_b.email, self.deputy.email])
        )
