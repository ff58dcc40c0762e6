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
        """An organisation whose replies come to Odoo: there each server without filter writes as
        the robot of that domain."""
        super().setUpClass()
        cls.company.alias_domain_id = cls.alias_domain
        cls.organisation_email = cls.company._get_organisation_email()

    def _left(self):
        """[(MAIL FROM, header From, header Reply-To)] of what the server receives."""
        self._run_queue()
        return [self._read(*sent) for sent in self.outbox.take()]

    def _read(self, mail_from, _recipients, content):
        message = email.message_from_bytes(content, policy=email.policy.default)
        [author] = message["From"].addresses
        return mail_from, (author.display_name, author.addr_spec), str(message["Reply-To"])

    def test_the_test_letter_and_what_follows_leave_from_the_same_address(self):
        self.assertEqual(self.organisation_email, "catchall@metropole.example")
        self.assertEqual(self.company.default_from_email, ROBOT)
        self._open().action_send_check()
        [(bounces, author, _reply)] = [self._read(*sent) for sent in self.outbox.take()]
        self.assertEqual((bounces, author[1]), (BOUNCES, self.organisation_email))
        self.company._mark_sender_confirmed(self.manager)
        # It was written when the organisation had another address.
        self.assertIn(OUTSIDE, self.letter.mail_id.email_from)
        [letter] = self._left()
        self.assertEqual(
            letter, (BOUNCES, (self.company._get_organisation_name(), self.organisation_email), ANY)
        )
        self.assertIn(self.organisation_email, letter[2])

    def test_without_domain_of_odoo_what_comes_back_comes_to_the_organisation(self):
        self.company.alias_domain_id = False
        self.company._mark_sender_confirmed(self.manager)
        [letter] = self._left()
        self.assertEqual(letter[0], OUTSIDE)
        self.assertEqual(letter[1][1], OUTSIDE)

    def test_the_server_of_the_organisation_comes_before_that_of_the_robot(self):
        self.relay.from_filter = ROBOT
        second = self.relay.copy({"from_filter": False, "sequence": self.relay.sequence + 1})
        servers = self.env["ir.mail_server"]
        self.assertEqual(
            servers._find_mail_server(self.organisation_email), (second, self.organisation_email)
        )
        self.company._mark_sender_confirmed(self.manager)
        [letter] = self._left()
        self.assertEqual(letter[1][1], self.organisation_email)

    def test_a_server_for_other_addresses_is_shown_before_anything_is_confirmed(self):
        self.relay.from_filter = ROBOT
        with self.assertRaisesRegex(UserError, f"{ROBOT} instead of {self.organisation_email}"):
            self._open().action_send_check()
        self.assertFalse(self.outbox.take())

    def test_a_team_of_another_domain_writes_from_the_organisation_and_reads_at_its_own(self):
        self.company.alias_domain_id = False
        self.company._mark_sender_confirmed(self.manager)
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

    def test_another_company_writes_as_odoo_has_it(self):
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
