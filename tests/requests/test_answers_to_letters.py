"""A commune answers any letter by “reply”: somebody reads it, and knows who speaks."""

from markupsafe import Markup

from odoo.tests import tagged
from odoo.tools import mute_logger

from .mail_case import MailCase

MAYOR = "anne.aubry@mel.example"


@tagged("post_install", "-at_install")
class TestAnswersToLetters(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.ticket = cls._request(user_id=cls.manager.id)
        cls.replies = {"To": cls.alias_domain.catchall_email}

    def _answer(self, sender=MAYOR, **headers):
        """An answer to a letter that Odoo has forgotten: it left."""
        gone = "<1234.5-openerp-7-commune.attendance@metropole.example>"
        headers = {**self.replies, "In_Reply_To": gone, "References": gone, **headers}
        return self._receive(self._mail(sender, "Re: Convocation", "Je ne viens pas.", **headers))

    def test_what_the_address_of_all_replies_receives_is_read_by_the_desk(self):
        mails = self.env["mail.mail"].sudo().search([])
        answer = self._answer()
        self.assertEqual((answer.commune_id, answer.team_id), (self.commune_a, self.desk))
        self.assertIn("Je ne viens pas.", answer.description)
        sent_back = self.env["mail.mail"].sudo().search([]) - mails
        self.assertNotIn("bounce", "".join(filter(None, sent_back.mapped("email_from"))))

    def test_what_a_stranger_writes_there_stays_as_odoo_made_it(self):
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self.assertFalse(self._answer("client@ailleurs.example"))
            self.employee.email = "employe@ailleurs.example"
            self.assertFalse(self._answer(self.employee.email))
        self.officer.email = "agent@ailleurs.example"
        self.assertTrue(self._answer(self.officer.email))

    def test_before_there_is_an_organisation_it_stays_as_odoo_made_it(self):
        self.env.company.epci_id = False
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self.assertFalse(self._answer())

    def test_a_machine_that_answers_there_makes_no_request(self):
        self.assertFalse(self._answer(Auto_Submitted="auto-replied"))

    def test_an_address_that_others_share_stays_as_odoo_made_it(self):
        self.env.company.epci_id = self.epci
        company = self.env["res.company"].create({"name": "Une autre société"})
        company.alias_domain_id = self.alias_domain
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self.assertFalse(self._answer())

    def test_beside_the_address_of_replies_is_the_public_name(self):
        self.ticket.env["commune.request.mail"]._send_request_mail(self.ticket, "acknowledged")
        letter = self.ticket.message_ids.filtered("email_layout_xmlid")[:1]
        organisation_name = self.env.company._get_organisation_name()
        self.assertNotEqual(organisation_name, self.env.company.name)
        self.assertEqual(letter.reply_to, f'"{organisation_name}" <{self.roads.alias_email}>')

    def test_what_others_write_keeps_the_name_that_odoo_gives(self):
        contact = self.env["res.partner"].create({"name": "Client", "email": "c@client.example"})
        organisation_name, found = (
            self.env.company._get_organisation_name(),
            contact._notify_get_reply_to(),
        )
        self.assertNotIn(organisation_name, found[contact.id])

    def test_what_a_mayor_writes_on_the_portal_leaves_from_our_address(self):
        """Not from that of the mayor, which our server may not write for: it would be refused."""
        self.manager.notification_type = "email"
        before = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id or 0
        self.ticket.env["commune.request.portal"].with_user(self.portal_a)._portal_post(
            self.ticket.with_user(self.portal_a), "Où en est-on ?"
        )
        self.env.flush_all()
        mail = self.env["mail.mail"].sudo().search([("id", ">", before)])[:1]
        self.assertIn(MAYOR, mail.email_from)
        mail._give_sender()
        name = self.portal_a.partner_id.name
        self.assertEqual(
            mail.email_from, f'"{name}" <{self.env.company._get_organisation_email()}>'
        )
        self.assertIn(self.roads.alias_email, mail.reply_to)

    def test_the_letter_greets_once_whatever_the_agent_typed(self):
        clean = self.env["commune.request.mail"]._clean_letter
        self.assertEqual(
            clean(Markup("<p>Bonjour Madame la Maire,</p><p>C’est fait.</p>")), "<p>C’est fait.</p>"
        )
        self.assertEqual(clean("Bonjour,\nC’est fait."), "<p>C’est fait.</p>")
        kept = "<p>Bonjour, c’est fait.</p>"
        self.assertEqual(clean(Markup(kept)), kept)

    def test_a_request_followed_with_another_is_notified_by_an_organisation_letter(self):
        main = self._request(user_id=self.manager.id)
        self.ticket.env["commune.request.duplicate"]._notify_attached(self.ticket, main)
        [letter] = self.ticket.message_ids.filtered("email_layout_xmlid")
        self.assertIn(main.number, letter.body)
        self.assertEqual(letter.body.count("Bonjour"), 1)
        self.assertEqual(letter.email_from, self.ticket._get_letter_sender())
        self.assertIn(self.ticket.number, letter.subject)
        self.assertEqual(letter.message_type, "comment")
