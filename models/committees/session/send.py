"""The notice leaves: a letter to each member, with the PDF, the calendar and a personal link."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.display_notification import display_notification, display_sent_notification
from ...core.pillar import when_used
from ...core.row_lock import lock_rows
from ...territory.reference_epci.local_time import at_local_time
from .states import COMING, PREPARING

WARNING_DAYS = 3


class CommuneSession(models.Model):
    _inherit = "commune.session"

    notice_attachment_id = fields.Many2one(
        "ir.attachment",
        string="Notice (PDF)",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    def action_send_notice(self):
        """Call the members; late, only with the reason of the emergency."""
        self.check_access("write")
        for session in self:
            if session.state != "agenda":
                raise UserError(
                    self.env._("The chair has to approve the agenda before the notice leaves.")
                )
            session._check_notice_in_time()
        return self._describe_notices_sent(self._send_notice())

    def _send_notice(self):
        """:return: lines without an address, who have to be called otherwise"""
        missing = self.env["commune.attendance"]
        for session in self.sudo():
            session._sync_attendances()
            lines = session.attendance_ids
            if not lines:
                raise UserError(
                    self.env._("Nobody sits on %s: give it members.", session.committee_id.name)
                )
            # Written first: the notice shows the date of sending.
            session.write({"state": "convened", "notice_date": fields.Datetime.now()})
            session.notice_attachment_id = session._make_pdf_attachment(
                "session_notice_report", self.env._("Notice")
            )
            missing |= session._write_to_members(lines, "mail_template_session_notice")
            # What was to be done for the notice is done.
            session._finish_asked("session_notice", "session_agenda")
        return missing

    def _write_to_members(self, lines, template):
        """The letter of the notice, or the same again, to these members.

        :return: lines without an address
        """
        self.ensure_one()
        attachments = self.notice_attachment_id | self._make_ics_attachment()
        silent = lines.filtered(lambda line: not line.partner_id.email_normalized)
        (lines - silent).notice_queued_at = fields.Datetime.now()
        (lines - silent)._send_letters(template, attachments)
        if silent:
            self._notify_secretary(
                "session_notice_unreached",
                self.env._("Members to call otherwise: no e-mail address"),
                ", ".join(silent.partner_id.mapped("name")),
            )
        return silent

    def _describe_notices_sent(self, missing):
        message = self.env._("Notices being sent: %s.", len(self.attendance_ids - missing))
        return display_sent_notification(message, missing.partner_id)

    def action_send_again(self):
        """Write again to those who have not answered."""
        self.check_access("write")
        for session in self:
            if session.state != "convened":
                raise UserError(self.env._("Only a session to come is recalled to its members."))
        lock_rows(self)
        lines = self.attendance_ids.filtered(lambda line: not line.answer)
        return self._describe_reminded(lines.sudo()._remind())

    def _describe_reminded(self, lines):
        if not lines:
            return display_notification(
                self.env._("Nobody to remind: a letter left today already."), warning=True
            )
        return display_notification(self.env._("Reminders being sent: %s.", len(lines)))

    def _call_off(self, reason, new_begin=None):
        """Postpone or cancel the session, and notify the members who were convened.

        :return: the session at the new date, or an empty recordset
        """
        self.ensure_one()
        if self.state not in COMING:
            raise UserError(self.env._("This session is over: it cannot be moved any more."))
        session = self.sudo()
        called = session.attendance_ids if session.notice_date else session.attendance_ids.browse()
        later = session.browse()
        if new_begin:
            # The same moment may be taken again by the session that replaces this one.
            session.state = "postponed"
            session.flush_recordset(["state"])
            later = session._copy_to(new_begin)
            session.postponed_to_id = later
        session.write({"state": "postponed" if new_begin else "cancelled", "cancel_reason": reason})
        called._send_letters("mail_template_session_off", session._make_ics_attachment())
        return later.sudo(False)

    # Reminders: members who have not answered, and the last day of the notice for the
    # secretary.

    @api.model
    @when_used("committees")
    @at_local_time
    def _cron_remind_sessions(self):
        """Every morning. A run missed while the server is down is made up for on the next one."""
        today = self.env.company._get_today()
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
        """Warn the secretary before the deadline: notice not sent, or members it did not reach."""
        limit = today + timedelta(days=WARNING_DAYS)
        sessions = self.search(
            [
                ("state", "in", PREPARING),
                ("notice_deadline", ">=", today),
                ("notice_deadline", "<=", limit),
            ]
        )
        summary = self.env._("Notice to send")
        sessions._notify_secretaries(
            "session_notice",
            lambda session: {"summary": summary, "date_deadline": session.notice_deadline},
        )
        called = self.search([("state", "=", "convened"), ("date", ">", today)])
        unreached = called.filtered(lambda s: s.attendance_ids._get_unreached())
        unreached.filtered(
            lambda s: not s.notice_deadline or s.notice_deadline <= limit
        )._follow_unsent(urgent=True)
