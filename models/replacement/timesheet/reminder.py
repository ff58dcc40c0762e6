"""Reminder of timesheets not sent: once for each week, some days after its end."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time

# Older weeks are for the coordinator: nobody remembers the hours of two months ago.
RECENT = timedelta(days=60)


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    timesheet_ids = fields.One2many("commune.replacement.timesheet", "mission_id", readonly=True)
    hours_reminded_until = fields.Date(
        string="Hours recalled until the week of", readonly=True, copy=False
    )

    def _get_unsent_weeks(self, today):
        """Mondays of the weeks that are over, worked, and whose hours the agent has not sent."""
        self.ensure_one()
        sheets = self.env["commune.replacement.timesheet"]
        sent = {one.week_start for one in self.timesheet_ids if one.state != "draft"}
        worked = {sheets._get_monday(slot.date) for slot in self.slot_ids if slot.state == "filled"}
        return sorted(day for day in worked - sent if day + timedelta(days=6) < today)

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_remind_hours(self):
        """One letter to each agent for the weeks that no letter has recalled yet."""
        days = self.env.company.hours_reminder_days
        today = self.env["commune.replacement.timesheet"]._get_today()
        if not days:
            return
        late = today - timedelta(days=days)
        found = self.search(
            Domain("state", "!=", "cancelled")
            & Domain("date_end", ">=", today - RECENT)
            & Domain("date_start", "<", today)
        )
        due = {mission: mission._get_weeks_to_remind(late) for mission in found}
        missions = found.filtered(lambda mission: due[mission])
        agents = missions.employee_id.filtered(lambda agent: agent._get_letter_email())
        reachable = missions.filtered(lambda mission: mission.employee_id in agents)
        for mission in reachable:
            mission.hours_reminded_until = due[mission][-1]
        agents._send_letters("mail_template_replacement_timesheet_reminder")

    def _get_weeks_to_remind(self, late):
        """Weeks that ended before a day, after those that a letter has recalled."""
        return [
            day
            for day in self._get_unsent_weeks(late)
            if day >= late - RECENT
            and (not self.hours_reminded_until or day > self.hours_reminded_until)
        ]


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_unsent_hours(self):
        """What the letter lists, one line for each week: `Aubrive, semaine du 11 janvier 2027`."""
        self.ensure_one()
        today = self.env["commune.replacement.timesheet"]._get_today()
        day = self.env.company._format_document_date
        missions = self.env["commune.replacement.mission"].sudo()
        recent = missions.search(
            Domain("employee_id", "=", self.id)
            & Domain("state", "!=", "cancelled")
            & Domain("date_end", ">=", today - RECENT)
        )
        weeks = sorted(
            (monday, mission.commune_id.name)
            for mission in recent
            for monday in mission._get_unsent_weeks(today)
            if monday >= today - RECENT
        )
        return [
            self.env._("%(commune)s, week of %(day)s", commune=commune, day=day(monday))
            for monday, commune in weeks
        ]

    def _get_hours_address(self):
        """Where an agent writes the hours."""
        return f"{self.get_base_url()}/my/missions"
