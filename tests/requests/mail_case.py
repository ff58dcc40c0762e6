"""Mail of two communes: addresses of persons and town halls, aliases, messages as bytes."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from odoo import fields

from .request_case import RequestCase

DOMAIN = "metropole.example"


class MailCase(RequestCase):
    """`_mail` builds a message, `_receive` hands its bytes to the gateway and gives the request
    that it made or joined."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.alias_domain = cls.env["mail.alias.domain"].create({"name": DOMAIN})
        cls.env.company.alias_domain_id = cls.alias_domain
        (cls.desk | cls.roads | cls.water).alias_domain_id = cls.alias_domain
        cls.desk.alias_name = "communes-essai"
        cls.epci.write({"brand_name": "Les Deux Rives", "phone": "03 00 00 00 01"})
        cls.commune_a.write(
            {"email": "mairie@aubrive.example", "website": "https://www.aubrive.example/"}
        )
        cls.commune_b.email = "commune.bellefontaine@orange.fr"
        for user, email in [
            (cls.portal_a, "anne.aubry@mel.example"),
            (cls.portal_a_limited, "luc@arnaud.example"),
            (cls.portal_b, "bruno.blanc@mel.example"),
            (cls.portal_both, "sophie.colin@mel.example"),
            (cls.portal_ended, "denis.duval@mel.example"),
        ]:
            user.partner_id.email = email
        cls.manager.partner_id.phone = "03 00 00 00 02"
        cls.gateway = cls.env["mail.thread"].with_user(cls.env.ref("base.user_root"))

    @classmethod
    def _mail(cls, sender, subject, text="Bonjour, merci de votre aide.", **headers):
        """:param headers: more headers, `_` for `-`; `To` is the desk unless given"""
        message = EmailMessage()
        message["From"] = sender
        message["To"] = headers.pop("To", cls.desk.alias_email)
        if subject is not None:
            message["Subject"] = subject
        message["Message-Id"] = headers.pop("Message_Id", None) or make_msgid(domain="mel.example")
        message["Date"] = format_datetime(fields.Datetime.now())
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        if text is not None:
            message.set_content(text)
        return message

    def _receive(self, message):
        content = message if isinstance(message, bytes) else message.as_bytes()
        found = self.gateway.message_process(False, content)
        return self.env["helpdesk.ticket"].browse(found or [])

    def _letters(self, ticket, address=None):
        """Letters sent for a request, to an address if one is given."""
        messages = ticket.message_ids.filtered(
            lambda m: m.email_layout_xmlid == "commune_relations.request_mail_layout"
        ).sorted("id")
        if address:
            return messages.filtered(
                lambda m: (
                    address
                    in [
                        *m.notified_partner_ids.mapped("email"),
                        *m.sudo().notification_ids.mapped("mail_email_address"),
                    ]
                )
            )
        return messages
