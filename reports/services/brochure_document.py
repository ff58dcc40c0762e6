"""Printed catalogue: cover, contents, a sheet per service."""

import hashlib

from odoo import api, models
from odoo.fields import Domain

from ...models.core.collation import collate

MODULE = "commune_relations"
REPORT = f"{MODULE}.service_brochure_report"


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
    def _render_cached(self, families):
        """Current brochure: rendered once, cached until a text or the style changes.

        :return: PDF, as bytes
        """
        reports = self.env["ir.actions.report"].sudo()
        report = reports._get_report(REPORT)
        html, _kind = reports._render_qweb_html(REPORT, families.ids)
        company, module = self.env.company.sudo(), self.env["ir.module.module"].sudo()._get(MODULE)
        words = f"{module.latest_version} {company.write_date}".encode() + html
        mark = hashlib.sha256(words).hexdigest()
        name = f"{self.env.lang} {'-'.join(map(str, families.ids))}.pdf"
        files = self.env["ir.attachment"].sudo()
        place = {"res_model": report._name, "res_id": report.id, "name": name}
        kept = files.search([(field, "=", value) for field, value in place.items()])
        same = kept.filtered(lambda file: file.description == mark)[:1]
        if not same:
            kept.unlink()
            pdf, _kind = reports._render_qweb_pdf(REPORT, families.ids)
            same = files.create({**place, "description": mark, "raw": pdf})
        return same.raw

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
