"""The catalogue on paper: cover, contents, a sheet per service."""

from odoo import api, models
from odoo.fields import Domain

from ...models.core.collation import collate


class BrochureDocument(models.AbstractModel):
    _name = "report.commune_relations.brochure_document"
    _description = "Brochure of the services (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param docids: families; none for the whole catalogue"""
        families = self.env["commune.service.family"].browse(docids)
        services = self._get_services(families)
        return {
            "docs": families,
            "title": self._get_title(families),
            "subtitle": self.env._("The services of the catalogue and how to ask for them"),
            "families": [
                (family, services.filtered(lambda s, f=family: s.family_id == f))
                for family in services.family_id.sorted(lambda f: (f.sequence, collate(f.name)))
            ],
            "forms": dict(
                self.env["commune.service"]
                ._fields["contract_form"]
                ._description_selection(self.env)
            ),
            "contact": self._get_contact(),
        }

    @api.model
    def _get_title(self, families):
        """Also the name of the file: the family, when it is the only one."""
        title = self.env._("Services to the communes")
        return f"{title} – {families.name}" if len(families) == 1 else title

    @api.model
    def _get_services(self, families):
        """What every commune may read: neither what is prepared nor the pilots."""
        domain = Domain("state", "in", ("active", "frozen"))
        if families:
            domain &= Domain("family_id", "in", families.ids)
        return self.env["commune.service"].search(domain)

    @api.model
    def _get_contact(self):
        company = self.env.company.sudo()
        return {
            "email": company.email or company.epci_id.email,
            "phone": company.phone or company.epci_id.phone,
        }
