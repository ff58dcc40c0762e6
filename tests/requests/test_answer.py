"""The answer: draft, sending once, first answer, question to the commune."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswer(AnswerCase):
    def test_the_answer_is_sent_once_with_one_message(self):
        request = self._as(self.referent)
        request.answer_html = "<p>Le trou sera rebouché lundi.</p>"
        before = self._comments()
        self.assertFalse(request.env["commune.request.portal"]._get_portal_answer(request))
        request.action_send_answer()
        self.assertEqual(request.stage_kind, "answered")
        self.assertIn(
            "rebouché lundi",
            request.env["commune.request.portal"]._get_portal_answer(request)["body"],
        )
        self.assertEqual(request.answer_sent_user_id, self.referent)
        self.assertTrue(request.first_response_date)
        self.assertTrue(request.answered_date)
        self.assertFalse(request.answer_html)
        sent = self._comments() - before
        self.assertEqual(len(sent), 1)
        self.assertIn("rebouché lundi", sent.body)

    def test_one_mail_to_the_requester(self):
        self.request.answer_html = "<p>Fait.</p>"
        before = self.env["mail.mail"].search([])
        self._as(self.referent).action_send_answer()
        mails = self.env["mail.mail"].search([]) - before
        to_requester = mails.filtered(
            lambda m: (
                self.portal_a.partner_id in m.recipient_ids
                or self.portal_a.partner_id.email in (m.email_to or "")
            )
        )
        self.assertEqual(len(to_requester), 1)

    def test_the_commune_reads_what_was_sent_never_the_draft(self):
        self.request.answer_html = "<p>Brouillon secret</p>"
        seen = self._as(self.portal_a)
        self.assertFalse(seen.env["commune.request.portal"]._get_portal_answer(seen))
        self._as(self.referent).action_send_answer()
        self._as(self.referent).answer_html = "<p>Note entre nous</p>"
        self.assertIn(
            "Brouillon secret", seen.env["commune.request.portal"]._get_portal_answer(seen)["body"]
        )
        with self.assertRaises(AccessError):
            seen.read(["answer_html"])

    def test_an_empty_or_unfinished_answer_is_refused(self):
        request = self._as(self.referent)
        for text, word in (
            (False, "Write"),
            ("<p><br></p>", "Write"),
            ("<p>&nbsp; </p>", "Write"),
            ("<p>Le [date à compléter]</p>", "à compléter"),
            ("<p>Bonjour {civilite}</p>", "{civilite}"),
        ):
            with self.subTest(text=text):
                request.answer_html = text
                with self.assertRaisesRegex(UserError, word):
                    request.action_send_answer()
        self.assertNotEqual(request.stage_kind, "answered")
        self.assertFalse(self.request.answer_sent_date)

    def test_a_second_answer_says_who_sent_the_first_and_when(self):
        self.request.answer_html = "<p>Première</p>"
        self._as(self.referent).action_send_answer()
        self.request.answer_sent_date = fields.Datetime.now() - timedelta(minutes=2)
        self.request.answer_html = "<p>Seconde</p>"
        with self.assertRaisesRegex(UserError, r"test_referent.*, 2 minutes ago"):
            self._as(self.officer).action_send_answer()
        self.assertIn("Première", self.request.answer_sent_html)

    def test_two_at_the_same_moment(self):
        self.request.answer_html = "<p>Réponse</p>"
        Ticket = self.env.registry["helpdesk.ticket"]
        with (
            patch.object(Ticket, "lock_for_update", side_effect=LockError("busy")),
            self.assertRaisesRegex(UserError, "at this very moment"),
        ):
            self._as(self.referent).action_send_answer()
        self.assertFalse(self.request.answer_sent_date)

    def test_what_was_sent_cannot_be_rewritten(self):
        for values in ({"answer_sent_html": "<p>x</p>"}, {"answer_sent_date": "2026-01-01"}):
            with self.assertRaises(AccessError):
                self._as(self.officer).write(values)
        with self.assertRaises(AccessError):
            self.env["helpdesk.ticket"].with_user(self.officer).create(
                {"name": "x", "description": "x", "answer_sent_html": "<p>x</p>"}
            )

    def test_those_who_do_not_work_on_the_request_do_not_answer(self):
        self.request.answer_html = "<p>Réponse</p>"
        for user in (self.reader, self.other, self.portal_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_send_answer()

    def test_a_reopened_request_is_answered_again(self):
        request = self._as(self.referent)
        request.answer_html = "<p>Un</p>"
        request.action_send_answer()
        request.action_reopen()
        self.assertEqual(request.reopen_count, 1)
        self.assertTrue(self._get_portal()._get_portal_answer(self._as(self.portal_a))["is_former"])
        request.answer_html = "<p>Deux</p>"
        request.action_send_answer()
        self.assertIn(
            "Deux", request.env["commune.request.portal"]._get_portal_answer(request)["body"]
        )
        exchange = "".join(
            m["body"]
            for m in self._get_portal()._get_portal_page(self._as(self.portal_a))["messages"]
        )
        self.assertIn("Un", exchange)
        self.assertNotIn("Deux", exchange)

    def test_files_go_with_the_answer(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "arrete.txt",
                "raw": b"arrete",
                "res_model": "helpdesk.ticket",
                "res_id": self.request.id,
            }
        )
        request = self._as(self.referent)
        request.write({"answer_html": "<p>Voir l’arrêté.</p>", "answer_file_ids": file.ids})
        request.action_send_answer()
        self.assertEqual(self.request.answer_sent_file_ids, file)
        self.assertFalse(self.request.answer_file_ids)
        self.assertEqual(self._comments()[0].attachment_ids, file)
        self.assertEqual(
            self._get_portal()._get_portal_answer(self._as(self.portal_a))["attachments"],
            file,
        )

    def test_a_requester_without_address_still_reads_the_answer(self):
        self.portal_a.partner_id.email = False
        self.commune_a.email = False
        self.request.partner_email = False
        self.request.answer_html = "<p>Sans adresse</p>"
        before = self._comments()
        self._as(self.referent).action_send_answer()
        self.assertEqual(len(self._comments() - before), 1)
        self.assertIn(
            "Sans adresse",
            self._get_portal()._get_portal_answer(self._as(self.portal_a))["body"],
        )


@tagged("post_install", "-at_install")
class TestMessages(AnswerCase):
    def _wizard(self, user, kind, body):
        return (
            self.env["commune.request.ask"]
            .with_user(user)
            .create({"ticket_id": self.request.id, "kind": kind, "body": body})
        )

    def _shown(self):
        """The messages that the page of the request shows to the mayor."""
        messages = self._get_portal().sudo()._get_portal_messages(self._as(self.portal_a).sudo())
        return " ".join(str(message["body"]) for message in messages)

    def test_a_question_stops_the_clock_until_the_commune_answers(self):
        before = self._comments()
        self._wizard(self.referent, "question", "<p>Devant quel numéro ?</p>").action_send()
        self.assertEqual(self.request.stage_kind, "waiting")
        self.assertEqual(len(self.request.pause_ids), 1)
        asked = self._comments() - before
        self.assertEqual(len(asked), 1)
        self.assertIn("Devant quel numéro", asked.body)
        shown = self._shown()
        self.assertIn("Devant quel numéro", shown)

    def test_a_first_answer_leaves_the_request_open(self):
        self._wizard(self.referent, "first_answer", "<p>Une équipe passe demain.</p>").action_send()
        self.assertEqual(self.request.stage_kind, "in_progress")
        self.assertTrue(self.request.first_response_date)
        self.assertFalse(self.request.answered_date)
        first = self.request.first_response_date
        self.request.first_response_date = first - timedelta(days=1)
        self._wizard(self.referent, "first_answer", "<p>Elle est passée.</p>").action_send()
        self.assertEqual(self.request.first_response_date, first - timedelta(days=1))
        shown = self._shown()
        self.assertIn("Une équipe passe demain", shown)

    def test_nothing_empty_and_nothing_by_others(self):
        with self.assertRaisesRegex(UserError, "Write your text"):
            self._wizard(self.referent, "question", "<p><br></p>").action_send()
        with self.assertRaises(AccessError):
            self._wizard(self.other, "question", "<p>Bonjour</p>").action_send()
        self.assertEqual(self.request.stage_kind, "received")
