"""A half-day to be covered: the unit of the whole service."""

from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine.calendar.ics import Entry
from ...core.inside import INSIDE, is_inside
from ..week_grid import EVENING, HALF_DAYS

LIVE = ("held", "filled")
STATES = [
    ("open", "To fill"),
    ("held", "Agent proposed"),
    ("filled", "Filled"),
    ("lost", "Not filled"),
    ("cancelled", "Cancelled"),
]


class CommuneReplacementSlot(models.Model):
    _name = "commune.replacement.slot"
    _description = "Half-day of a replacement"
    _order = "date, half_day, id"

    request_id = fields.Many2one(
        "commune.replacement.request",
        required=True,
        index=True,
        ondelete="restrict",
    )
    commune_id = fields.Many2one(
        related="request_id.commune_id", string="Commune", store=True, index=True
    )
    date = fields.Date(required=True, index=True)
    half_day = fields.Selection(HALF_DAYS, required=True)
    origin = fields.Selection(
        [("week", "Weekly pattern"), ("single", "Single date")], required=True, default="single"
    )
    state = fields.Selection(STATES, required=True, default="open", index=True)
    employee_id = fields.Many2one(
        "hr.employee", string="Agent", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    proposal_id = fields.Many2one(
        "commune.replacement.proposal",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    mission_id = fields.Many2one(
        "commune.replacement.mission",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    taken_by_id = fields.Many2one("res.users", string="Chosen by", readonly=True)
    taken_date = fields.Datetime(string="Chosen on", readonly=True)
    cancelled_date = fields.Datetime(string="Cancelled on", readonly=True)
    cancelled_by = fields.Selection(
        [("commune", "The commune"), ("agent", "The agent"), ("service", "The service")],
        readonly=True,
    )
    arrival_hour = fields.Float(
        string="Arrival put off to",
        readonly=True,
        copy=False,
        help="Hour at which the agent arrives when the rest after an evening, or the length of the"
        " day, does not allow the usual one (décret n° 2000-815, art. 3).",
    )
    start_datetime = fields.Datetime(
        string="Start", compute="_compute_datetimes", inverse="_inverse_start", store=True
    )
    stop_datetime = fields.Datetime(string="End", compute="_compute_datetimes", store=True)
    departure_datetime = fields.Datetime(
        string="Departure",
        compute="_compute_departure_datetime",
        compute_sudo=True,
        search="_search_departure_datetime",
        help="End of the half-day, or of the evening that follows it.",
    )
    _request_uniq = models.UniqueIndex(
        "(request_id, date, half_day) WHERE state != 'cancelled'",
        "This half-day is already in the request.",
    )

    # Two concurrent transactions cannot place an agent twice in the same half-day.
    _agent_uniq = models.UniqueIndex(
        "(employee_id, date, half_day) WHERE employee_id IS NOT NULL"
        " AND state IN ('held', 'filled')",
        "The agent is already in another commune on this half-day.",
    )
    _agent_check = models.Constraint(
        "CHECK(state NOT IN ('held', 'filled') OR employee_id IS NOT NULL)",
        "A half-day that is filled has an agent.",
    )

    @api.depends("date", "half_day", "commune_id")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = f"{slot.commune_id.name or ''} – {slot._format_slot()}"

    @api.depends("date", "half_day", "arrival_hour")
    def _compute_datetimes(self):
        """Hours of the settings, for the calendars: the commune sets the real ones. An arrival
        that is put off is later."""
        company = self.env.company
        for slot in self:
            if not slot.date:
                slot.start_datetime = slot.stop_datetime = False
                continue
            start, stop = company._get_half_day_moments(slot.date, slot.half_day)
            if slot.arrival_hour:
                start = max(start, company._get_moment(slot.date, slot.arrival_hour))
            slot.start_datetime, slot.stop_datetime = start, stop

    @api.depends(
        "stop_datetime",
        "request_id.evening_date",
        "request_id.evening_start",
        "request_id.evening_end",
        "request_id.slot_ids.state",
    )
    def _compute_departure_datetime(self):
        company = self.env.company
        for slot in self:
            slot.departure_datetime = slot.stop_datetime
            if slot.date and (hours := slot._get_evening_hours()):
                start, end = hours
                # A council may end after midnight.
                end += 24 if end < start else 0
                slot.departure_datetime = company._get_moment(slot.date, end)

    def _search_departure_datetime(self, operator, value):
        """The calendar asks for a period: an evening is on the day of its half-day."""
        return Domain("stop_datetime", operator, value)

    def _inverse_start(self):
        """A half-day dragged to another day keeps its rules: they are run again."""
        for slot in self:
            day, half = self.env.company._get_half_day_of(slot.start_datetime)
            slot._move(day, half)

    def _move(self, day, half):
        self.ensure_one()
        if (day, half) == (self.date, self.half_day):
            return
        self._check_changeable()
        agent, proposal = self.employee_id, self.proposal_id
        self._release()
        self.sudo().write({"date": day, "half_day": half, "origin": "single"})
        self._check_open_day()
        self._check_to_come()
        if agent:
            self.request_id._check_agent(agent, self)
            self._give_to(agent, proposal)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        """Business records stay: a half-day is cancelled; only open ones of a draft go."""
        settled = self.filtered(lambda s: s.request_id.state not in ("draft", "submitted"))
        if is_inside(self.env, "replacement_drop"):
            settled = settled.browse()
        if settled or any(slot.state != "open" for slot in self):
            raise UserError(self.env._("Half-days are cancelled, never deleted."))

    def _drop(self):
        """Take away open half-days that the pattern does not hold any more."""
        opened = self.filtered(lambda s: s.state == "open")
        return opened.sudo().with_context(replacement_drop=INSIDE).unlink()

    def _get_calendar_entry(self, cancelled=False):
        """Calendar entry of a half-day, with the same UID in every calendar.

        A cancellation is a second later than the half-day that it removes: calendars keep the
        latest."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        sources = (self.write_date, self.mission_id.write_date, self.request_id.write_date)
        stamp = max(filter(None, sources))
        return Entry(
            uid=f"half-day-{self.id}@{database}",
            title=self.env._("Replacement at %s", self.commune_id.name),
            start=pytz.utc.localize(self.start_datetime),
            end=pytz.utc.localize(self.departure_datetime),
            stamp=pytz.utc.localize(stamp) + timedelta(seconds=cancelled),
            text=self._describe_calendar_entry(),
            place=self.mission_id.workplace or self.request_id.workplace or self.commune_id.name,
            cancelled=cancelled,
            tentative=self.state == "held",
        )

    # words

    def _describe_calendar_entry(self):
        """The post, and the hours where an evening leaves a break that the entry does not show."""
        hours = self.hours_text if self._get_evening_hours() else ""
        return ", ".join(filter(None, (self.request_id.post, hours)))

    def _format_slot(self, hours=False):
        """`mardi 1er décembre 2026 (matin)`; with its usual hours: `(matin, 8 h – 12 h)`."""
        self.ensure_one()
        half = {
            "am": self.env._("morning"),
            "pm": self.env._("afternoon"),
            EVENING: self.env._("evening"),
        }[self.half_day]
        letter, company = self.env["commune.letter"], self.env.company
        if hours and company._knows_half_day_hours(self.half_day, self.date):
            times = company._get_half_day_hours(self.half_day, self.date)
            half = f"{half}, {' – '.join(map(letter._format_hour, times))}"
        return f"{letter._format_date(self.date)} ({half})"

    def _summarise(self):
        """`31 half-days from 5 January to 27 February 2027`."""
        if not self:
            return self.env._("no half-day")
        letter = self.env["commune.letter"]
        ordered = self.sorted(lambda s: (s.date, s.half_day))
        if len(ordered) == 1:
            return ordered._format_slot()
        first, last = ordered[0], ordered[-1]
        if first.date == last.date and first.half_day != last.half_day:
            return self.env._("%s (all day)", letter._format_date(first.date))
        return self.env._(
            "%(count)s half-days from %(start)s to %(end)s",
            count=len(ordered),
            start=letter._format_date(first.date),
            end=letter._format_date(last.date),
        )
