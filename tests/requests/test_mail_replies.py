"""Replies go to their request, and to it alone; machines move nothing."""

import re
from datetime import timedelta
from urllib.parse import quote_plus

from odoo import fields
from odoo.tests import tagged

from .mail_case import MailCase

MAYOR = "anne.aubry@mel.example"


@tagged("post_install", "-at_install")
class TestReplies(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._request(user_id=cls.manager.id)
        cls.ticket.env["commune.request.mail"]._send_request_mail(cls.ticket, "acknowledged")
        cls.letter = cls.ticket.message_ids.filtered("email_layout_xmlid")[:1]

    def _reply(self, sender, text="Voici la suite.", **headers):
        headers.setdefault("In_Reply_To", self.letter.message_id)
        headers.setdefault("References", self.letter.message_id)
        subject = headers.pop("Subject", f"RE: {self.letter.subject}")
        return self._receive(self._mail(sender, subject, text, **headers))

    def _lost(self, sender, **headers):
        """A reply whose references were lost."""
        return self._reply(sender, In_Reply_To="<x@y.example>", References="", **headers)

    def _close(self, days=1, kind="closed"):
        self.ticket._move_to("answered")
        self.ticket._move_to(kind)
        self.ticket.closed_date = fields.Datetime.now() - timedelta(days=days)

    def test_any_person_of_the_commune_ends_the_wait(self):
        for sender in (MAYOR, "sophie.colin@mel.example", "mairie@aubrive.example"):
            self.ticket._move_to("waiting")
            self.assertEqual(self._reply(sender), self.ticket)
            self.assertEqual(self.ticket.stage_kind, "in_progress", sender)
            self.env.flush_all()

    def test_a_comment_on_the_portal_ends_the_wait_too(self):
        self.ticket._move_to("waiting")
        self.ticket.message_post(
            body="Voici la précision.",
            author_id=self.portal_both.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.ticket.stage_kind, "in_progress")

    def test_the_number_in_the_subject_is_enough_for_authorised_senders(self):
        for sender in (MAYOR, "sophie.colin@mel.example", "stage@aubrive.example"):
            self.assertEqual(self._lost(sender), self.ticket)
        catchall = {"To": self.alias_domain.catchall_email}
        self.assertEqual(self._lost(MAYOR, **catchall), self.ticket)

    def test_a_stranger_who_guesses_a_number_makes_a_request_of_his_own(self):
        messages = self.ticket.message_ids
        for sender in ("bruno.blanc@mel.example", "inconnu@gmail.com"):
            other = self._lost(sender)
            self.assertTrue(other)
            self.assertNotEqual(other, self.ticket)
        self.assertEqual(self.ticket.message_ids, messages)

    def test_a_councillor_who_guesses_a_number_writes_into_no_request_of_the_others(self):
        """Luc sees his own requests alone; a reply to a letter that he received is a reply."""
        self.assertNotEqual(self._lost("luc@arnaud.example"), self.ticket)
        self.assertEqual(self._reply("luc@arnaud.example"), self.ticket)
        self.ticket.partner_id = self.portal_a_limited.partner_id
        self.assertEqual(self._lost("luc@arnaud.example"), self.ticket)

    def test_a_confidential_request_takes_replies_of_its_readers_only(self):
        self.ticket.write(
            {"confidentiality": "maire_dgs", "partner_id": self.portal_both.partner_id.id}
        )
        self.assertTrue(
            self.ticket.env["commune.request.mail"]._is_authorised_sender(self.ticket, MAYOR)
        )
        self.assertFalse(
            self.ticket.env["commune.request.mail"]._is_authorised_sender(
                self.ticket, "luc@arnaud.example"
            )
        )
        self.assertFalse(
            self.ticket.env["commune.request.mail"]._is_authorised_sender(
                self.ticket, "mairie@aubrive.example"
            )
        )
        self.ticket.confidentiality = "perso"
        self.assertFalse(
            self.ticket.env["commune.request.mail"]._is_authorised_sender(self.ticket, MAYOR)
        )
        self.assertTrue(
            self.ticket.env["commune.request.mail"]._is_authorised_sender(
                self.ticket, "sophie.colin@mel.example"
            )
        )

    def test_a_reply_of_a_stranger_stays_among_staff(self):
        self.ticket._move_to("waiting")
        self.assertEqual(self._reply("bruno.blanc@mel.example", "Je m’invite."), self.ticket)
        message = self.ticket.message_ids.filtered(lambda m: "Je m’invite" in (m.body or ""))
        self.assertTrue(message.subtype_id.internal)
        self.assertEqual(self.ticket.stage_kind, "waiting")
        self.assertEqual(
            self.ticket.env["commune.request.reminder"]
            ._get_reminders(self.ticket, "reply")
            .user_id,
            self.manager,
        )
        self.assertFalse(
            self.ticket.env["commune.request.mail"]._is_authorised_sender(
                self.ticket, "bruno.blanc@mel.example"
            )
        )

    def test_the_name_of_a_stranger_is_a_text_never_a_link(self):
        trap = "<a href='https://piege.example'>Valider</a>"
        self._reply(f'"{trap}" <bruno.blanc@mel.example>', "Je m’invite.")
        note = self.ticket.env["commune.request.reminder"]._get_reminders(self.ticket, "reply").note
        self.assertIn("bruno.blanc@mel.example", note)
        self.assertNotIn("<a", note)

    def test_an_answered_request_stays_answered_and_its_owner_is_notified_once(self):
        self.ticket._move_to("answered")
        self._reply(MAYOR, "Merci.")
        self._reply(MAYOR, "Merci encore.")
        self.assertEqual(self.ticket.stage_kind, "answered")
        self.assertEqual(
            self.ticket.env["commune.request.reminder"]
            ._get_reminders(self.ticket, "reply")
            .user_id,
            self.manager,
        )
        self.assertEqual(
            len(self.ticket.env["commune.request.reminder"]._get_reminders(self.ticket, "reply")), 1
        )

    def test_a_closed_request_is_reopened_by_its_commune(self):
        for kind in ("closed", "rerouted"):
            count = self.ticket.reopen_count
            self._close(days=10, kind=kind)
            self.assertEqual(self._reply(MAYOR), self.ticket)
            self.assertEqual(self.ticket.stage_kind, "in_progress")
            self.assertEqual(self.ticket.reopen_count, count + 1)

    def test_long_after_a_reply_makes_a_new_request_linked_to_the_former(self):
        self._close(days=31)
        new = self._reply(MAYOR)
        self.assertNotEqual(new, self.ticket)
        self.assertEqual(new.previous_request_id, self.ticket)
        self.assertEqual(new.commune_id, self.commune_a)
        self.assertEqual(new.team_id, self.ticket.team_id)
        self.assertEqual(self.ticket.stage_kind, "closed")

    def test_machines_never_reopen_nor_end_a_wait(self):
        self._close()
        for _time in range(3):
            self._reply(MAYOR, "Je suis absente.", Auto_Submitted="auto-replied")
        self.assertEqual((self.ticket.stage_kind, self.ticket.reopen_count), ("closed", 0))
        self.ticket._move_to("in_progress")
        self.ticket._move_to("waiting")
        self._reply(MAYOR, Subject=f"Réponse automatique : {self.letter.subject}")
        self.assertEqual(self.ticket.stage_kind, "waiting")
        kept = self.ticket.message_ids.filtered(lambda m: m.message_type == "out_of_office")
        self.assertEqual(len(kept), 4)
        self.assertEqual(kept.subtype_id, self.env.ref("mail.mt_note"))

    def test_a_reply_to_a_duplicate_goes_to_the_request_that_is_followed(self):
        main = self._request()
        self.ticket.duplicate_id = main
        self.assertEqual(self._reply(MAYOR), main)

    def test_a_follower_of_another_commune_receives_nothing(self):
        self.ticket.message_subscribe(self.portal_b.partner_id.ids)
        self.assertFalse(self.ticket.message_partner_ids & self.portal_b.partner_id)
        self.env["mail.followers"].create(
            {
                "res_model": "helpdesk.ticket",
                "res_id": self.ticket.id,
                "partner_id": self.portal_b.partner_id.id,
                "subtype_ids": [(6, 0, self.env.ref("mail.mt_comment").ids)],
            }
        )
        message = self.ticket.message_post(
            body="Réponse", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(self.portal_b.partner_id, message.notified_partner_ids)

    def test_the_organisation_does_not_write_to_itself(self):
        self.env.company.email = "contact@metropole.example"
        self.env["res.partner"].create({"name": "Alias", "email": self.desk.alias_email})
        self._reply(MAYOR, "Merci.")
        reply = self.ticket.message_ids.sorted("id")[-1]
        self.assertFalse(
            reply.notified_partner_ids.filtered(lambda p: "metropole.example" in (p.email or ""))
        )

    def test_a_reader_who_was_notified_of_a_request_answers_among_staff(self):
        """An answer by e-mail passes no right: what a reader, or a colleague who was mentioned,
        writes back is for those who work on the request, never a word to the commune."""
        ticket = self._receive(self._mail("anne.aubry@mel.example", "Trou rue des Lilas"))
        for who in (self.reader, self.employee, self.officer):
            who.partner_id.email = f"{who.login}@metropole.example"
            message = ticket.message_post(
                body="À voir", partner_ids=who.partner_id.ids, subtype_xmlid="mail.mt_comment"
            )
            self._receive(
                self._mail(
                    who.partner_id.email,
                    "Re: Trou rue des Lilas",
                    f"Réponse de {who.login}",
                    In_Reply_To=message.message_id,
                )
            )
            replies = ticket.message_ids.filtered(
                lambda m, who=who: f"Réponse de {who.login}" in m.body
            )
            with self.subTest(who=who.login):
                self.assertEqual(replies.author_id, who.partner_id)
                self.assertEqual(replies.subtype_id.internal, who != self.officer)

    def test_a_letter_that_is_quoted_does_not_give_its_link_to_the_staff(self):
        """The link is in the quoted text, as the reader has it, and as a relay rewrites it."""
        letter = self.ticket.env["commune.request.mail"]._send_request_mail(self.ticket, "closed")
        copy = self._copies(letter.mail_ids)[0]
        token = re.search("/rate/([^/]+)/", copy)[1]
        base = self.ticket.get_base_url()
        other = "https://partage.example/plan?token=a1b2c3d4e5f6g7h8i9j0"
        quoted = (
            f"Merci.\n> {base}/rate/{token}/5\n> https://relais.example/?url="
            f"{quote_plus(f'{base}/rate/{token}/1')}\n{other}"
        )
        before = self.ticket.message_ids
        self._reply(MAYOR, quoted)
        replies = (self.ticket.message_ids - before).filtered(lambda m: "Merci" in (m.body or ""))
        self.assertTrue(replies)
        self.assertNotIn(token, replies.body)
        self.assertIn("/rate/", replies.body)
        self.assertIn(other, replies.body)
        asked = self._receive(self._mail(MAYOR, "Ce lien ne marche pas", quoted))
        self.assertTrue(asked.description)
        self.assertNotIn(token, asked.description)
