"""The activity report of the department: PDF with charts and tables, and workbook."""

from datetime import date

from odoo import api, models
from odoo.tools import format_date, is_html_empty

from ...engine import plots
from ...engine.sheets import Block, Column, Stack
from ...models.core.workbook import make_workbook
from ..replacement.service_report_document import get_address

# Unit of a column of the report: kind of a column of the workbook.
KINDS = {
    "text": "text",
    "date": "date",
    "number": "integer",
    "percent": "percent",
    "euros": "amount",
    "days": "amount",
}
CHARTS = {"bar": "column", "line": "line", "lying": "bar"}
WIDE = 8  # columns beyond which a table is set tighter
MOST_MONTHS = 13  # side by side on a page
LONGEST_NAME = 31  # characters of the name of a sheet


class ActivityReport(models.AbstractModel):
    _name = "report.commune_relations.activity_report"
    _description = "Activity report of the department (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        report = self.env["commune.activity.report"].browse(docids)[:1]
        report.check_access("read")
        frozen = report.state == "frozen"
        day = frozen and report._get_figures_day()
        sections = [self._prepare_section(report, one) for one in report._get_content()["sections"]]
        return {
            "docs": report,
            "report": report,
            "title": report.display_name,
            "heading": report._get_cover_title(),
            "subtitle": report._get_cover_period(),
            "notice": "" if frozen else self.env._("Draft: the figures are not frozen"),
            "printed_on": day or "",
            "frozen_on": day or "",
            "introduction": self._get_text(report.introduction),
            "outlook": self._get_text(report.outlook),
            "sections": sections,
        }

    @api.model
    def _get_text(self, text):
        """A text of the editor; False when nothing can be read in it."""
        return False if is_html_empty(text) else text

    @api.model
    def _prepare_section(self, report, section):
        return {
            "code": section["code"],
            "label": section["label"],
            "text": self._get_text(report[f"{section['code']}_text"]),
            "rows": [row | {"label": report._name_figure(row)} for row in section["rows"]],
            "tables": [self._prepare_table(one) for one in section["tables"]],
        }

    @api.model
    def _prepare_table(self, data):
        columns = data["columns"]
        units = [one["unit"] for one in columns]
        totals = [""] * len(columns)
        for place, column in enumerate(columns):
            if column["total"]:
                value = sum(row[place] or 0 for row in data["rows"])
                totals[place] = self._write_value(value, column["unit"])
        shown = {
            "title": data["title"],
            "heads": [(one["label"], one["unit"] != "text") for one in columns],
            "rows": [
                [self._write_value(value, unit) for value, unit in zip(row, units, strict=True)]
                for row in data["rows"]
            ],
            "totals": totals if any(totals) else False,
            "picture": self._render_chart(data),
            "caption": self._get_caption(data),
            "is_wide": len(columns) > WIDE,
            "lying": False,
        }
        return self._lay(shown) if self._is_by_month(data) else shown

    @api.model
    def _get_caption(self, data):
        """What a chart of one column among others shows."""
        drawn = data["drawn"] if data["kind"] else ()
        alone = len(drawn) == 1 and len(data["columns"]) > 2
        return data["columns"][drawn[0]]["label"] if alone else ""

    @api.model
    def _is_by_month(self, data):
        return data["kind"] in ("bar", "line") and len(data["rows"]) <= MOST_MONTHS

    @api.model
    def _lay(self, shown):
        """The same with the months from left to right, as in the chart above, and a line for each
        figure."""
        lines = [*shown["rows"], *([shown["totals"]] if shown["totals"] else [])]
        if shown["totals"]:
            lines[-1] = [self.env._("Total"), *shown["totals"][1:]]
        heads = [shown["heads"][0][0], *(line[0] for line in lines)]
        return {
            **shown,
            "heads": [(head, rank > 0) for rank, head in enumerate(heads)],
            "rows": [
                [label, *(line[place] for line in lines)]
                for place, (label, _figure) in enumerate(shown["heads"])
                if place
            ],
            "totals": False,
            "lying": True,
        }

    @api.model
    def _write_value(self, value, unit):
        """Format a cell for reading; “–” without a value."""
        if value is None or value is False or value == "":
            return "–"
        if unit == "text":
            return value
        if unit == "date":
            return format_date(self.env, date.fromisoformat(value))
        return self.env["commune.replacement.figures"]._format_value(value, unit)

    @api.model
    def _render_chart(self, data):
        """Address of the picture of a table; empty without chart, or without what draws."""
        if not data["kind"]:
            return ""
        series = {
            data["columns"][place]["label"]: [row[place] for row in data["rows"]]
            for place in data["drawn"]
        }
        draw = plots.bars if data["kind"] == "lying" else plots.columns
        names = [row[0] for row in data["rows"]]
        if self._is_by_month(data):
            names = [name.replace(" ", "\n") for name in names]
        svg = draw(names, series)
        return svg and get_address(svg)


class ActivityReportXlsx(models.AbstractModel):
    _name = "report.commune_relations.activity_report_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Activity report of the department (XLSX)"

    def create_xlsx_report(self, docids, data):
        report = self.env["commune.activity.report"].browse(docids)[:1]
        report.check_access("read")
        notice = self._get_notice(report)
        stacks = [
            Stack(
                section["label"][:LONGEST_NAME],
                [
                    *self._get_figures_blocks(report, section["rows"]),
                    *map(self._get_block, section["tables"]),
                ],
                notice,
                self.env._("Total"),
            )
            for section in report._get_content()["sections"]
        ]
        return make_workbook(self.env, report.display_name, stacks), "xlsx"

    @api.model
    def _get_notice(self, report):
        if report.state == "draft":
            return self.env._("Draft: the figures are not frozen")
        day = report._get_figures_day()
        return self.env._("Figures frozen on %(day)s – %(name)s", day=day, name=report.display_name)

    @api.model
    def _get_figures_blocks(self, report, rows):
        if not rows:
            return []
        columns = [
            Column(self.env._("Figure of the period")),
            Column(self.env._("Figure")),
            Column(self.env._("The period before")),
            Column(self.env._("Value"), "amount"),
            Column(self.env._("Numerator"), "amount"),
            Column(self.env._("Denominator"), "amount"),
            Column(self.env._("Definition")),
        ]
        lines = [
            [report._name_figure(row), row["text"], row["before_text"], row["value"]]
            + [row[name] if row["denominator"] else None for name in ("numerator", "denominator")]
            + [row["definition"]]
            for row in rows
        ]
        return [Block(self.env._("Figures"), columns, lines, long=True)]

    @api.model
    def _get_block(self, data):
        columns = [
            Column(one["label"], KINDS[one["unit"]], total=one["total"]) for one in data["columns"]
        ]
        dates = [one["unit"] == "date" for one in data["columns"]]
        rows = [
            [
                date.fromisoformat(value) if is_date and value else value
                for value, is_date in zip(row, dates, strict=True)
            ]
            for row in data["rows"]
        ]
        kind = CHARTS.get(data["kind"], "")
        return Block(data["title"], columns, rows, kind, data["drawn"])
