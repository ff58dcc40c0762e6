"""Yearly statement of uses (CGCT, art. D5211-16): which year, on paper or as a workbook."""

from odoo import api, fields, models


class CommuneReplacementYearPrint(models.TransientModel):
    _name = "commune.replacement.year.print"
    _description = "Print the yearly statement of uses"

    year = fields.Integer(
        required=True, default=lambda self: self.env.company._get_today().year - 1
    )
    found_text = fields.Char(compute="_compute_found_text")

    @api.depends("year")
    def _compute_found_text(self):
        uses = self.env["commune.replacement.year"]
        for wizard in self:
            rows = uses._get_rows(wizard.year) if 1900 < wizard.year < 9999 else []
            currency = self.env.company._get_euro()
            wizard.found_text = self.env._(
                "%(communes)s communes, %(total)s in the statements issued.",
                communes=len({row["commune"] for row in rows}),
                total=currency.format(float(uses._add_up(rows, "total"))),
            )

    def action_pdf(self):
        report = self.env.ref("commune_relations.replacement_year_report")
        return report.report_action(self, data={"year": self.year}, config=False)

    def action_xlsx(self):
        report = self.env.ref("commune_relations.replacement_year_xlsx_report")
        return report.report_action(self, data={"year": self.year}, config=False)
