"""Propose the sessions of a year: off school holidays, public holidays and other sessions."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine.calendar.yearly import propose
from ...models.core.window_actions import open_record

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class CommuneCommitteeCalendar(models.TransientModel):
    _name = "commune.committee.calendar"
    _description = "Yearly calendar of a committee"

    committee_id = fields.Many2one("commune.committee", required=True, ondelete="cascade")
    date_start = fields.Date(
        string="From the", required=True, default=lambda self: self._default_start()
    )
    date_end = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self._default_start() + timedelta(days=364),
    )
    session_count = fields.Integer(string="Number of sessions", required=True, default=4)
    weekday = fields.Selection(WEEKDAYS, string="Usual day", required=True, default="1")
    hour = fields.Float(
        string="Time",
        compute="_compute_hour",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    line_ids = fields.One2many("commune.committee.calendar.line", "calendar_id")

    _count_check = models.Constraint(
        "CHECK(session_count BETWEEN 1 AND 60)", "A year has between 1 and 60 sessions."
    )
    _period_check = models.Constraint(
        "CHECK(date_end > date_start)", "The period ends after it starts."
    )

    @api.model
    def _default_start(self):
        return self.env.company._get_today() + timedelta(days=30)

    @api.depends("committee_id")
    def _compute_hour(self):
        for calendar in self:
            calendar.hour = calendar.committee_id.default_hour

    def action_propose(self):
        """Fill the list; what was typed in it before is replaced."""
        self.ensure_one()
        self.flush_recordset()
        found = propose(
            self.date_start,
            self.date_end,
            self.session_count,
            int(self.weekday),
            self._get_reasons(),
        )
        self.line_ids.unlink()
        self.line_ids.create(
            [
                {
                    "calendar_id": self.id,
                    "date": proposal.day,
                    "reason": self._describe(proposal),
                }
                for proposal in found
            ]
        )
        return self._show()

    def _show(self):
        return open_record(self, target="new")

    def _get_reasons(self):
        """A function: day -> the reason not to meet, with everything read beforehand."""
        holidays = self.env["commune.school.holiday"]._get_periods(
            self.committee_id.school_zone, self.date_start, self.date_end
        )
        working = self.env.company._get_working_days()
        sessions = self.env["commune.session"].search(
            [
                ("date", ">=", self.date_start),
                ("date", "<=", self.date_end),
                ("phase", "!=", "dead"),
            ]
        )
        others = {session.date: session.committee_id._get_label() for session in sessions}

        def why_not(day):
            for holiday in holidays:
                if holiday.date_start <= day <= holiday.date_end:
                    return holiday.name
            if day in others:
                return self.env._("session of %s", others[day])
            if day.weekday() < 5 and not working.is_working(day):
                return self.env._("day closed")
            return ""

        return why_not

    def _describe(self, proposal):
        company = self.env.company
        avoided = [
            f"{company._format_short_date(day)} ({reason})" for day, reason in proposal.avoided
        ]
        if not proposal.day:
            return self.env._("No day fits: choose one yourself. %s", ", ".join(avoided[:5]))
        return self.env._("Avoided: %s", ", ".join(avoided[:5])) if avoided else ""

    def action_create_sessions(self):
        """One session for each line that has a day."""
        self.ensure_one()
        lines = self.line_ids.filtered("date")
        if not lines:
            raise UserError(self.env._("Propose days first, or type them."))
        zone = pytz.timezone(self.committee_id._get_zone())
        minutes = round(self.hour * 60)
        wall = time(minutes // 60 % 24, minutes % 60)
        sessions = self.env["commune.session"].create(
            [
                {
                    "committee_id": self.committee_id.id,
                    "date_begin": zone.localize(datetime.combine(line.date, wall))
                    .astimezone(pytz.utc)
                    .replace(tzinfo=None),
                }
                for line in lines
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sessions planned"),
            "res_model": "commune.session",
            "view_mode": "list,form,calendar",
            "domain": [("id", "in", sessions.ids)],
        }


class CommuneCommitteeCalendarLine(models.TransientModel):
    _name = "commune.committee.calendar.line"
    _description = "Day proposed for a session"
    _order = "date, id"

    calendar_id = fields.Many2one("commune.committee.calendar", required=True, ondelete="cascade")
    date = fields.Date(string="Day")
    weekday = fields.Char(compute="_compute_weekday", string="Day of the week")
    reason = fields.Char(readonly=True, string="Why this day")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_weekday(self):
        for line in self:
            line.weekday = line.date and format_date(self.env, line.date, date_format="EEEE")
