"""A demonstration holds the addresses of real town halls: nothing leaves it."""

from odoo import models

SILENT = "commune_relations.demonstration"


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _disable_send(self):
        """In a demonstration, mails are composed, filed as sent, and never handed to a server."""
        return _is_demonstration(self.env) or super()._disable_send()


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _send(self, *args, **options):
        if not _is_demonstration(self.env):
            return super()._send(*args, **options)
        for mail in self.filtered(lambda one: one.state == "outgoing"):
            persons, addresses = list(mail.recipient_ids), [mail.email_to or ""]
            mail.write({"state": "sent", "failure_type": False, "failure_reason": False})
            mail._postprocess_sent_message(success_pids=persons, success_emails=addresses)
        return True


def _is_demonstration(env):
    return bool(env["ir.config_parameter"].sudo().get_param(SILENT))
