"""The test letter leaves by SMTP and comes back by IMAP, both real, on the loopback."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .imap_server import LOOPBACK, ImapServer
from .sender_case import SenderCase

MAYOR = "anne.aubry@mel.example"
# How long the person waits for each answer of the mail server.
WAITED = "odoo.addons.commune_relations.models.core.sender.sender_check.PATIENCE"


@tagged("post_install", "-at_install")
class TestSenderImap(SenderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.imap = ImapServer("relations", "secret")
        cls.addClassCleanup(cls.imap.stop)
        cls.company.alias_domain_id = cls.desk.alias_domain_id = cls.alias_domain

    def setUp(self):
        super().setUp()
        self.imap.messages.clear()
        self.imap.seen.clear()
        self.reader = self.env["fetchmail.server"].create(
            {
                "name": "Loopback",
                "server_type": "imap",
                "server": LOOPBACK,
                "port": self.imap.port,
                "user": "relations",
                "password": "secret",
            }
        )
        self.reader.button_confirm_login()

    def _carry(self):
        """What the SMTP server took for the desk lies in its mailbox."""
        for _sender, recipients, content in self.outbox.take():
            self.assertEqual(recipients, [self.desk.alias_email])
            self.imap.messages.append(content)

    def _read_mailbox(self):
        server = self.reader.id
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            error = self.env(cr=cr)["fetchmail.server"].browse(server)._fetch_mail()
        self.assertIsNone(error)

    def test_the_letter_comes_back_and_what_waited_leaves_once(self):
        self.assertEqual(self._outgoing(), [])
        self.assertEqual(self._state(), "held")
        self._open().action_send_check()
        self._carry()
        self.assertEqual(len(self.imap.messages), 1)
        self.assertFalse(self.company._is_sender_confirmed())
        self._read_mailbox()
        self.assertEqual(self.imap.seen, {1})
        self.assertEqual(self._open().state, "confirmed")
        [(recipients, letter)] = self._outgoing()
        self.assertEqual(recipients, [MAYOR])
        self.assertIn("@metropole.example", letter["From"])
        self.assertNotIn("example.com", letter.as_string())
        self.assertEqual(self._state(), "left")
        # Read again, and the queue run again: nothing more.
        self.imap.seen.clear()
        self._read_mailbox()
        self.assertNotIn([MAYOR], [recipients for recipients, _letter in self._outgoing()])

    def test_a_wrong_password_is_shown(self):
        self.reader.password = "other"
        with self.assertRaisesRegex(UserError, "wrong password"):
            self.reader.button_confirm_login()

    def test_a_relay_that_refuses_says_why_and_sends_nothing_twice(self):
        self.outbox.refusals["*"] = "550 5.7.1 Relaying denied"
        with self.assertRaisesRegex(UserError, "Relaying denied"):
            self._open().action_send_check()
        self._open_relay()
        self._open().action_send_check()
        self._carry()
        self._read_mailbox()
        self.assertEqual(len(self.imap.messages), 1)
        # The same relay then refuses the letter that waited: its words are kept.
        self.outbox.refusals["*"] = "550 5.7.1 Relaying denied"
        self.assertEqual(self._outgoing(), [])
        self.assertIn(self._state(), ("waiting", "lost"))
        self.assertIn("Relaying denied", self.letter.server_reply)

    def test_a_slow_relay_takes_each_letter_once(self):
        self.outbox.slowness = 0.3
        self.addCleanup(setattr, self.outbox, "slowness", 0)
        self._open().action_send_check()
        self._carry()
        self._read_mailbox()
        [(recipients, _letter)] = self._outgoing()
        self.assertEqual(recipients, [MAYOR])
        self.assertEqual(self._outgoing(), [])

    def test_a_relay_that_is_too_slow_is_reported_to_who_waits(self):
        self.outbox.slowness = 3
        self.addCleanup(setattr, self.outbox, "slowness", 0)
        with patch(WAITED, 0.2), mute_logger("odoo.addons.base.models.ir_mail_server"):
            with self.assertRaisesRegex(UserError, "does not answer"):
                self._open().action_send_check()
        self.assertFalse(self.company._is_sender_confirmed())
        self.assertEqual(self.outbox.take(), [])
