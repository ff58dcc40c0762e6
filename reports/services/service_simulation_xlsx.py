"""Price simulation of a project: a line per commune, a column per scenario."""

from odoo import api, models

from ...engine.pricing import per_inhabitant
from ...engine.sheets import Chart, ChartPage, Column, Sheet
from ...models.core.workbook import make_workbook


class ServiceSimulationXlsx(models.AbstractModel):
    _name = "report.commune_relations.service_simulation_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Price simulation (XLSX)"

    def create_xlsx_report(self, docids, data):
        project = self.env["commune.service.project"].browse(docids)[:1]
        return self._make_workbook(project), "xlsx"

    @api.model
    def _make_workbook(self, project):
        simulation = project.get_simulation()
        scenarios, name = simulation["scenarios"], self.env._("Simulation")
        columns = [
            Column(self.env._("Commune"), width=26),
            Column(self.env._("Inhabitants"), "integer", 11, total=True),
            Column(self.env._("Interested"), width=10),
        ]
        for scenario in scenarios:
            columns += [
                Column(scenario["name"], "amount", 15, total=True),
                Column(
                    self.env._("%s – € per inhabitant", scenario["name"]),
                    "amount",
                    13,
                    per=(len(columns), 1),
                ),
            ]
        rows = [self._get_row(row) for row in simulation["rows"]]
        about = self.env._("%s: euros of a full year, simulation", project.name)
        basis = self._get_basis_text(project)
        sheets = [
            Sheet(
                name,
                columns,
                rows,
                notice=". ".join(filter(None, [about, basis, simulation["notice"]])),
                total_label=self.env._("Total"),
            ),
            self._get_scenario_sheet(project, simulation),
        ]
        values = tuple(3 + 2 * rank for rank in range(len(scenarios)))
        charts = []
        if values and rows:
            # Line 0 is the notice, line 1 the header.
            charts = [
                Chart(
                    self.env._("What each commune would pay (€)"), name, 0, values, 2, len(rows) + 1
                )
            ]
        pages = [ChartPage(self.env._("Charts"), charts)]
        return make_workbook(self.env, project.name, sheets, pages)

    @api.model
    def _get_row(self, row):
        values = [
            row["name"],
            row["population"],
            self.env._("yes") if row["interested"] else "",
        ]
        for amount in row["amounts"]:
            known = amount is not None
            values += [amount, per_inhabitant(amount, row["population"]) if known else None]
        return values

    @api.model
    def _get_scenario_sheet(self, project, simulation):
        columns = [
            Column(self.env._("Scenario"), width=26),
            Column(self.env._("Price"), width=48),
            Column(self.env._("All communes (€)"), "amount", 15),
            Column(self.env._("Communes interested (€)"), "amount", 15),
            Column(self.env._("Part of the cost covered"), "percent", 12),
        ]
        cost = project.yearly_cost
        rows = [
            [
                scenario["name"],
                scenario["label"],
                scenario["total"],
                scenario["interested_total"],
                self._get_counted(scenario) / cost if cost else None,
            ]
            for scenario in simulation["scenarios"]
        ]
        notice = ". ".join(filter(None, [self._get_basis_text(project), simulation["notice"]]))
        return Sheet(self.env._("Scenarios"), columns, rows, notice=notice)

    @api.model
    def _get_basis_text(self, project):
        """The text on which the service would rest, or that none was chosen yet."""
        basis = project.sudo().legal_basis_id
        if not basis:
            return self.env._("Legal basis: not chosen yet")
        return self.env._("Legal basis: %s", basis._get_title())

    @api.model
    def _get_counted(self, scenario):
        """Receipts: of the communes interested, else of all, as on the project."""
        interested = scenario["interested_total"]
        return scenario["total"] if interested is None else interested
