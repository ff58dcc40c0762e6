"""The directory as a workbook: one sheet of communes, one of persons."""

from odoo import api, models

from ...engine.sheets import Column, Sheet, workbook


class DirectoryXlsx(models.AbstractModel):
    _name = "report.commune_relations.directory_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Directory of communes (XLSX)"

    @api.model
    def create_xlsx_report(self, docids, data):
        """The transport of report_xlsx, with bytes made by our own engine."""
        wizard = self.env["commune.directory.print"].browse(docids)
        wizard.ensure_one()
        rows = wizard._get_rows()
        wizard._log_export(rows)
        identity = self.env.company._get_document_identity()
        sheets = [self._get_commune_sheet(rows), self._get_person_sheet(rows)]
        properties = {
            "title": wizard._get_title(),
            "author": identity["legal_name"],
            "company": identity["legal_name"],
            "comments": wizard._describe_filters(),
        }
        return workbook(sheets, properties), "xlsx"

    @api.model
    def _get_notice(self, rows):
        directory = self.env["commune.directory"]
        return self.env["report.commune_relations.directory_document"]._get_notice(
            directory._has_fictitious(rows)
        )

    @api.model
    def _get_commune_sheet(self, rows):
        _ = self.env._
        columns = {
            "name": Column(_("Commune"), width=26),
            "insee_code": Column(_("INSEE code"), width=9),
            "siren": Column(_("SIREN"), width=11),
            "brand_name": Column(_("Public name"), width=22),
            "population": Column(_("Inhabitants"), "integer", width=11, total=True),
            "population_year": Column(_("Census year"), width=10),
            "sector": Column(_("Sector"), width=16),
            "mayor": Column(_("Mayor"), width=26),
            "street": Column(_("Address"), width=30),
            "street2": Column(_("Address (continued)"), width=20),
            "zip": Column(_("Postal code"), width=9),
            "city": Column(_("Town"), width=22),
            "phone": Column(_("Phone"), width=15),
            "email": Column(_("E-mail"), width=30),
            "website": Column(_("Web site"), width=28),
            "opening_hours": Column(_("Opening hours"), width=34),
            "local_law": Column(_("Local law"), width=20),
            "confirmed_date": Column(_("Confirmed on"), "date", width=12),
        }
        values = []
        for row in rows:
            mayors = [each["name"] for each in row["persons"] if each["function_code"] == "mayor"]
            values.append([(row | {"mayor": ", ".join(mayors)})[name] for name in columns])
        return Sheet(
            _("Communes"),
            list(columns.values()),
            values,
            notice=self._get_notice(rows),
            total_label=_("Total"),
        )

    @api.model
    def _get_person_sheet(self, rows):
        _ = self.env._
        civilities = dict(
            self.env["res.partner"]._fields["civility"]._description_selection(self.env)
        )
        kinds = dict(self.env["commune.function"]._fields["kind"]._description_selection(self.env))
        columns = {
            "commune": Column(_("Commune"), width=24),
            "insee_code": Column(_("INSEE code"), width=9),
            "sector": Column(_("Sector"), width=14),
            "kind": Column(_("Elected or staff"), width=14),
            "function": Column(_("Function"), width=26),
            "title": Column(_("Title"), width=30),
            "rank": Column(_("Rank"), "integer", width=6),
            "civility": Column(_("Civility"), width=10),
            "last_name": Column(_("Last name"), width=20),
            "first_name": Column(_("First name"), width=18),
            "delegation": Column(_("Delegation"), width=34),
            "phone": Column(_("Phone"), width=15),
            "email": Column(_("E-mail"), width=30),
            "date_start": Column(_("In office since"), "date", width=12),
            "date_end": Column(_("Until"), "date", width=12),
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
            _("Elected officials and staff"),
            list(columns.values()),
            values,
            notice=self._get_notice(rows),
        )
