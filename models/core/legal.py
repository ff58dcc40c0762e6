"""The pages that the law asks of a public site: who publishes it, what is done with personal data,
how accessible it is, whom to reach. The usual text filled with what the organisation is, or its
own.

Loi n° 2004-575 (LCEN), art. 1-1; RGPD, art. 13 and 14; décret n° 2019-768, art. 5 to 7.
"""

from odoo import fields, models

# Kind of page -> field of the company that holds its own text.
PAGES = {
    "notice": "legal_notice",
    "privacy": "legal_privacy",
    "accessibility": "legal_accessibility",
    "contact": "",
}


class ResCompany(models.Model):
    _inherit = "res.company"

    publication_director = fields.Char(
        help="Who answers for what is published: the president, as a rule.",
    )
    hosting_provider = fields.Text(
        help="Name, address and telephone, which the law asks for.",
    )
    privacy_email = fields.Char(
        string="Data protection officer",
        help="The address of the data protection officer (GDPR, art. 13).",
    )
    accessibility_state = fields.Selection(
        [("none", "not compliant"), ("partial", "partly compliant"), ("full", "fully compliant")],
        default="none",
        required=True,
        help="As long as no audit was made, a site is not compliant (decree no. 2019-768, art. 6).",
    )
    accessibility_date = fields.Date(
        string="Date of the declaration", help="Of the audit, or of its last update."
    )
    legal_notice = fields.Html(
        string="Our own legal notice", help="In place of the usual text; empty, that one is shown."
    )
    legal_privacy = fields.Html(string="Our own page on personal data")
    legal_accessibility = fields.Html(string="Our own declaration of accessibility")

    def _get_legal_page(self, kind):
        """Values of a page, for everybody; None when there is no such page.

        :param kind: one of PAGES
        """
        company = self.sudo()
        if kind not in PAGES or not company.epci_id:
            return None
        field = PAGES[kind]
        return {
            "kind": kind,
            "own_text": field and company[field],
            "imprint": company._get_document_identity()["imprint"],
            "epci": company.epci_id,
            "publisher": company,
            "state": company._get_accessibility_state(),
        }

    def _get_accessibility_state(self):
        """Accessibility statement in the footer of each page: `partiellement conforme`."""
        labels = dict(self._fields["accessibility_state"]._description_selection(self.env))
        return labels[self.accessibility_state]
