"""Half-days of a request: the weekly pattern without the holidays of that commune."""

from odoo import models

from ...engine.staffing import Pattern, half_days
from .week_grid import GRID_FIELDS

SETTLING = ("draft", "submitted", "qualified", "searching")


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _touches_slots(self, vals):
        return bool({"date_start", "date_end", "commune_id", *GRID_FIELDS} & set(vals))

    def _generate_slots(self):
        """Bring the half-days in line with the pattern, as long as nobody holds one.

        Single dates stay as they were typed; half-days already held are never touched here,
        an amendment changes those.
        """
        values, gone = [], self.env["commune.replacement.slot"]
        for request in self.filtered(lambda r: r.state in SETTLING):
            wanted = set(request._get_pattern_half_days())
            kept = request.slot_ids.filtered(lambda s: s.state != "cancelled")
            known = {(slot.date, slot.half_day) for slot in kept}
            gone |= kept.filtered(
                lambda s, wanted=wanted: (
                    s.origin == "week" and s.state == "open" and (s.date, s.half_day) not in wanted
                )
            )
            values += [
                {"request_id": request.id, "date": day, "half_day": half, "origin": "week"}
                for day, half in sorted(wanted - known)
            ]
        gone._drop()
        self.env["commune.replacement.slot"].create(values)

    def _get_pattern_half_days(self):
        self.ensure_one()
        week = self._get_week()
        if not week or not self.date_start or not self.date_end or self.date_end < self.date_start:
            return []
        pattern = Pattern(frozenset(week))
        return half_days(pattern, self.date_start, self.date_end, self.commune_id._get_closed_days)

    def _get_days_off(self):
        """Holidays of the commune in the period that fall on a day of the pattern."""
        self.ensure_one()
        weekdays = {weekday for weekday, _half in self._get_week()}
        years = range(self.date_start.year, self.date_end.year + 1)
        return sorted(
            day
            for day in self.commune_id._get_days_off(years)
            if self.date_start <= day <= self.date_end and day.weekday() in weekdays
        )
