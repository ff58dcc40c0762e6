"""Settings of the service, and the hours of a half-day when nothing more precise is known."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models

HALVES = {"am": "morning", "pm": "afternoon"}


class ResCompany(models.Model):
    _inherit = "res.company"

    proposal_answer_hours = fields.Integer(
        string="Hours to answer a proposal",
        default=48,
        help="After that the proposal expires and the next agent can be asked.",
    )
    replacement_account_in = fields.Char(
        string="Account of the receipts",
        default="70845",
        help="M57 account of the intercommunality, to confirm with its finance department.",
    )
    replacement_account_out = fields.Char(
        string="Account of the commune",
        default="6216",
        help="M57 account of the commune, to confirm with its accountant.",
    )

    _proposal_answer_hours_check = models.Constraint(
        "CHECK(proposal_answer_hours > 0)", "At least one hour to answer a proposal."
    )

    def _move_half_days_to_come(self):
        """Calendars show the new hours; what has been worked keeps its own, and so does a day for
        which a rule is being replaced."""
        slots = self.env["commune.replacement.slot"].sudo()
        coming = slots.search([("date", ">=", fields.Date.context_today(self))]).filtered(
            lambda s: self._knows_half_day_hours(s.half_day, s.date)
        )
        for name in ("start_datetime", "stop_datetime"):
            self.env.add_to_compute(slots._fields[name], coming)

    def _get_half_day_hours(self, half, day):
        """Start and end of a half-day, in hours: the rules of working time of that day."""
        rules, part = self.env["commune.work.rule"], HALVES[half]
        return [rules._get_value(self, f"{part}_{side}", day) for side in ("start", "end")]

    def _knows_half_day_hours(self, half, day):
        """Whether the hours of a half-day are known."""
        rules, part = self.env["commune.work.rule"], HALVES[half]
        return all(rules._find_value(self, f"{part}_{side}", day) for side in ("start", "end"))

    def _get_half_day_moments(self, day, half):
        """Start and end of a half-day, as naive UTC."""
        moments, midnight = [], datetime.combine(day, time(), self._get_zone())
        for hour in self._get_half_day_hours(half or "am", day):
            wall = midnight + timedelta(minutes=round(hour * 60))
            moments.append(wall.astimezone(ZoneInfo("UTC")).replace(tzinfo=None))
        return moments

    def _get_half_day_of(self, moment):
        """(date, half-day) of a naive UTC moment."""
        wall = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(self._get_zone())
        hour = wall.hour + wall.minute / 60
        noon = self._get_half_day_hours("am", wall.date())[1]
        return wall.date(), "am" if hour < noon else "pm"
