"""Letters that left and are not kept are thrown away together; third-party mails as Odoo does
it."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.mail.tests.common import MockEmail


@tagged("post_install", "-at_install")
class TestDiscardedLetters(MockEmail, TransactionCase):
    def setUp(self):
        super().setUp()
        self.env["res.company"]._get_organisation_ids()  # kept by the process
        sender = patch.object(self.registry["res.company"], "_holds_letters", lambda company: False)
        self.startPatcher(sender)

    def _write(self, number, followed=True):
        people = self.env["res.partner"].create(
            [{"name": f"Personne {n}", "email": f"p{n}@mel.example"} for n in range(number)]
        )
        mails = self.env["mail.mail"].create(
            [
                {
                    "subject": "Lettre",
                    "body_html": "<p>Bonjour</p>",
                    "email_from": "maison@mel.example",
                    "email_to": person.email,
                    "auto_delete": True,
                }
                for person in people
            ]
        )
        if followed:
            mails._follow("message", people)
        self.env.flush_all()
        self.env.invalidate_all()
        return mails

    def _send(self, mails):
        """Queries of the sending."""
        before = self.cr.sql_log_count
        with self.mock_mail_gateway(mail_unlink_sent=True):
            mails.send()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_a_letter_more_costs_few_queries(self):
        few, many = self._write(4), self._write(24)
        self._send(self._write(1))
        before = self._send(few)
        self.assertLessEqual((self._send(many) - before) / 20, 15)
        self.assertFalse((few | many).exists())

    def test_a_delivery_remembers_a_letter_that_is_gone(self):
        mails = self._write(2)
        deliveries = mails.organisation_delivery_ids
        self._send(mails)
        self.assertFalse(mails.exists())
        self.assertEqual(deliveries.mapped("state"), ["left"] * 2)

    def test_what_a_cut_left_is_thrown_away_the_next_night(self):
        managed, foreign = self._write(1), self._write(1, followed=False)
        (managed | foreign).write({"state": "sent"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE mail_mail SET write_date = write_date - interval '2 hours'")
        self.env.invalidate_all()
        self.env["mail.mail"]._gc_sent()
        self.assertFalse(managed.exists())
        self.assertTrue(foreign.exists())
