"""The directory as a workbook: one sheet of communes, one of persons."""

from odoo import api, models

from ...engine.sheets import Column, Sheet
from ...models.core.workbook import make_workbook


class DirectoryXlsx(models.AbstractModel):
    _name = "report.commune_relations.directory_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Directory of communes (XLSX)"

    def create_xlsx_report(self, docids, data):
        """Transport of report_xlsx, with bytes from the addon's engine."""
        wizard = self.env["commune.directory.print"].browse(docids)
        wizard.ensure_one()
        rows = wizard._get_rows()
        wizard._log_export(rows)
        sheets = [self._get_commune_sheet(rows), self._get_person_sheet(rows)]
        title, filters = wizard._get_title(), wizard._describe_filters()
        return make_workbook(self.env, title, sheets, comments=filters), "xlsx"

    @api.model
    def _get_commune_sheet(self, rows):
        columns = {
            "name": Column(self.env._("Commune"), width=26),
            "insee_code": Column(self.env._("INSEE code"), width=9),
            "siren": Column(self.env._("SIREN"), width=11),
            "brand_name": Column(self.env._("Public name"), width=22),
            "population": Column(self.env._("Inhabitants"), "integer", width=11, total=True),
            "population_year": Column(self.env._("Census year"), width=10),
            "sector": Column(self.env._("Sector"), width=16),
            "mayor": Column(self.env._("Mayor"), width=26),
            "street": Column(self.env._("Address"), width=30),
            "street2": Column(self.env._("Address (continued)"), width=20),
            "zip": Column(self.env._("Postal code"), width=9),
            "city": Column(self.env._("Town"), width=22),
            "phone": Column(self.env._("Phone"), width=15),
            "email": Column(self.env._("E-mail"), width=30),
            "website": Column(self.env._("Web site"), width=28),
            "opening_hours": Column(self.env._("Opening hours"), width=34),
            "local_law": Column(self.env._("Local law"), width=20),
            "confirmed_date": Column(self.env._("Confirmed on"), "date", width=12),
        }
        values = []
        for row in rows:
            mayors = [each["name"] for each in row["persons"] if each["function_code"] == "mayor"]
            values.append([(row | {"mayor": ", ".join(mayors)})[name] for name in columns])
        return Sheet(
            self.env._("Communes"),
            list(columns.values()),
            values,
            total_label=self.env._("Total"),
        )

    @api.model
    def _get_person_sheet(self, rows):
        civilities = dict(
            self.env["res.partner"]._fields["civility"]._description_selection(self.env)
        )
        kinds = dict(self.env["commune.function"]._fields["kind"]._description_selection(self.env))
        columns = {
            "commune": Column(self.env._("Commune"), width=24),
            "insee_code": Column(self.env._("INSEE code"), width=9),
            "sector": Column(self.env._("Sector"), width=14),
            "kind": Column(self.env._("Elected or staff"), width=14),
            "function": Column(self.env._("Function"), width=26),
            "title": Column(self.env._("Title"), width=30),
            "rank": Column(self.env._("Rank"), "integer", width=6),
            "civility": Column(self.env._("Civility"), width=10),
            "last_name": Column(self.env._("Last name"), width=20),
            "first_name": Column(self.env._("First name"), width=18),
            "delegation": Column(self.env._("Delegation"), width=34),
            "phone": Column(self.env._("Phone"), width=15),
            "email": Column(self.env._("E-mail"), width=30),
            "date_start": Column(self.env._("In office since"), "date", width=12),
            "date_end": Column(self.env._("Until"), "date", width=12),
        }
        values = []
        for commune in rows:
            place = {
                "commune": commune["name"],
                "insee_code": commune["insee_code"],
                "sector": commune["sector"],
            }
            for row in commune["persons"]:
                words = {
                    "kind": kinds[row["kind"]],
                    "civility": civilities.get(row["civility"], ""),
                }
                values.append([(row | place | words)[name] for name in columns])
        return Sheet(
            self.env._("Elected officials and staff"),
            list(columns.values()),
            values,
        )
