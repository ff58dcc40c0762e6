"""Yearly statement of the services (CGCT, art. D5211-16): which year, for which communes."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.collation import collate_place

MOST = 60  # one PDF each: more at once would outlive the time that a server gives to a page


class CommuneServiceYearPrint(models.TransientModel):
    _name = "commune.service.year.print"
    _inherit = ["commune.print.mixin"]
    _description = "Print the yearly statements of the services"

    year = fields.Integer(
        required=True, default=lambda self: self.env.company._get_today().year - 1
    )
    found_text = fields.Char(string="Found", compute="_compute_found_text")

    @api.depends("year", "commune_ids", "sector_ids")
    def _compute_found_text(self):
        for wizard in self:
            count = len(wizard._get_served()) if 1900 < wizard.year < 9999 else 0
            wizard.found_text = self.env._("Communes with a service in that year: %s.", count)

    def _get_served(self):
        """Communes, among those chosen, that had a service in that year."""
        Subscription = self.env["commune.service.subscription"]
        domain = Subscription._get_year_domain(self.year)
        groups = Subscription._read_group(domain, ["commune_id"])  # and not each subscription
        found = self.env["res.partner"].union(*(commune for (commune,) in groups))
        communes = self._get_communes() if self.commune_ids or self.sector_ids else False
        return found & communes if communes else found

    def action_pdf(self):
        self.ensure_one()
        communes = self._get_served().sorted(lambda commune: collate_place(commune.name))
        if not communes:
            raise UserError(self.env._("No commune had a service in %s.", self.year))
        if len(communes) > MOST:
            raise UserError(
                self.env._("At most %s communes at once: choose a sector or communes.", MOST)
            )
        report = self.env.ref("commune_relations.service_year_report")
        data = {"year": self.year, "document_ids": communes.ids}
        return report.report_action(communes, data=data, config=False)
