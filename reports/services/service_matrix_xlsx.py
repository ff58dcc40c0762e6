"""The matrix as a workbook: amounts, dates, costs by commune and by offer, charts."""

from odoo import api, models

from ...engine.sheets import Chart, ChartPage, Column, Sheet
from ...models.core.collation import collate_place
from ...models.core.workbook import make_workbook


class ServiceMatrixXlsx(models.AbstractModel):
    _name = "report.commune_relations.service_matrix_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Subscriptions (XLSX)"

    def create_xlsx_report(self, docids, data):
        options = data or {}
        matrix = self.env["commune.service.matrix"].get_matrix(
            int(options.get("year") or 0) or None, int(options.get("family_id") or 0) or None
        )
        return self._make_workbook(matrix), "xlsx"

    @api.model
    def _make_workbook(self, matrix):
        title = self.env._("Services to the communes %s", matrix["year"])
        sheets = [
            self._get_matrix_sheet(matrix, self.env._("Forecast"), "forecast"),
            self._get_matrix_sheet(matrix, self.env._("Real"), "actual"),
            self._get_commune_sheet(matrix),
            self._get_offer_sheet(matrix),
            self._get_date_sheet(matrix),
        ]
        return make_workbook(self.env, title, sheets, [self._get_charts(matrix)])

    @api.model
    def _get_head(self):
        return [
            Column(self.env._("Commune"), width=26),
            Column(self.env._("Inhabitants"), "integer", width=11, total=True),
        ]

    @api.model
    def _get_matrix_sheet(self, matrix, name, measure):
        """A line per commune, a column per offer, euros of the year; invoiced amounts and the
        attribution de compensation are two flows, each with its total."""
        columns = [
            *self._get_head(),
            *(Column(offer["label"], "amount", 14, total=True) for offer in matrix["offers"]),
            Column(self.env._("To pay"), "amount", 13, total=True),
            Column(
                self.env._("Withheld from the attribution de compensation"),
                "amount",
                16,
                total=True,
            ),
        ]
        rows = []
        for commune in matrix["communes"]:
            cells = [
                matrix["cells"].get(f"{commune['id']}-{offer['id']}") for offer in matrix["offers"]
            ]
            rows.append(
                [
                    commune["name"],
                    commune["population"],
                    *(cell[measure] if cell else None for cell in cells),
                    commune[f"{measure}_due"],
                    commune[f"{measure}_withheld"],
                ]
            )
        notice = self.env._(
            "%(year)s, euros. An empty cell: not subscribed; 0.00: subscribed, nothing due.",
            year=matrix["year"],
        )
        if measure == "actual":
            notice = " ".join(
                filter(None, (notice, self.env.company._get_provisional(matrix["year"])))
            )
        return Sheet(name, columns, rows, notice=notice, total_label=self.env._("Total"))

    @api.model
    def _get_commune_sheet(self, matrix):
        columns = [
            *self._get_head(),
            Column(self.env._("Offers"), "integer", 9, total=True),
            Column(self.env._("Expected (€)"), "amount", 13, total=True),
            Column(self.env._("Real (€)"), "amount", 13, total=True),
            Column(self.env._("Of which to pay (€)"), "amount", 13, total=True),
            Column(self.env._("Of which withheld (€)"), "amount", 13, total=True),
            Column(self.env._("Expected per inhabitant (€)"), "amount", 13, per=(3, 1)),
            Column(self.env._("Real per inhabitant (€)"), "amount", 13, per=(4, 1)),
        ]
        names = (
            "name",
            "population",
            "count",
            "forecast",
            "actual",
            "actual_due",
            "actual_withheld",
        )
        names += ("forecast_per_inhabitant", "actual_per_inhabitant")
        rows = [[commune[name] for name in names] for commune in matrix["communes"]]
        return Sheet(
            self.env._("By commune"),
            columns,
            rows,
            notice=self.env.company._get_provisional(matrix["year"]),
            total_label=self.env._("Total"),
        )

    @api.model
    def _get_offer_sheet(self, matrix):
        columns = [
            Column(self.env._("Offer"), width=42),
            Column(self.env._("Family"), width=26),
            Column(self.env._("Price"), width=40),
            # No total: a commune with three offers would count three times.
            Column(self.env._("Communes"), "integer", 10),
            Column(self.env._("Seats"), "integer", 8),
            Column(self.env._("Unit"), width=14),
            Column(self.env._("Units expected"), "amount", 11),
            Column(self.env._("Units used"), "amount", 11),
            Column(self.env._("Part used"), "percent", 9),
            Column(self.env._("Expected (€)"), "amount", 13, total=True),
            Column(self.env._("Real (€)"), "amount", 13, total=True),
            Column(self.env._("Of which to pay (€)"), "amount", 13, total=True),
            Column(self.env._("Of which withheld (€)"), "amount", 13, total=True),
            Column(self.env._("Of which travel (€)"), "amount", 13, total=True),
            Column(self.env._("Days without a price"), "integer", 11, total=True),
        ]
        rows = [
            [
                offer["label"],
                offer["family"],
                offer["price"],
                offer["count"],
                offer["seats"] or None,
                offer["unit"],
                offer["expected"] or None,
                offer["used"] or None,
                offer["used"] / offer["expected"] if offer["expected"] else None,
                offer["forecast"],
                offer["actual"],
                offer["actual_due"],
                offer["actual_withheld"],
                offer["travel"] or None,
                offer["unpriced"] or None,
            ]
            for offer in matrix["offers"]
        ]
        rounding = self.env._(
            "Units expected of a part of a year are shown to the hundredth; each amount is worked"
            " out, commune by commune, before they are rounded."
        )
        notice = " ".join(
            filter(None, (rounding, self.env.company._get_provisional(matrix["year"])))
        )
        return Sheet(
            self.env._("By offer"), columns, rows, notice=notice, total_label=self.env._("Total")
        )

    @api.model
    def _get_date_sheet(self, matrix):
        """The period of each subscription, one line each."""
        columns = [
            Column(self.env._("Commune"), width=26),
            Column(self.env._("Offer"), width=42),
            Column(self.env._("Start"), "date", 12),
            Column(self.env._("End"), "date", 12),
        ]
        ids = [number for cell in matrix["cells"].values() for number in cell["ids"]]
        lines = self.env["commune.service.subscription"].browse(ids)
        rows = [
            [s.commune_id.name, s.offer_id.display_name, s.date_start, s.date_end or None]
            for s in lines.sorted(
                lambda s: (
                    collate_place(s.commune_id.name),
                    s.offer_id.display_name,
                    s.date_start,
                    s.id,
                )
            )
        ]
        return Sheet(self.env._("Periods"), columns, rows)

    @api.model
    def _get_charts(self, matrix):
        communes, offers = self.env._("By commune"), self.env._("By offer")
        last, last_offer = len(matrix["communes"]), len(matrix["offers"])
        # Under the headers, and the notice of the sheet.
        first = 2 if self.env.company._get_provisional(matrix["year"]) else 1
        charts = []
        if last:
            title = self.env._("Cost by commune (€)")
            charts.append(Chart(title, communes, 0, (3, 4), first, first + last - 1))
        if last_offer:
            charts += [
                Chart(self.env._("Communes by offer"), offers, 0, (3,), 2, last_offer + 1),
                Chart(self.env._("Cost by offer (€)"), offers, 0, (9, 10), 2, last_offer + 1),
            ]
        return ChartPage(self.env._("Charts"), charts)
