"""Closures of a working calendar, in days; which calendars are only of managed teams."""

from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.fields import Domain

# A day is off when a leave covers both the middle of its morning and of its afternoon.
MORNING, AFTERNOON = time(10), time(15)
LONGEST_LEAVE = 730


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    serves_communes = fields.Boolean(
        string="Hours of a team that answers communes",
        compute="_compute_serves_communes",
        search="_search_serves_communes",
    )

    @api.model
    def _get_hours_of_teams(self):
        """Calendars of managed teams, except company calendars, which also rule employees."""
        self = self.sudo()  # any member of a team computes its delays
        teams = self.env["helpdesk.ticket.team"].search([("serves_communes", "=", True)])
        companies = self.env["res.company"].search(Domain.TRUE)
        return teams.resource_calendar_id - companies.resource_calendar_id

    def _compute_serves_communes(self):
        managed = self._get_hours_of_teams()
        for calendar in self:
            calendar.serves_communes = calendar._origin in managed

    @api.model
    def _search_serves_communes(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self._get_hours_of_teams().ids)

    def _get_closed_days(self):
        """Days on which nobody works: the leaves of this calendar that name no resource."""
        self.ensure_one()
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("calendar_id", "in", [False, self.id]),
                ("company_id", "in", [False, self.company_id.id or self.env.company.id]),
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("date_to", ">=", "today -2y"),
            ]
        )
        return self._get_days_covered(leaves)

    def _get_days_covered(self, leaves):
        """Days that leaves cover, morning and afternoon, in the time zone of the calendar."""
        zone = timezone(self.tz or self.env.company._get_zone_name())
        halves = set()
        for leave in leaves:
            start = utc.localize(leave.date_from).astimezone(zone)
            end = utc.localize(leave.date_to).astimezone(zone)
            for offset in range(min((end.date() - start.date()).days, LONGEST_LEAVE) + 1):
                day = start.date() + timedelta(days=offset)
                for hour in (MORNING, AFTERNOON):
                    if start <= zone.localize(datetime.combine(day, hour)) < end:
                        halves.add((day, hour))
        return {day for day, hour in halves if hour == MORNING and (day, AFTERNOON) in halves}
