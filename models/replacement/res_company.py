"""Hours of a half-day, when nothing more precise is known."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    half_day_am_start = fields.Float(string="Morning starts at", default=8.5)
    half_day_am_end = fields.Float(string="Morning ends at", default=12)
    half_day_pm_start = fields.Float(string="Afternoon starts at", default=13.5)
    half_day_pm_end = fields.Float(string="Afternoon ends at", default=17)
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

    _half_day_check = models.Constraint(
        "CHECK(half_day_am_start < half_day_am_end AND half_day_am_end <= half_day_pm_start"
        " AND half_day_pm_start < half_day_pm_end AND half_day_am_start >= 0"
        " AND half_day_pm_end <= 24)",
        "The morning comes before the afternoon, and each starts before it ends.",
    )
    _proposal_answer_hours_check = models.Constraint(
        "CHECK(proposal_answer_hours > 0)", "At least one hour to answer a proposal."
    )

    def write(self, vals):
        result = super().write(vals)
        if any(name.startswith("half_day_") for name in vals):
            self._move_half_days_to_come()
        return result

    def _move_half_days_to_come(self):
        """Calendars show the new hours; what has been worked keeps its own."""
        slots = self.env["commune.replacement.slot"].sudo()
        coming = slots.search([("date", ">=", fields.Date.context_today(self))])
        for name in ("start_datetime", "stop_datetime"):
            self.env.add_to_compute(slots._fields[name], coming)

    def _get_half_day_hours(self, half):
        self.ensure_one()
        return self[f"half_day_{half}_start"], self[f"half_day_{half}_end"]

    def _get_half_day_moments(self, day, half):
        """Start and end of a half-day, as naive UTC."""
        moments, midnight = [], datetime.combine(day, time(), self._get_zone())
        for hour in self._get_half_day_hours(half or "am"):
            wall = midnight + timedelta(minutes=round(hour * 60))
            moments.append(wall.astimezone(ZoneInfo("UTC")).replace(tzinfo=None))
        return moments

    def _get_half_day_of(self, moment):
        """(date, half-day) of a naive UTC moment."""
        wall = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(self._get_zone())
        hour = wall.hour + wall.minute / 60
        return wall.date(), "am" if hour < self.half_day_am_end else "pm"
