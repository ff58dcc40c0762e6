"""No e-mail leaves a demonstration, which holds the addresses of real town halls.

The server blocks every message to those addresses and every letter of the addon. In an Odoo in use,
third-party messages are sent as usual.
"""

from email.utils import getaddresses

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize_all


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def send_email(self, message, *args, **options):
        """Whatever the way that led here, a person of the demonstration is sent nothing."""
        if self._is_demonstration():
            headers = [
                str(text) for name in ("To", "Cc", "Bcc") for text in message.get_all(name, [])
            ]
            addresses = {address.lower() for _name, address in getaddresses(headers)}
            if self.env["mail.mail"]._get_shown_addresses(addresses):
                return message["Message-Id"]
        return super().send_email(message, *args, **options)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _split_by_mail_configuration(self):
        """In a demonstration, our letters and those to its persons are composed, filed as sent, and
        never handed to a server."""
        kept = self._get_kept_by_demonstration()
        for mail in kept.filtered(lambda one: one.state == "outgoing"):
            persons, addresses = list(mail.recipient_ids), [mail.email_to or ""]
            mail.write({"state": "sent", "failure_type": False, "failure_reason": False})
            mail._postprocess_sent_message(success_pids=persons, success_emails=addresses)
        yield from super(MailMail, self - kept)._split_by_mail_configuration()

    def _get_kept_by_demonstration(self):
        if not self.env["ir.mail_server"]._is_demonstration():
            return self.browse()
        managed = self.filtered(lambda mail: mail._is_managed())
        asked = {mail: mail._get_all_addresses() for mail in self - managed}
        shown = self._get_shown_addresses(set().union(*asked.values()))
        return managed.union(*(mail for mail, addresses in asked.items() if addresses & shown))

    def _get_all_addresses(self):
        texts = [self.email_to, self.email_cc, *self.sudo().recipient_ids.mapped("email")]
        return {address for text in texts if text for address in email_normalize_all(text)}

    @api.model
    def _get_shown_addresses(self, addresses):
        """Addresses of a place or a person of the demonstration.

        :param addresses: {"mairie@metz.fr", …}, normalised
        """
        self = self.sudo()  # every place and person of the demonstration
        if not addresses:
            return set()
        places = Domain("is_commune", "=", True) | Domain("is_epci", "=", True)
        people = Domain("held_mandate_ids", "!=", False) | Domain("is_fictitious", "=", True)
        persons = self.env["res.partner"].with_context(active_test=False)
        found = persons.search_fetch(
            Domain("email_normalized", "in", list(addresses)) & (places | people),
            ["email_normalized"],
        )
        known = self.env["commune.known.email"]
        domains = {address.rpartition("@")[2] for address in addresses}
        named = known.search([("value", "in", [*addresses, *domains])]).mapped("value")
        shown = {*found.mapped("email_normalized"), *named}
        return {one for one in addresses if {one, one.rpartition("@")[2]} & shown}
