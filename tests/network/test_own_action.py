"""Nobody is written to about the own action, and nothing is left to whom no letter reaches."""

from odoo.tests import freeze_time, new_test_user, tagged

from .mailing_case import MailingCase


@tagged("post_install", "-at_install")
class TestOwnAction(MailingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.email = False
        cls.manager.write({"email": "chef@metropole.example", "notification_type": "email"})
        cls.poll = cls.env["commune.election"].create(
            {
                "name": "Municipales d’essai",
                "kind": "municipal",
                "first_round": "2032-03-07",
                "last_round": "2032-03-14",
                "source": "Code électoral, article L. 52-1",
            }
        )

    def setUp(self):
        super().setUp()
        self.before = self.env["mail.notification"].search([])

    def _read_letter(self):
        """Whom messages have gone to since the beginning of the test."""
        return (self.env["mail.notification"].search([]) - self.before).res_partner_id

    def _asked(self, letter):
        return letter.sudo().activity_ids.user_id

    def test_a_manager_alone_finds_the_letter_in_the_list_and_is_not_written_to(self):
        letter = self._letter(user=self.manager)
        letter.action_request_approval()
        self.assertEqual(self._asked(letter), self.manager)
        letter.action_approve()
        letter.subject = "Autre objet"  # the approval is taken back
        self.assertEqual(letter.approval_state, "requested")
        self.assertEqual(self._asked(letter), self.manager)
        self.assertFalse(self._read_letter())

    def test_a_manager_who_asks_is_not_asked_when_another_one_can_be(self):
        other = new_test_user(
            self.env, "second_chef", "commune_relations.group_manager", email="second@rives.example"
        )
        letter = self._letter(user=self.manager)
        letter.action_request_approval()
        self.assertEqual(self._asked(letter), other)
        self.assertEqual(self._read_letter(), other.partner_id)

    def test_an_account_without_address_approves_nothing(self):
        letter = self._letter()
        letter.action_request_approval()
        self.assertEqual(self._asked(letter), self.manager)
        self.admin.email = "admin@metropole.example"
        again = self._letter()
        again.action_request_approval()
        self.assertEqual(self._asked(again), self.manager | self.admin)

    def test_the_second_reader_alone_is_written_to(self):
        with freeze_time("2031-12-10 10:00:00"):
            self.env.invalidate_all()
            letter = self._letter(user=self.manager)
            letter.action_request_approval()
            letter.action_approve()
            action = letter.action_request_election_review()
            window = self.env[action["res_model"]].with_user(self.manager)
            window.with_context(**action["context"]).create(
                {"reader_id": self.officer.id}
            ).action_confirm()
            self.assertEqual(self._read_letter(), self.officer.partner_id)
