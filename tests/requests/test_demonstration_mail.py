"""The demonstration in an Odoo in use: third-party mails go their way, none leaves to a commune."""

from odoo.fields import Command
from odoo.tests import tagged

from ...models.core.sender.sender_check import DEMONSTRATION
from .smtp_case import SmtpCase


@tagged("post_install", "-at_install")
class TestDemonstrationMail(SmtpCase):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param(DEMONSTRATION, "1")
        self.relay.from_filter = False
        self.customer = self.env["res.partner"].create(
            {"name": "Cliente", "email": "cliente@client.example"}
        )

    def _write(self, **values):
        common = {"subject": "Facture", "body_html": "<p>…</p>", "email_from": "v@shop.example"}
        return self.env["mail.mail"].create({**common, **values})

    def _received(self):
        return sorted(address for people, _message in self._outgoing() for address in people)

    def test_third_party_mails_leave_and_those_to_our_persons_do_not(self):
        mayor = self.portal_a.partner_id
        self.commune_a.email = "mairie@aubrive.example"
        self.env["commune.known.email"].create(
            {"partner_id": self.commune_a.id, "value": "aubrive-mairie.example"}
        )
        foreign = self._write(email_to="Un client <un@client.example>")
        foreign |= self._write(recipient_ids=[Command.set(self.customer.ids)])
        kept = self._write(email_to="Mairie <Mairie@aubrive.example>")
        kept |= self._write(recipient_ids=[Command.set(mayor.ids)])
        kept |= self._write(email_to="un@client.example", email_cc="x@aubrive-mairie.example")
        self.assertEqual(self._received(), ["cliente@client.example", "un@client.example"])
        self.assertEqual(set(kept.exists().mapped("state")) - {"sent"}, set())
        self.assertNotIn("exception", foreign.exists().mapped("state"))

    def test_a_letter_of_the_addon_leaves_to_nobody(self):
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Trou", "description": "…", "commune_id": self.commune_a.id}
        )
        self._received()
        ticket.message_post(
            body="Vu.",
            partner_ids=self.customer.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self._received(), [])

    def test_a_queue_that_fails_is_reported_to_others_as_before(self):
        self._close_relay()
        mail = self._write(email_to="un@client.example")
        held = self._write(email_to=self.portal_a.partner_id.email)
        self._run_queue()
        self.assertEqual(mail.state, "exception")
        self.assertIn(held.exists().mapped("state"), ([], ["sent"]))

    def test_no_way_leads_to_a_person_of_the_demonstration(self):
        servers = self.env["ir.mail_server"]
        for address in (self.portal_a.partner_id.email, "un@client.example"):
            letter = servers._build_email__("v@shop.example", [address], "Bonjour", "Bonjour")
            servers.send_email(letter)
        self.assertEqual(self._received(), ["un@client.example"])
