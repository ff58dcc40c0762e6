"""Reminders: members who have not answered, and the last day of the notice for the secretary."""

from datetime import timedelta

from odoo import api, fields, models

from .session import PREPARING

WARNING_DAYS = 3


class CommuneSession(models.Model):
    _inherit = "commune.session"

    @api.model
    def _cron_remind_sessions(self):
        """Every morning. A morning without the server is made up for on the next one."""
        zone = self.env.company._get_zone_name()
        today = fields.Date.context_today(self.with_context(tz=zone))
        coming = self.search([("state", "=", "convened"), ("date", ">", today)])
        for session in coming:
            days = session.committee_id.reminder_days
            if days and session.date - timedelta(days=days) <= today:
                silent = session.attendance_ids.filtered(
                    lambda line: not line.answer and not line.reminded_at
                )
                silent._remind()
        self._warn_of_deadlines(today)

    @api.model
    def _warn_of_deadlines(self, today):
        """The secretary is told while there is still time to send the notice."""
        sessions = self.search(
            [
                ("state", "in", PREPARING),
                ("notice_deadline", ">=", today),
                ("notice_deadline", "<=", today + timedelta(days=WARNING_DAYS)),
            ]
        )
        for session in sessions:
            session._tell_secretary(self.env._("Notice to send"), day=session.notice_deadline)


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    def _remind(self):
        """Write again to those who have an address, each with the link of one's own."""
        lines = self.filtered("partner_id.email_normalized")
        for session, found in lines.grouped("session_id").items():
            found._send_letters("mail_template_session_reminder", session._make_ics_attachment())
        lines.reminded_at = fields.Datetime.now()
        return lines
