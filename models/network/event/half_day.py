"""Half-days of an event: what its programme is made of."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.calendar.ics import to_utc


class CommuneEventHalfDay(models.Model):
    _name = "commune.event.half.day"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Half-day of an event"
    _order = "date, period, hour_start, id"
    _readonly_fields = frozenset()  # what is worked out apart

    event_id = fields.Many2one("event.event", required=True, index=True, ondelete="cascade")
    date = fields.Date(string="Day", required=True)
    period = fields.Selection(
        [("am", "Morning"), ("pm", "Afternoon or evening")], required=True, default="am"
    )
    hour_start = fields.Float(string="From", required=True, default=9)
    hour_end = fields.Float(string="To", required=True, default=12)
    hours = fields.Float(compute="_compute_hours", store=True)
    _slot_uniq = models.Constraint(
        "UNIQUE(event_id, date, period)", "This half-day is already in the programme."
    )
    _hours_check = models.Constraint(
        "CHECK(hour_start >= 0 AND hour_end <= 24 AND hour_end > hour_start)",
        "A half-day ends after it starts, and on the same day.",
    )
    attendance_ids = fields.One2many("commune.event.attendance", "half_day_id")

    @api.depends("hour_start", "hour_end")
    def _compute_hours(self):
        for slot in self:
            slot.hours = slot.hour_end - slot.hour_start

    @api.depends("date", "period")
    @api.depends_context("lang")
    def _compute_display_name(self):
        periods = dict(self._fields["period"]._description_selection(self.env))
        for slot in self:
            day = self.env.company._format_document_date(slot.date)
            slot.display_name = f"{day}, {periods.get(slot.period, '').lower()}"

    @api.constrains("date", "event_id")
    def _check_inside(self):
        for slot in self:
            first, last = slot.event_id._get_local_days()
            if not first <= slot.date <= last:
                raise ValidationError(
                    self.env._(
                        "The half-day of %(day)s is outside the dates of the event.",
                        day=self.env.company._format_document_date(slot.date),
                    )
                )

    @api.onchange("period")
    def _onchange_period(self):
        if self.period == "pm" and self.hour_end <= 12:
            self.hour_start, self.hour_end = 14, 17
        elif self.period == "am" and self.hour_start >= 12:
            self.hour_start, self.hour_end = 9, 12

    def _get_moments(self):
        """Start and end, aware, in UTC."""
        self.ensure_one()
        zone = self.event_id.date_tz or self.env.company._get_zone_name()
        return (
            to_utc(self.date, self.hour_start, zone),
            to_utc(self.date, self.hour_end, zone),
        )

    def _get_letter_when(self):
        """`mardi 1er décembre 2026, de 9 h à 12 h`."""
        self.ensure_one()
        letter = self.env["commune.letter"]
        return self.env._(
            "%(day)s, from %(start)s to %(end)s",
            day=letter._format_date(self.date),
            start=letter._format_hour(self.hour_start),
            end=letter._format_hour(self.hour_end),
        )

    # Attendance, half-day by half-day.

    def _get_too_early(self):
        """Why the attendance cannot be noted yet; empty from the day on, in its time zone."""
        if not self or self.date <= self.event_id._get_local_today():
            return ""
        return self.env._(
            "The attendance is noted from the day itself on: %s.",
            self.env["commune.letter"]._format_date(self.date),
        )
