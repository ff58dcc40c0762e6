"""The watch letter over real SMTP: marked sent once sent, failures named, once."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..network.test_mailing import QuietCase
from ..requests.smtp_case import SmtpCase
from .impact_case import make_item


@tagged("post_install", "-at_install")
class TestDigestSmtp(QuietCase, SmtpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = make_item(cls.env, name="Petites communes", population_max=1000)
        cls.large = make_item(cls.env, name="Grandes communes", population_min=3500)
        (cls.small | cls.large).sudo().write({"state": "validated"})
        cls.mayors = cls._audience("mayor", name="Maires d’essai")

    def _make_digest(self):
        items = (self.small | self.large).with_user(self.officer)
        letter = self.env["mailing.mailing"].browse(items.action_prepare_digest()["res_id"])
        letter = letter.with_user(self.officer)
        letter.audience_ids = [Command.set(self.mayors.ids)]
        return letter

    def _queue_digest(self):
        letter = self._make_digest()
        QuietCase._send(self, letter)
        return letter

    def _take_digests(self, letter):
        """{address: text} of what arrived; an address that received it twice fails."""
        found = {}
        for recipients, message in self._outgoing():
            if message["Subject"] == letter.subject:
                [address] = recipients
                self.assertNotIn(address, found)
                found[address] = message.get_body(("html",)).get_content()
        return found

    def _read_states(self, letter):
        """Delivery status on the form of the letters, and in the statistics of each person."""
        self.env.flush_all()
        self.env.invalidate_all()
        stats = self.env["commune.mailing.stat"].search([("mailing_id", "=", letter.id)])
        return letter.letters_text, letter.letters_state, sorted(stats.mapped("status"))

    def _check_received(self, received):
        """To each mayor what concerns the commune, and nothing else."""
        self.assertEqual(set(received), {self.mayor_a.email, self.mayor_b.email})
        for mayor, own, other in (
            (self.mayor_a, "Grandes communes", "Petites communes"),
            (self.mayor_b, "Petites communes", "Grandes communes"),
        ):
            self.assertIn(own, received[mayor.email])
            self.assertNotIn(other, received[mayor.email])

    def test_a_closed_relay_delays_the_digest_and_nothing_says_that_it_left(self):
        self._close_relay()
        letter = self._queue_digest()
        waiting = ["outgoing", "outgoing"]
        self.assertEqual(self._read_states(letter), ("Queued: 2", "queued", waiting))
        start = fields.Datetime.now() + timedelta(minutes=1)
        for minutes in (0, 1, 2):
            with freeze_time(start + timedelta(minutes=minutes)):
                self.env["mailing.mailing"]._process_mass_mailing_queue()
                self._run_queue()
        text = "0 of 2 left, 2 to be tried again"
        self.assertEqual(self._read_states(letter), (text, "waiting", waiting))
        self._open_relay()
        with freeze_time(start + timedelta(minutes=10)):
            self._check_received(self._take_digests(letter))
            self.assertEqual(self._take_digests(letter), {})
        self.assertEqual(self._read_states(letter), ("All left: 2", "left", ["sent", "sent"]))
        self.assertFalse(letter.activity_ids)

    def test_a_relay_that_hangs_holds_nobody_and_the_digest_leaves_once(self):
        letter = self._queue_digest()
        with self._hanging_relay(silent=True):
            self._run_queue()
        self.assertEqual(self._read_states(letter)[1], "waiting")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=10)):
            self._check_received(self._take_digests(letter))
            self.assertEqual(self._take_digests(letter), {})

    def test_an_address_that_is_refused_is_named_once_to_who_made_the_digest(self):
        letter = self._queue_digest()
        self.outbox.refusals[self.mayor_b.email] = "550 5.1.1 No such user"
        for _turn in range(2):
            self._run_queue()
        text = "1 of 2 left, 1 not left"
        self.assertEqual(self._read_states(letter), (text, "lost", ["failed", "sent"]))
        [asked] = letter.activity_ids
        self.assertEqual(asked.user_id, self.officer)
        self.assertIn(f"{self.mayor_b.name} &lt;{self.mayor_b.email}&gt;", asked.note)
        self.assertNotIn(self.mayor_a.name, asked.note)

    def test_without_an_address_of_anybody_a_sentence_says_what_to_do(self):
        self._forget_addresses()
        with self.assertRaisesRegex(UserError, "has no sender"):
            self.small.with_user(self.officer).action_prepare_digest()
        with self.assertRaisesRegex(UserError, "has no sender"):
            self._letter(email_from=False)

    def _forget_addresses(self):
        self.env.company.email = self.epci.email = self.officer.email = False
        self.env.company.alias_domain_id = False
        self.env["helpdesk.ticket.team"].search([]).alias_domain_id = False

    def test_an_address_that_was_taken_away_meanwhile_stops_no_scheduled_action(self):
        """The digest waits in the queue while the organisation changes its addresses."""
        letter = self._approve(self._make_digest())
        letter.action_launch()
        self._forget_addresses()
        with self.assertRaisesRegex(UserError, "has no sender"):
            letter.email_from = False
        for _turn in range(2):
            self.env["mailing.mailing"]._process_mass_mailing_queue()
            self._run_queue()
        self.assertEqual(letter.letters_text.split()[0], "All")
