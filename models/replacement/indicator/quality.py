"""Satisfaction and incidents: no figure, not even a count, below five cases.

Outside the coordination, results that rest on a few persons are shown by year only
(`_can_show_few_answers`)."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from odoo import models
from odoo.fields import Domain

from ....engine.indicators import LEAST_ANSWERS, Figure, hidden_below, mean, median, rate
from .figures import NOTHING, Row

EVALUATION, INCIDENT = "commune.replacement.evaluation", "commune.replacement.incident"
MARKS = ("4", "3", "2", "1")
# Figures that a few persons make.
BY_YEAR = {"satisfaction", "again", "marks", "regulation", "reopened", "early_cause"}


class CommuneReplacementFigures(models.AbstractModel):
    _inherit = "commune.replacement.figures"

    def _collect(self, period):
        rows = super()._collect(period)
        # Both models come with the evaluations and the incidents of the service.
        if EVALUATION in self.env:
            for side, label in self._get_labels(EVALUATION, "side").items():
                rows += self._collect_answers(period, side, label)
        if INCIDENT in self.env:
            rows += self._collect_incidents(period)
        return (
            rows
            if self._can_show_few_answers(period)
            else [self._keep_to_years(row) for row in rows]
        )

    def _keep_to_years(self, row):
        if row.code not in BY_YEAR:
            return row
        return replace(row, figure=Figure(None, hidden=True), domain=NOTHING, count=0, by_year=True)

    def _collect_answers(self, period, side, label):
        """Mean, shares of each mark and of “again”, rate of answers, of one side."""
        asked = (
            Domain("side", "=", side)
            & Domain("mission_id.date_end", ">=", str(period.start))
            & Domain("mission_id.date_end", "<=", str(period.end))
        )
        answered = asked & Domain("state", "=", "answered")
        evaluations = self.env[EVALUATION]
        total = evaluations.search_count(asked)
        found = evaluations.search_fetch(answered, ["mean", "again", "mission_id"])
        marks = [(Fraction(str(round(one.mean, 2))), one) for one in found if one.mean]
        weighted = [(mark, one.mission_id.half_day_count or 1) for mark, one in marks]
        shares = Counter(str(int(mark + Fraction(1, 2))) for mark, _one in marks)
        again = sum(one.again == "yes" for one in found)
        named = {"key": side, "label": label}
        rows = [
            self._row_of("satisfaction", mean(weighted), EVALUATION, answered, len(found), **named),
            self._row_of(
                "again", rate(again, len(found)), EVALUATION, answered, len(found), **named
            ),
        ]
        for mark in MARKS:
            share = rate(shares[mark], len(marks))
            named = {"key": f"{side}-{mark}", "label": f"{label}, {mark} / 4"}
            rows.append(self._row_of("marks", share, EVALUATION, answered, len(found), **named))
        rows.append(Row("answers", rate(len(found), total), EVALUATION, list(asked), total,
                        side, label))  # fmt: skip
        return rows

    def _collect_incidents(self, period):
        """Days from the report to the end of incidents ended in the period; those reopened."""
        domain = Domain("closed_date", ">=", str(period.first)) & Domain(
            "closed_date", "<", str(period.last)
        )
        names = ["reported_date", "closed_date", "reopen_count"]
        cases = self.env[INCIDENT].search_fetch(domain, names)
        days = [
            Fraction(int((one.closed_date - one.reported_date).total_seconds()), 86400)
            for one in cases
        ]
        reopened = sum(bool(one.reopen_count) for one in cases)
        count = len(cases)
        return [
            self._row_of("regulation", median(days), INCIDENT, domain, count),
            self._row_of("reopened", rate(reopened, count), INCIDENT, domain, count),
        ]

    def _row_of(self, code, figure, model, domain, count, **named):
        """Row without figure, number or list below five cases."""
        is_shown = not count or count >= LEAST_ANSWERS
        figure = hidden_below(figure, count)
        return Row(code, figure, model, list(domain) if is_shown else NOTHING,
                   count if is_shown else 0, **named)  # fmt: skip
