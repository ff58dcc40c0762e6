"""Signatory of the documents of the replacement service, and posting of its agents."""

from odoo import models

from ...engine.text import after_comma, with_detail


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_administrative_residence(self):
        """The commune of the service (décret n° 2006-781, art. 2): its home base, else the town of
        the intercommunality; empty when neither is known."""
        return self.replacement_base_id.name or self.partner_id.city or self.epci_id.city

    def _get_order_authority(self):
        """Who signs an order of mission, in words."""
        company = self.sudo()
        words = ", ".join(
            filter(None, (company.order_signatory_name, after_comma(company.order_signatory_title)))
        )
        if company.order_by_delegation:
            signer = self.env._("%s, by delegation", words)
            return with_detail(signer, company.order_delegation_ref)
        return words

    def _get_order_authority_gaps(self):
        """{sentence: value} of the authority that signs an order: what is empty is missing."""
        company = self.sudo()
        delegation = not company.order_by_delegation or company.order_delegation_ref
        name, title = company.order_signatory_name, company.order_signatory_title
        return {
            self.env._("who signs the orders of mission, in the settings of the service"): name,
            self.env._("the title of who signs, in the settings of the service"): title,
            self.env._("the reference of the delegation of signature, in the settings"): delegation,
        }

    def _get_ordonnateur(self):
        """Authorising officer of the receipts: “Name, title”; empty when a part is missing.

        Without a setting it is the president in office (CGCT, art. L. 5211-9)."""
        company = self.sudo()
        if not (company.ordonnateur_name or company.ordonnateur_title):
            return company.epci_id._get_head_words()
        if not (company.ordonnateur_name and company.ordonnateur_title):
            return ""
        return f"{company.ordonnateur_name}, {company.ordonnateur_title}"
