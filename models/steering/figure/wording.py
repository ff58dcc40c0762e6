"""Wording of a figure: value, source, change."""

from babel.numbers import format_decimal, format_percent

from odoo import models
from odoo.tools.misc import babel_locale_parse

from ....engine.steering import LEAST_CASES, change
from .catalogue import FIGURES, SECTIONS, TODAY, WORSE

MOST_RATIO = 9  # beyond ten times the former value, a percentage is meaningless


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    def _describe(self, row, past, is_over, weeks):
        label, definition, section, unit = FIGURES[row.code]
        text = self.env._(definition)
        figure = row.figure
        whole = None if row.whole is None else list(row.whole)
        return {
            "code": row.code,
            "section": section,
            "section_label": self.env._(SECTIONS[section][0]),
            "label": self.env._(label),
            "definition": text % {"weeks": weeks},
            "unit": unit,
            "is_today": row.code in TODAY,
            "value": None if figure.value is None else float(figure.value),
            "numerator": float(figure.numerator),
            "denominator": float(figure.denominator),
            "text": self._format_figure(figure, unit),
            "detail": self._format_detail(row, unit),
            "before": None if not past or past.figure.value is None else float(past.figure.value),
            "before_text": self._format_figure(past.figure, unit) if past else "–",
            **self._describe_change(row, past if is_over else None, unit),
            "model": row.model,
            "domain": list(row.domain),
            "count": row.count,
            "whole_domain": whole,
            "whole_count": int(figure.denominator) if whole is not None else None,
            "context": row.context,
        }

    def _format_figure(self, figure, unit):
        """“82.1 %”, “12 days”, “–”; of fewer cases than may be ranked, the counts alone."""
        if figure.value is None:
            return "–"
        if unit == "percent" and figure.denominator < LEAST_CASES:
            return self.env._(
                "%(part)s of %(whole)s",
                part=int(figure.numerator),
                whole=int(figure.denominator),
            )
        figures = self.env["commune.replacement.figures"]
        return figures._format_value(float(figure.value), unit)

    def _format_detail(self, row, unit):
        """The counts that a share or a median comes from."""
        figure = row.figure
        figures = self.env["commune.replacement.figures"]
        if figure.value is None:
            return ""
        if unit == "percent":
            return self.env._(
                "%(part)s of %(whole)s",
                part=figures._format_value(float(figure.numerator), "number"),
                whole=figures._format_value(float(figure.denominator), "number"),
            )
        if unit in ("days", "hours"):
            return self.env._("over %s", figures._format_value(row.count, "number"))
        return ""

    def _describe_change(self, row, past, unit):
        """What changed, in words, and whether that is for the better."""
        found = change(row.figure, past and past.figure, is_share=unit == "percent")
        least = min(row.figure.denominator, past.figure.denominator) if past else 0
        if found is None or (unit == "percent" and least < LEAST_CASES):
            return {"change_text": "", "trend": ""}
        if not found.difference:
            return {"change_text": self.env._("unchanged"), "trend": ""}
        text = self._format_difference(found, unit)
        worse = (found.difference > 0) == (row.code in WORSE)
        judged = unit in ("percent", "days", "hours") or row.code in WORSE
        trend = ("worse" if worse else "better") if judged else ""
        return {"change_text": text, "trend": trend}

    def _format_difference(self, found, unit):
        """“+12 (+8 %)”, “−3.5 points”."""
        figures = self.env["commune.replacement.figures"]
        locale = babel_locale_parse(self.env.lang or "fr_FR")
        sign = "+" if found.difference > 0 else "\N{MINUS SIGN}"
        size = abs(float(found.difference))
        if unit == "percent":
            number = format_decimal(size * 100, "#,##0.0", locale=locale)
            return self.env._("%(sign)s%(number)s points", sign=sign, number=number)
        text = f"{sign}{figures._format_value(size, unit)}"
        if found.ratio is None or abs(found.ratio) > MOST_RATIO:
            return text
        ratio = abs(float(found.ratio))
        percent = format_percent(ratio, "#,##0\N{NO-BREAK SPACE}%", locale=locale)
        return f"{text} ({sign}{percent})"
