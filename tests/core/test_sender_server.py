"""Over real SMTP: the address that a letter leaves from is the one that was confirmed."""

import email
import email.policy
from unittest.mock import ANY

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sender_case import OUTSIDE, SenderCase

ROBOT = "notifications@metropole.example"
BOUNCES = "bounce@metropole.example"


@tagged("post_install", "-at_install")
class TestSenderServer(SenderCase):
    @classmethod
    def setUpClass(cls):
        """A house whose replies come to Odoo: there each server without filter writes as the robot
        of that domain."""
        super().setUpClass()
        cls.company.alias_domain_id = cls.alias_domain
        cls.house = cls.company._get_house_email()

    def _left(self):
        """[(MAIL FROM, header From, header Reply-To)] of what the server receives."""
        self._run_queue()
        return [self._read(*sent) for sent in self.outbox.take()]

    def _read(self, mail_from, _recipients, content):
        message = email.message_from_bytes(content, policy=email.policy.default)
        [author] = message["From"].addresses
        return mail_from, (author.display_name, author.addr_spec), str(message["Reply-To"])

    def test_the_test_letter_and_what_follows_leave_from_the_same_address(self):
        self.assertEqual(self.house, "catchall@metropole.example")
        self.assertEqual(self.company.default_from_email, ROBOT)
        self._open().action_send_trial()
        [(bounces, author, _reply)] = [self._read(*sent) for sent in self.outbox.take()]
        self.assertEqual((bounces, author[1]), (BOUNCES, self.house))
        self.company._note_sender_confirmed(self.manager)
        # It was written when the house had another address.
        self.assertIn(OUTSIDE, self.letter.mail_id.email_from)
        [letter] = self._left()
        self.assertEqual(letter, (BOUNCES, (self.company._get_house_name(), self.house), ANY))
        self.assertIn(self.house, letter[2])

    def test_without_domain_of_odoo_what_comes_back_comes_to_the_house(self):
        self.company.alias_domain_id = False
        self.company._note_sender_confirmed(self.manager)
        [letter] = self._left()
        self.assertEqual(letter[0], OUTSIDE)
        self.assertEqual(letter[1][1], OUTSIDE)

    def test_the_server_of_the_house_comes_before_that_of_the_robot(self):
        self.relay.from_filter = ROBOT
        second = self.relay.copy({"from_filter": False, "sequence": self.relay.sequence + 1})
        servers = self.env["ir.mail_server"]
        self.assertEqual(servers._find_mail_server(self.house), (second, self.house))
        self.company._note_sender_confirmed(self.manager)
        [letter] = self._left()
        self.assertEqual(letter[1][1], self.house)

    def test_a_server_for_other_addresses_is_said_before_anything_is_confirmed(self):
        self.relay.from_filter = ROBOT
        with self.assertRaisesRegex(UserError, f"{ROBOT} instead of {self.house}"):
            self._open().action_send_trial()
        self.assertFalse(self.outbox.take())

    def test_a_team_of_another_domain_writes_from_the_house_and_reads_at_its_own(self):
        self.company.alias_domain_id = False
        self.company._note_sender_confirmed(self.manager)
        self._run_queue()
        self.outbox.take()
        self.roads.write({"alias_domain_id": self.alias_domain.id, "alias_name": "voirie-essai"})
        self._receive(
            self._mail("anne.aubry@mel.example", "Nid-de-poule", To=self.roads.alias_email)
        )
        letters = self._left()
        self.assertTrue(letters)
        for _bounces, author, reply in letters:
            self.assertEqual(author[1], OUTSIDE)
            self.assertIn("voirie-essai@metropole.example", reply)

    def test_who_is_not_the_house_writes_as_odoo_has_it(self):
        mail = self.env["mail.mail"].create(
            {
                "subject": "Facture",
                "email_from": "Boutique <vente@boutique.example>",
                "email_to": "client@loin.example",
                "record_company_id": self.company.id,
            }
        )
        mail.send()
        [(_bounces, author, _reply)] = [self._read(*sent) for sent in self.outbox.take()]
        self.assertEqual(author[1], ROBOT)
