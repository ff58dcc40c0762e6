"""Letters leave from the address of the organisation: it was confirmed, that of the robot was not.

Odoo writes as `notifications@…` on every mail server that names no address: the name of the
organisation beside an address that nobody reads, and that its test letter never tried.
"""

from odoo import api, models
from odoo.tools import email_normalize

from ....engine.mail import domain_of


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _is_organisation_address(self, address):
        """Whether letters leave from this address: that of an organisation, or the alias of a team
        in its domain.

        :param address: normalised, without name
        """
        companies = self.sudo().browse(self._get_organisation_ids()) or self.env.company
        addresses = {company._get_organisation_email() for company in companies} - {""}
        if address in addresses:
            return True
        if domain_of(address) not in {domain_of(email) for email in addresses}:
            return False
        aliases = self.env["mail.alias"].sudo()
        return bool(aliases.search_count([("alias_full_name", "=", address)], limit=1))


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
