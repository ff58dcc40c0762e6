"""Half-days of a request: the weekly pattern without the holidays of that commune."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.staffing import Pattern, half_days
from ..slot.slot import LIVE
from ..week_grid import GRID_FIELDS

SETTLING = ("draft", "submitted", "qualified", "searching")


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    days_left_out = fields.Json(readonly=True, copy=False)
    left_out_text = fields.Char(string="Left out", compute="_compute_left_out_text")

    def _touches_slots(self, vals):
        return bool({"date_start", "date_end", "commune_id", *GRID_FIELDS} & set(vals))

    def _check_same_commune(self, vals):
        """The rules were run for a commune: agents are not moved to another by its name."""
        if "commune_id" not in vals:
            return
        for request in self.filtered(lambda r: r.commune_id.id != vals["commune_id"]):
            if request.slot_ids.filtered(lambda s: s.state in LIVE):
                raise UserError(
                    self.env._(
                        "Agents are already chosen for %s: the commune cannot change. Cancel"
                        " the request and file another one.",
                        request.name,
                    )
                )

    def _generate_slots(self):
        """Bring the half-days in line with the pattern, as long as nobody holds one. Once it is
        submitted, none is added on a day that is over.

        Single dates stay as they were typed; half-days already held are never touched here,
        an amendment changes those.
        """
        values, gone = [], self.env["commune.replacement.slot"]
        today = self._get_today()
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
                if request.state == "draft" or day >= today
            ]
        gone._drop()
        self.env["commune.replacement.slot"]._create_checked(values)

    def _get_pattern_half_days(self):
        self.ensure_one()
        week = self._get_week()
        if not week or not self.date_start or not self.date_end or self.date_end < self.date_start:
            return []
        pattern = Pattern(frozenset(week))
        return half_days(pattern, self.date_start, self.date_end, self.commune_id._get_closed_days)

    def _mark_days_left_out(self, days):
        """Mark single dates requested that are holidays: kept, to be shown."""
        if days:
            self.days_left_out = sorted(str(day) for day in days)

    def _get_left_out_sentence(self):
        """`The 25 December 2026 is a holiday in Aubrive: left out.`"""
        days = self._get_days_off()
        if not days:
            return ""
        letter = self.env["commune.letter"]
        return self.env._(
            "Public holidays in %(commune)s, left out: %(days)s.",
            commune=self.commune_id.brand_name or self.commune_id.name,
            days=", ".join(letter._format_date(day) for day in days),
        )

    @api.depends("commune_id", "date_start", "date_end", "days_left_out", *GRID_FIELDS)
    def _compute_left_out_text(self):
        for request in self:
            request.left_out_text = request._get_left_out_sentence()

    def _get_days_off(self):
        """Holidays of the commune, in the weekly pattern and among single dates."""
        self.ensure_one()
        asked = {fields.Date.to_date(day) for day in self.days_left_out or ()}
        return sorted(asked | self._get_pattern_days_off())

    def _get_pattern_days_off(self):
        if not self.date_start or not self.date_end:
            return set()
        weekdays = {weekday for weekday, _half in self._get_week()}
        years = range(self.date_start.year, self.date_end.year + 1)
        return {
            day
            for day in self.commune_id._get_days_off(years)
            if self.date_start <= day <= self.date_end and day.weekday() in weekdays
        }
