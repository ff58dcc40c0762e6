"""Letters leave from the address of the organisation: it was confirmed, that of the robot was not.

Odoo writes as `notifications@…` on every mail server that names no address: the name of the
organisation beside an address that nobody reads, and that its test letter never tried.
"""

from odoo import api, models

from ....engine.mail import domain_of


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _is_organisation_address(self, address):
        """Whether letters leave from this address: that of an organisation, or the alias of a team
        in its domain.

        :param address: normalised, without name
        """
        companies = self.browse(self._get_organisation_ids()) or self.env.company
        addresses = {company._get_organisation_email() for company in companies} - {""}
        if address in addresses:
            return True
        if domain_of(address) not in {domain_of(email) for email in addresses}:
            return False
        aliases = self.env["mail.alias"]
        return bool(aliases.search_count([("alias_full_name", "=", address)], limit=1))
