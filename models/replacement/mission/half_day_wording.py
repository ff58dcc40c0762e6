"""Half-days in words: by day for the documents, by weekday for the summary."""

from odoo import api, fields, models


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    hours_text = fields.Char(string="Hours", compute="_compute_hours_text", compute_sudo=True)

    @api.depends(
        "start_datetime",
        "stop_datetime",
        "request_id.evening_date",
        "request_id.evening_start",
        "request_id.evening_end",
        "request_id.slot_ids.state",
    )
    def _compute_hours_text(self):
        for slot in self:
            slot.hours_text = slot.date and slot._format_hours()

    def _format_hours(self):
        """From the arrival of the agent to the end of an evening: `13 h 30 – 17 h, 20 h – 22 h`."""
        letter = self.env["commune.letter"]
        spans = filter(None, (self._get_hours(), self._get_evening_hours()))
        return ", ".join(" – ".join(map(letter._format_hour, span)) for span in spans)

    @api.model
    def _format_count(self, count):
        """`1 half-day`, `31 half-days`."""
        return self.env._("1 half-day") if count == 1 else self.env._("%s half-days", count)

    def _describe_evenings(self):
        """`mardi 12 janvier 2027, 20 h – 22 h 30`: the duties that follow these half-days."""
        letter, found = self.env["commune.letter"], []
        for slot in self.sorted(lambda s: (s.date, s.half_day)):
            if hours := slot._get_evening_hours():
                span = " – ".join(map(letter._format_hour, hours))
                found.append(f"{letter._format_date(slot.date)}, {span}")
        return "\N{NO-BREAK SPACE}; ".join(found)

    def _describe_late_arrivals(self):
        """`mercredi 13 janvier 2027 à 9 h 30`: where the rest or the length of the day asks for
        a later arrival than the usual one."""
        letter = self.env["commune.letter"]
        late = self.filtered("arrival_hour").sorted(lambda s: (s.date, s.half_day))
        return "\N{NO-BREAK SPACE}; ".join(
            self.env._(
                "%(day)s at %(hour)s",
                day=letter._format_date(slot.date),
                hour=letter._format_hour(slot.arrival_hour),
            )
            for slot in late
        )

    def _group_by_day(self):
        """(day in full, what is worked) in order."""
        days = sorted((slot.date, slot.half_day) for slot in self)
        return self.env["commune.replacement.slot"]._name_days(days)

    def _group_by_hours(self):
        """[day in full, its hours] in order, an evening too: `13 h 30 – 17 h, 20 h – 22 h 30`."""
        letter = self.env["commune.letter"]
        days = {}
        for slot in self.sorted(lambda s: (s.date, s.half_day)):
            days.setdefault(slot.date, []).append(slot._format_hours())
        return [[letter._format_date(day), ", ".join(hours)] for day, hours in days.items()]

    def _name_days(self, days):
        letter = self.env["commune.letter"]
        grouped = {}
        for day, half in days:
            grouped.setdefault(day, []).append(half)
        names = {
            ("am",): self.env._("Morning"),
            ("pm",): self.env._("Afternoon"),
            ("am", "pm"): self.env._("Whole day"),
        }
        return [(letter._format_date(day), names[tuple(halves)]) for day, halves in grouped.items()]

    def _describe_pattern(self):
        """The days of the week that come back: `Monday, Tuesday (morning)`."""
        week = {(slot.date.weekday(), slot.half_day) for slot in self}
        grid = self.env["commune.replacement.request"].new(
            self.env["commune.week.grid"]._prepare_week(week)
        )
        return grid._describe_week()


class CommuneReplacementAmendment(models.Model):
    _inherit = "commune.replacement.amendment"

    def _group_by_day(self):
        """Days of this version, as they were frozen."""
        days = [(fields.Date.to_date(day), half) for day, half in self.days or ()]
        return self.env["commune.replacement.slot"]._name_days(days)
