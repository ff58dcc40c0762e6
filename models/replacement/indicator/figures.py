"""Figures of the replacement service over a period, compared with the year before."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.numbers import format_currency, format_decimal, format_percent
from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse

from ....engine.indicators import Figure
from .catalogue import INDICATORS, SECTIONS

NOTHING = [("id", "=", 0)]  # the list of what is hidden


@dataclass(frozen=True)
class Period:
    """Days, both included, and the same as naive UTC moments: from the first to before the last."""

    start: date
    end: date
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Row:
    """An indicator over a period. key: band, reason or side; count: records of its list; by_year:
    hidden because of the period."""

    code: str
    figure: Figure
    model: str = ""
    domain: list = field(default_factory=list)
    count: int = 0
    key: str = ""
    label: str = ""
    note: str = ""
    by_year: bool = False


class CommuneReplacementFigures(models.AbstractModel):
    """Each fragment adds its rows to `_collect`: a constant number of queries.

    Everything is read as superuser: a figure is the same no matter who looks; the list behind it
    opens under the rights of the reader.
    """

    _name = "commune.replacement.figures"
    _description = "Figures of the replacement service"

    @api.model
    def _get_rows(self, start, end):
        """Indicators of a period in the order of the catalogue, as plain values.

        :return: list of dicts `code, key, section, label, definition, unit, value, numerator,
            denominator, hidden, text, before, before_text, model, domain, count, note`
        """
        self = self.sudo()  # figures count what their reader may not open
        rows = self._collect(self._get_period(start, end))
        year = relativedelta(years=1)
        before = self._get_period(start - year, end - year)
        past = {(row.code, row.key): row for row in self._collect(before)}
        order = list(INDICATORS)
        rows.sort(key=lambda row: order.index(row.code))
        found = [self._describe(row, past.get((row.code, row.key))) for row in rows]
        for row, previous in zip(found[:0:-1], found[-2::-1], strict=True):
            if row["code"] == previous["code"]:
                row["definition"] = ""  # shown on the first of its lines
        return found

    @api.model
    def _get_period(self, start, end):
        zone = self.env.company._get_zone()
        first, last = (
            datetime.combine(day, time(), zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
            for day in (start, end + relativedelta(days=1))
        )
        return Period(start, end, first, last)

    @api.model
    def _collect(self, period):
        """Rows of a period; see the fragments."""
        return []

    def _describe(self, row, past):
        label, definition, section, unit = INDICATORS[row.code]
        figure = row.figure
        label = self.env._(label)
        return {
            "code": row.code,
            "key": row.key,
            "section": section,
            "section_label": self.env._(SECTIONS[section]),
            "label": f"{label} – {row.label}" if row.label else label,
            "definition": self.env._(definition),
            "unit": unit,
            "value": None if figure.value is None else float(figure.value),
            "numerator": float(figure.numerator),
            "denominator": float(figure.denominator),
            "hidden": figure.hidden,
            "text": self._format_figure(row, unit),
            "before": None if not past or past.figure.value is None else float(past.figure.value),
            "before_text": self._format_figure(past, unit) if past else "–",
            "model": row.model,
            "domain": row.domain,
            "count": row.count,
            "note": row.note,
        }

    def _format_figure(self, row, unit):
        figure = row.figure
        if row.by_year:
            return self.env._("by calendar year, once it is over")
        if figure.hidden:
            return self.env._("hidden (fewer than five)")
        if figure.value is None:
            return "–"
        return self._format_value(float(figure.value), unit)

    def _format_value(self, value, unit):
        """A value as it is read: `96,3 %`, `26,5 h`."""
        locale = babel_locale_parse(self.env.lang or "fr_FR")
        if unit == "percent":
            return format_percent(value, "#,##0.0\N{NO-BREAK SPACE}%", locale=locale)
        if unit == "euros":
            return format_currency(value, "EUR", locale=locale)
        decimals = {"number": "#,##0", "decimal": "#,##0.00"}.get(unit, "#,##0.0")
        text = format_decimal(value, decimals, locale=locale)
        if unit == "hours":
            return self.env._("%s h", text)
        return self.env._("%s d", text) if unit == "days" else text

    # What the fragments share.

    def _get_request_domain(self, period):
        """Requests of a period: those received in it, which the commune did not cancel."""
        return Domain(
            [
                ("received_date", ">=", str(period.first)),
                ("received_date", "<", str(period.last)),
                ("state", "not in", ("draft", "cancelled")),
            ]
        )

    def _get_labels(self, model, name):
        return dict(self.env[model]._fields[name]._description_selection(self.env))
