"""Extension of mail servers: letters of the organisation leave from its address.

It was confirmed, that of the robot was not: Odoo writes as `notifications@…` on every mail server
that names no address, an address that nobody reads. Third-party mails cost no query.
"""

from odoo import models
from odoo.tools import email_normalize


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _find_mail_server(self, email_from, mail_servers=None):
        """Prefer the organisation's own address as the sender, unless the server serves other ones.

        Third-party mails cost no query.
        """
        if self.env.context.get("third_party_letters"):
            return super()._find_mail_server(email_from, mail_servers)
        address = email_normalize(email_from)
        if address and self.env["res.company"]._is_organisation_address(address):
            addresses = self.with_context(domain_notifications_email=address)
            server, _written = super(IrMailServer, addresses)._find_mail_server(
                email_from, mail_servers
            )
            accepted = server.from_filter if server else self._get_default_from_filter()
            if self._match_from_filter(email_from, accepted):
                return server and server.with_env(self.env), email_from
        return super()._find_mail_server(email_from, mail_servers)
