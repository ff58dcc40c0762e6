"""Content of the activity report: for each section its figures, then its tables."""

from odoo import models

from ...core.collation import collate
from ..figure.catalogue import SECTIONS
from ..figure.figures import Scope

# What is kept of a figure: neither its list nor its domain, which would open what came since.
KEPT = (
    "code",
    "label",
    "definition",
    "unit",
    "is_today",
    "value",
    "numerator",
    "denominator",
    "text",
    "detail",
    "before_text",
    "change_text",
)
# What is counted of each commune, in the order of the columns.
COUNTED = ("received", "promised", "kept", "present", "services", "filled", "readings")


def column(label, unit="number", total=None):
    """A column of a table; numbers and euros add up by default."""
    if total is None:
        total = unit in ("number", "euros")
    return {"label": label, "unit": unit, "total": total}


def table(code, title, columns, rows, kind="", drawn=()):
    """:param kind: chart: `bar` (columns), `line`, `lying` (for long names) or none
    :param drawn: indexes of the columns in the chart
    """
    return {
        "code": code,
        "title": title,
        "columns": columns,
        "rows": rows,
        "kind": kind if rows else "",
        "drawn": list(drawn),
    }


class CommuneActivityReport(models.Model):
    _inherit = "commune.activity.report"

    def _work_out(self):
        """Current figures, read as superuser and in the language of the organisation.

        The report is thus the same for every author.

        :return: {`sections`: [{`code, label, rows` (figures of the management), `tables` [{`code,
            title, columns` [{label, unit, total}]`, rows, kind, drawn`}]}]}, plain values: days as
            texts (ISO), moments as days of the organisation
        """
        self.ensure_one()
        lang = self.env.company._get_organisation_lang()
        localised = self.sudo().with_context(lang=lang, is_for_everyone=True)
        steering, scope = localised.env["commune.steering"], localised._get_scope()
        found = steering._get_figures(localised._get_span(), scope)
        tables = localised._list_tables(steering, scope)
        sections = [
            {
                "code": code,
                "label": label,
                "rows": [{k: row[k] for k in KEPT} for row in found if row["section"] == code],
                "tables": [one for one in tables.get(code, ()) if one["rows"]],
            }
            for code, label in localised._get_sections().items()
        ]
        return {"sections": [one for one in sections if one["rows"] or one["tables"]]}

    def _get_scope(self):
        return Scope(weeks=self.env.company.silence_weeks)

    def _get_sections(self):
        """{code: label} of the sections in use, then of those common to all."""
        uses = self.env.company._uses
        sections = {
            code: self.env._(label)
            for code, (label, pillar) in SECTIONS.items()
            if not pillar or uses(pillar)
        }
        return sections | {"areas": self.env._("Sectors and sizes of communes")}

    def _list_tables(self, steering, scope):
        """{code of the section: its tables}"""
        tables = {}
        for chart in steering._get_series(self._get_span(), scope):
            tables.setdefault(chart["section"], []).append(self._get_chart_table(chart))
        makers = {
            "requests": self._prepare_topics_table,
            "relation": self._prepare_contacts_table,
            "committees": self._prepare_sessions_table,
            "network": self._prepare_events_table,
            "services": self._prepare_services_table,
            "replacement": self._prepare_replacement_table,
            "surveys": self._prepare_surveys_table,
            "knowledge": self._prepare_guides_table,
        }
        span = self._get_span()
        period = self.env["commune.replacement.figures"]._get_period(span.start, span.end)
        for code in self._get_sections():
            if code in makers:
                tables.setdefault(code, []).extend(makers[code](steering, period, scope))
        tables["areas"] = self._prepare_areas_table(steering, scope)
        return tables

    def _get_chart_table(self, chart):
        """A chart of the management: its labels, then a column for each line of it."""
        heads = {
            "topics": self.env._("Domain of requests"),
            "families": self.env._("Family of services"),
        }
        head = heads.get(chart["code"]) or self.env._("Month")
        counted = chart["unit"] == "number"
        columns = [
            column(head, "text"),
            *(column(one["label"], chart["unit"], counted) for one in chart["datasets"]),
        ]
        values = [one["values"] for one in chart["datasets"]]
        rows = [list(row) for row in zip(chart["labels"], *values, strict=True)]
        drawn = range(1, len(columns))
        return table(chart["code"], chart["title"], columns, rows, chart["kind"], drawn)

    # by sector and by size

    def _prepare_areas_table(self, steering, scope):
        """What the communes of each sector and size asked and got, counts alone."""
        communes = steering._get_communes(scope)
        found = steering._get_by_commune(self._get_span(), scope)
        silent = self.env["commune.silence"]._get_silent(scope.weeks).commune_id
        counts = [found[name] for name in COUNTED if name in found]
        counts.append(dict.fromkeys(silent.ids, 1))
        bands = self.env["commune.replacement.figures"]._get_labels(
            "res.partner", "population_band"
        )
        by_band = communes.grouped("population_band")
        by_sector = communes.grouped("sector_id")
        sectors = [
            (sector.name or self.env._("Without sector"), by_sector[sector])
            for sector in sorted(by_sector, key=lambda one: (not one, collate(one.name or "")))
        ]
        sizes = [(label, by_band[code]) for code, label in bands.items() if code in by_band]
        return [
            self._get_area_table(code, title, head, groups, counts, found)
            for code, title, head, groups in (
                ("sectors", self.env._("By sector"), self.env._("Sector"), sectors),
                ("bands", self.env._("By size of commune"), self.env._("Inhabitants"), sizes),
            )
        ]

    def _get_area_table(self, code, title, head, groups, counts, found):
        names = {
            "received": self.env._("Requests received"),
            "promised": self.env._("Answers promised for a day"),
            "kept": self.env._("Of them, in time"),
            "present": self.env._("Presences at events"),
            "services": self.env._("Services in use"),
            "filled": self.env._("Half-days of replacement"),
            "readings": self.env._("Readings of guides and watch"),
        }
        columns = [
            column(head, "text"),
            column(self.env._("Communes")),
            column(self.env._("Population")),
            *(column(names[name]) for name in COUNTED if name in found),
            column(self.env._("Silent communes")),
        ]
        rows = [
            [
                label,
                len(communes),
                sum(communes.mapped("population")),
                *(sum(count.get(one, 0) for one in communes.ids) for count in counts),
            ]
            for label, communes in groups
        ]
        return table(code, title, columns, rows, "lying" if counts[1:] else "", [3])
