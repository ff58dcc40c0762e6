"""Half-days in words: by day for the documents, by weekday for the summary."""

from odoo import fields, models


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _group_by_day(self):
        """(day in full, what is worked) in order."""
        days = sorted((slot.date, slot.half_day) for slot in self)
        return self.env["commune.replacement.slot"]._name_days(days)

    def _group_by_hours(self):
        """[day in full, its hours] in order, an evening too: `13 h 30 – 17 h, 20 h – 22 h 30`."""
        letter = self.env["commune.letter"]
        days = {}
        for slot in self.sorted(lambda s: (s.date, s.half_day)):
            for hours in filter(None, (slot._get_hours(), slot._get_evening_hours())):
                text = " – ".join(map(letter._format_hour, hours))
                days.setdefault(slot.date, []).append(text)
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
