"""Five mails over real SMTP: each ends where it belongs, and the commune reads its answer."""

from ast import literal_eval
from datetime import timedelta
from html import unescape

from odoo import fields
from odoo.tests import freeze_time, tagged

from .smtp_case import SmtpCase

DSN = """From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {bounce}
Subject: Undelivered Mail Returned to Sender
Message-Id: <dsn-{number}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limite"

--limite
Content-Type: text/plain; charset=utf-8

La boîte est pleine.

--limite
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.2.2

--limite
Content-Type: text/rfc822-headers

Message-Id: {message_id}
Subject: {subject}

--limite--
"""


@tagged("post_install", "-at_install")
class TestSmtp(SmtpCase):
    def _write_as_mayor(self):
        message = self._mail(
            "Anne Aubry <anne.aubry@mel.example>",
            "Nid-de-poule à la sortie de l’école",
            "Un trou s’est formé devant l’école élémentaire.",
        )
        ticket = self._send(message, "anne.aubry@mel.example")
        return ticket, message

    def test_a_known_person_is_recognised_and_acknowledged(self):
        ticket, _message = self._write_as_mayor()
        self.assertEqual(len(ticket), 1)
        self.assertEqual(ticket.commune_id, self.commune_a)
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual(ticket.name, "Nid-de-poule à la sortie de l’école")
        self.assertEqual(ticket.sender_recognition, "person")
        self.assertEqual(
            ticket.channel_id, ticket.env["commune.request.mail"]._get_channel("email")
        )
        self.assertTrue(ticket.acknowledged_date)
        sent = self._outgoing()
        self.assertEqual(
            sorted(address for recipients, _m in sent for address in recipients),
            ["anne.aubry@mel.example", "mairie@aubrive.example"],
        )

    def test_the_acknowledgement_that_arrives_says_number_owner_and_date_in_french(self):
        self.roads.user_ids |= self.manager
        self.env["commune.topic.referent"].create(
            {"topic_id": self.road_topic.id, "user_id": self.manager.id}
        )
        ticket, _message = self._write_as_mayor()
        self.assertEqual(ticket.topic_id, self.road_topic)
        mail = next(m for to, m in self._outgoing() if to == ["anne.aubry@mel.example"])
        self.assertEqual(
            mail["Subject"], f"[{ticket.number}] Demande reçue\N{NO-BREAK SPACE}: {ticket.name}"
        )
        self.assertIn("anne.aubry@mel.example", mail["To"])
        self.assertEqual(mail["From"].addresses[0].addr_spec, self.roads.alias_email)
        self.assertEqual(mail["From"].addresses[0].display_name, "Les Deux Rives")
        self.assertIn(self.roads.alias_email, mail["Reply-To"])
        self.assertRegex(mail["Message-Id"], r"^<.+@.+>$")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        french = ticket.with_context(lang="fr_FR")
        for text in (
            mail.get_body(("plain",)).get_content(),
            mail.get_body(("html",)).get_content(),
        ):
            for words in (
                "Bonjour Madame AUBRY,",
                ticket.number,
                self.manager.name,
                "03 00 00 00 02",
                french._get_letter_date(ticket.promised_date),
                "112",
                f"/my/requests/{ticket.id}",
                "Les Deux Rives",
            ):
                self.assertIn(words, " ".join(unescape(text).split()))
            self.assertNotIn("access_token", text)

    def test_the_address_of_a_town_hall_gives_the_commune(self):
        self.portal_both.partner_id.email = "autre@mel.example"
        message = self._mail("commune.bellefontaine@orange.fr", "Fuite d'eau place du Marché")
        ticket = self._send(message)
        self.assertEqual(ticket.commune_id, self.commune_b)
        self.assertEqual(ticket.partner_id, self.commune_b)
        self.assertEqual(ticket.sender_recognition, "town_hall")
        self.assertEqual(
            [to for to, _mail in self._outgoing()], [["commune.bellefontaine@orange.fr"]]
        )

    def test_an_unknown_sender_is_kept_and_not_answered(self):
        before = self.env["res.partner"].search_count([])
        ticket = self._send(self._mail("Élodie <elodie.n@gmail.com>", "Question urgente"))
        self.assertTrue(ticket.is_unknown_sender)
        self.assertFalse(ticket.commune_id)
        self.assertFalse(ticket.partner_id)
        self.assertEqual(ticket.partner_email, "elodie.n@gmail.com")
        self.assertEqual(ticket.partner_name, "Élodie")
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual(self._outgoing(), [])
        action = self.env.ref("commune_relations.commune_request_action_senders")
        listed = self.env["helpdesk.ticket"].search(literal_eval(action.domain))
        self.assertIn(ticket, listed)

    def test_a_reply_to_the_letter_that_arrived_joins_its_request(self):
        ticket, _message = self._write_as_mayor()
        letter = next(m for to, m in self._outgoing() if to == ["anne.aubry@mel.example"])
        ticket._move_to("waiting")
        reply = self._mail(
            "anne.aubry@mel.example",
            f"RE: {letter['Subject']}",
            "C'est devant le numéro 12.",
            To=str(letter["Reply-To"]),
            In_Reply_To=letter["Message-Id"],
            References=letter["Message-Id"],
        )
        self.assertEqual(self._send(reply), ticket)
        self.assertEqual(ticket.stage_kind, "in_progress")
        self.assertIn("devant le numéro 12", ticket.message_ids.sorted("id")[-1].body or "")

    def test_a_letter_that_comes_back_notifies_its_owner_once(self):
        ticket, _message = self._write_as_mayor()
        ticket.user_id = self.manager
        letter = next(m for to, m in self._outgoing() if to == ["anne.aubry@mel.example"])
        values = {
            "bounce": self.alias_domain.bounce_email,
            "recipient": "anne.aubry@mel.example",
            "message_id": letter["Message-Id"],
            "subject": "Demande",
        }
        requests = self.env["helpdesk.ticket"].search_count([])
        for number, action in enumerate(("delayed", "failed", "failed")):
            report = DSN.format(number=number, action=action, **values)
            self._send(report.encode(), "", [self.alias_domain.bounce_email])
            reminders = ticket.env["commune.request.reminder"]._get_reminders(ticket, "bounce")
            self.assertEqual(len(reminders), int(number > 0))
        self.assertEqual(reminders.user_id, self.manager)
        self.assertIn("anne.aubry@mel.example", reminders.summary)
        self.assertEqual(ticket.bounced_email, "anne.aubry@mel.example")
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), requests)
        # The owner alone is written to, once.
        self.assertEqual([to for to, _mail in self._outgoing()], [[self.manager.email]])

    def _take_letters(self):
        sent = [to for recipients, _mail in self._outgoing() for to in recipients]
        return sorted(to for to in sent if to.endswith(".example"))

    def test_an_address_that_is_refused_does_not_hold_back_the_copy_of_the_town_hall(self):
        self.outbox.refusals["anne.aubry@mel.example"] = "550 5.1.1 No such user"
        ticket, _message = self._write_as_mayor()
        sent = self._take_letters() + self._take_letters()
        self.assertEqual(sent, ["mairie@aubrive.example"])
        self.assertEqual(ticket.bounced_email, "anne.aubry@mel.example")
        lost = self.env["commune.letter.delivery"].search(
            [("document_model", "=", "helpdesk.ticket"), ("state", "=", "lost")]
        )
        self.assertEqual(lost.partner_id, self.portal_a.partner_id)
        self.assertEqual(ticket.letters_state, "lost")

    def test_who_was_reached_is_not_written_to_again(self):
        self.outbox.refusals["mairie@aubrive.example"] = "451 4.7.1 Greylisted"
        start = fields.Datetime.now() + timedelta(minutes=1)
        ticket, _message = self._write_as_mayor()
        self.assertEqual(self._take_letters(), ["anne.aubry@mel.example"])
        self.assertFalse(ticket.bounced_email)
        self.outbox.refusals.clear()
        with freeze_time(start + timedelta(minutes=6)):
            self.assertEqual(self._take_letters(), ["mairie@aubrive.example"])
            self.assertEqual(self._take_letters(), [])

    def test_a_mail_to_two_of_our_aliases_is_delivered_twice_and_makes_one_request(self):
        message = self._mail(
            "anne.aubry@mel.example",
            "Question",
            To=f"{self.desk.alias_email}, {self.water.alias_email}",
        )
        tickets = self._send(message, "anne.aubry@mel.example")
        self.assertEqual(len(tickets), 1)
        self.assertEqual(tickets.team_id, self.water)
