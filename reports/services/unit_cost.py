"""Printed unit cost of a service: charges, units, method, communes notified.

CGCT, art. D5211-16: charges of functioning of the last administrative accounts, updated by the
foreseeable changes of the initial budget of the year, by the units of functioning observed.
"""

from odoo import api, models
from odoo.tools import format_amount, formatLang

from ...engine.pricing.unit_cost import NATURES
from ...models.core.collation import collate_place


class ServiceUnitCost(models.AbstractModel):
    _name = "report.commune_relations.service_unit_cost"
    _description = "Unit cost of a service (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        sheet = self.env["commune.service.unit.cost"].browse(docids)[:1]
        sheet.check_access("read")
        identity = self.env.company._get_document_identity()
        return {
            "docs": sheet,
            "sheet": sheet,
            "title": sheet._get_document_name(),
            "heading": self.env._("Unit cost of functioning"),
            "kind": self.env._("Year %s", sheet.year),
            "subtitle": sheet.service_id.name,
            "notice": ""
            if sheet.state != "draft"
            else self.env._("Draft: this unit cost is not set"),
            "legal_name": identity["legal_name"],
            "rows": self._get_rows(sheet),
            "facts": self._get_facts(sheet),
            "notices": self._get_notices(sheet),
            "set_on": self.env._(
                "Set on %s", self.env.company._format_document_date(sheet.set_date)
            )
            if sheet.set_date
            else "",
            # The president in office, who notifies it (CGCT, art. L5211-9).
            "authority": self.env.company.sudo().epci_id._get_head_words(),
            "euros": self._format_euros,
            "units": self._format_units,
            "unit_cost": sheet._format_amount(),
        }

    @api.model
    def _get_rows(self, sheet):
        """[{nature, lines, observed, change, kept}] of the natures that have a charge."""
        labels = dict(sheet.charge_ids._fields["nature"]._description_selection(self.env))
        rows = []
        for nature in NATURES:
            lines = sheet.charge_ids.filtered(lambda one, key=nature: one.nature == key)
            sums = {name: sum(lines.mapped(name)) for name in ("observed", "change", "kept")}
            if lines:
                rows.append({"nature": labels[nature], "lines": lines, **sums})
        return rows

    @api.model
    def _get_facts(self, sheet):
        """[(label, value)] under the table, those that are known."""
        day = self.env.company._format_document_date
        voted, basis = sheet.accounts_vote_date, sheet.sudo().service_id.legal_basis_id
        facts = [
            (self.env._("Legal basis"), basis._get_title() if basis else ""),
            (self.env._("Accounts voted on"), day(voted) if voted else ""),
            (self.env._("Unit of functioning"), sheet.unit_name),
            (self.env._("Units in a year"), self._format_units(sheet.units)),
            (self.env._("Where the units come from"), sheet.units_source),
            (
                self.env._("Posts (full-time equivalents)"),
                self._format_units(sheet.posts) if sheet.posts else "",
            ),
            (self.env._("How it is worked out"), sheet.method),
        ]
        return [(label, value) for label, value in facts if value]

    @api.model
    def _get_notices(self, sheet):
        """[(when, names of the communes)]: notified communes by day, then the others."""
        day, rows = self.env.company._format_document_date, []
        notices = sheet.notice_ids.sorted(lambda n: (not n.date, n.date or sheet.budget_day))
        for date, found in notices.grouped("date").items():
            when = (
                self.env._("Notified on %s to", day(date))
                if date
                else self.env._("To be notified before %s to", day(sheet.budget_day))
            )
            rows.append(
                (when, ", ".join(sorted(found.commune_id.mapped("name"), key=collate_place)))
            )
        return rows

    @api.model
    def _format_euros(self, amount):
        return format_amount(self.env, amount, self.env.company._get_euro())

    @api.model
    def _format_units(self, number):
        return formatLang(self.env, number, digits=0 if number % 1 == 0 else 2)
