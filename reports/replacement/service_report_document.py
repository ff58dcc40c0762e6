"""The annual report of the replacement service: PDF with charts, and workbook."""

import base64
from html import escape

from odoo import api, models

from ...engine import plots
from ...engine.sheets import Chart, ChartPage, Column, Sheet
from ...models.core.workbook import make_workbook
from ...models.territory.partner.map import project_contours
from .indicator_document import by_section

TABLES = ("months", "reasons", "jobs", "bands")
# Far enough from each other to be distinguished in black and white.
MAP_COLOURS = {"none": "#ffffff", "agreed": "#bcd3e8", "helped": "#1f4e79"}


class ReplacementReport(models.AbstractModel):
    _name = "report.commune_relations.replacement_report"
    _description = "Annual report of the replacement service (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        report = self.env["commune.replacement.report"].browse(docids)[:1]
        report.check_access("read")
        company = self.env.company
        content = report._get_content()
        draft = report.state == "draft"
        day = report.frozen_date and company._get_organisation_date(report.frozen_date)
        return {
            "docs": report,
            "report": report,
            "title": self.env._("Annual report %s of the replacement service", report.year),
            "heading": self.env._("Annual report"),
            "kind": self.env._("Replacement service"),
            "subtitle": str(report.year),
            "notice": self.env._("Draft: the figures are not frozen") if draft else "",
            "identity": company._get_document_identity(),
            "frozen_on": company._format_document_date(day) if day else "",
            "sections": dict(self._get_sections(content["rows"])),
            "tables": content["tables"],
            "charts": self._render_charts(content["tables"]),
            "drawn_map": render_map(content["tables"].get("map", ())),
            "map_colours": MAP_COLOURS,
            "names": get_names(self.env),
            "uses": content["uses"],
            "format_value": self.env["commune.replacement.figures"]._format_value,
        }

    @api.model
    def _get_sections(self, rows):
        """{code of the subject: (its name, its rows)}"""
        for name, kept in by_section(rows):
            kept = list(kept)
            yield kept[0]["section"], (name, kept)

    @api.model
    def _render_charts(self, tables):
        """{table: address of its picture}; without the library that draws, the tables alone."""
        asked, filled = self.env._("Half-days asked"), self.env._("Half-days filled")
        found = {}
        for name in TABLES:
            rows = tables[name]
            series = {asked: [row[2] for row in rows], filled: [row[3] for row in rows]}
            draw = plots.columns if name == "months" else plots.bars
            svg = draw([row[0] for row in rows], series) if rows else ""
            if svg:
                found[name] = get_address(svg)
        return found


class ReplacementReportXlsx(models.AbstractModel):
    _name = "report.commune_relations.replacement_report_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Annual report of the replacement service (XLSX)"

    def create_xlsx_report(self, docids, data):
        report = self.env["commune.replacement.report"].browse(docids)[:1]
        report.check_access("read")
        content = report._get_content()
        title = self.env._("Annual report %s of the replacement service", report.year)
        tables = content["tables"]
        names = get_names(self.env)
        sheets = [
            self._get_figures_sheet(content["rows"]),
            *(self._get_sheet(names[name], tables[name]) for name in TABLES),
            self._get_communes_sheet(tables["communes"]),
            self._get_uses_sheet(content["uses"]),
            self._get_repeated_sheet(tables["repeated"]),
        ]
        charts = [
            Chart(names[name], names[name], 0, (2, 3), 1, len(tables[name]), kind)
            for name, kind in zip(TABLES, ("column", "bar", "bar", "column"), strict=True)
            if tables[name]
        ]
        page = ChartPage(self.env._("Charts"), charts)
        return make_workbook(self.env, title, sheets, [page]), "xlsx"

    @api.model
    def _get_figures_sheet(self, rows):
        columns = [
            Column(self.env._("Subject"), width=24),
            Column(self.env._("Indicator"), width=44),
            Column(self.env._("Figure"), width=18),
            Column(self.env._("A year before"), width=16),
            Column(self.env._("Value"), "amount", 12),
            Column(self.env._("Numerator"), "amount", 12),
            Column(self.env._("Denominator"), "amount", 12),
            Column(self.env._("Definition"), width=70),
        ]
        lines = [
            [row["section_label"], row["label"], row["text"], row["before_text"], row["value"]]
            + [row["numerator"], row["denominator"], row["definition"]]
            for row in rows
        ]
        return Sheet(self.env._("Indicators"), columns, lines)

    @api.model
    def _get_sheet(self, name, rows):
        columns = [
            Column(name, width=36),
            Column(self.env._("Requests received"), "integer", 12, total=True),
            Column(self.env._("Half-days asked"), "integer", 12, total=True),
            Column(self.env._("Half-days filled"), "integer", 12, total=True),
        ]
        return Sheet(name, columns, rows, total_label=self.env._("Total"))

    @api.model
    def _get_communes_sheet(self, rows):
        columns = [
            Column(self.env._("Commune"), width=30),
            Column(self.env._("Half-days asked"), "integer", 12, total=True),
            Column(self.env._("Half-days filled"), "integer", 12, total=True),
        ]
        return Sheet(self.env._("By commune"), columns, rows, total_label=self.env._("Total"))

    @api.model
    def _get_uses_sheet(self, uses):
        columns = [
            Column(self.env._("Commune"), width=30),
            Column(self.env._("Forecast of the convention"), width=26),
            Column(self.env._("Unit"), width=18),
            Column(self.env._("Units"), "amount", 11),
            Column(self.env._("Unit cost (€)"), "amount", 12),
            Column(self.env._("Half-days"), "integer", 11, total=True),
            Column(self.env._("Total (€)"), "amount", 13, total=True),
        ]
        names = ("commune", "forecast", "unit", "quantity", "unit_price", "half_days", "total")
        rows = [[row[name] for name in names] for row in uses]
        name = self.env._("Forecast and real")
        return Sheet(name, columns, rows, total_label=self.env._("Total"))

    @api.model
    def _get_repeated_sheet(self, rows):
        columns = [
            Column(self.env._("Commune"), width=30),
            Column(self.env._("Job"), width=36),
            Column(self.env._("Requests received"), "integer", 12, total=True),
        ]
        name = self.env._("Needs that come back")
        return Sheet(name, columns, rows, total_label=self.env._("Total"))


def get_names(env):
    """What the tables are called, in the workbook and above the charts."""
    return {
        "months": env._("By month"),
        "reasons": env._("By reason"),
        "jobs": env._("By job"),
        "bands": env._("By size of commune"),
    }


def get_address(svg):
    """A drawing as the address of an image."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def render_map(rows):
    """Map of the communes: agreement, number of half-days filled; empty without contours.

    :param rows: [[INSEE code, has an agreement, half-days filled]]
    """
    known = {code: (agreed, filled) for code, agreed, filled in rows}
    drawing = project_contours(tuple(sorted(known))) if known else None
    if not drawing or not drawing.paths:
        return ""
    paths, figures = [], []
    for code, path in drawing.paths.items():
        agreed, filled = known[code]
        kind = "helped" if filled else "agreed" if agreed else "none"
        paths.append(f'<path d="{escape(path)}" fill="{MAP_COLOURS[kind]}"/>')
        if filled:
            x, y = drawing.centres[code]
            figures.append(f'<text x="{x:.0f}" y="{y + 8:.0f}">{filled}</text>')
    return get_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}"'
        f' fill-rule="evenodd" stroke="#4a5568" stroke-width="2">{"".join(paths)}'
        '<g fill="#ffffff" stroke="none" font-family="sans-serif" font-weight="bold"'
        f' font-size="22" text-anchor="middle">{"".join(figures)}</g></svg>'
    )
