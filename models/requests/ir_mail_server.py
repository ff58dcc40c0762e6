"""A demonstration holds the addresses of real town halls: nothing leaves it."""

from odoo import api, models


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _connect__(self, *args, **options):
        return None if self._is_demonstration() else super()._connect__(*args, **options)

    @api.model
    def send_email(self, message, *args, **options):
        """In a demonstration, mails are composed, filed as sent, and never handed to a server."""
        if self._is_demonstration():
            return message["Message-Id"]
        return super().send_email(message, *args, **options)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _send(self, *args, **options):
        if not self.env["ir.mail_server"]._is_demonstration():
            return super()._send(*args, **options)
        for mail in self.filtered(lambda one: one.state == "outgoing"):
            persons, addresses = list(mail.recipient_ids), [mail.email_to or ""]
            mail.write({"state": "sent", "failure_type": False, "failure_reason": False})
            mail._postprocess_sent_message(success_pids=persons, success_emails=addresses)
        return True
