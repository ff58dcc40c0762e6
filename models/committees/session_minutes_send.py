"""The minutes and the record of decisions leave, to every member, as a service message."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def action_send_minutes(self):
        """Send the minutes to the members, and publish the decisions to the communes."""
        self.check_access("write")
        self._check_minutes()
        for session in self:
            if session.state != "held":
                raise UserError(self.env._("The minutes of this session were sent already."))
            missing = session._send_minutes()
        return self._tell_minutes_sent(missing)

    def _send_minutes(self):
        """:return: members without an address"""
        self.ensure_one()
        session = self.sudo()
        # Written first: the PDF says on which day it left.
        session.write({"state": "minutes_sent", "minutes_sent_date": fields.Datetime.now()})
        session.decision_ids._publish()
        # The version is that of whoever sends.
        version = self._freeze_minutes("sent")
        attachments = session._make_minutes_attachments(version)
        lines = session.attendance_ids
        silent = lines.filtered(lambda line: not line.partner_id.email_normalized)
        (lines - silent)._send_letters("mail_template_session_minutes", attachments)
        if silent:
            session._tell_secretary(
                self.env._("Minutes to hand over otherwise: no e-mail address"),
                ", ".join(silent.partner_id.mapped("name")),
            )
        session._finish_minutes_activities()
        return silent

    def _make_minutes_attachments(self, version):
        """The two documents that the letter carries: the minutes are the bytes of the version."""
        self.ensure_one()
        files = [(version.filename, version.pdf)]
        if self.decision_ids:
            name = self.env._("Record of decisions")
            files.append((f"{name}.pdf", base64.b64encode(self._draw("session_decisions_report"))))
        return self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "datas": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for name, content in files
            ]
        )

    def _get_minutes_summary(self):
        return self._in_house_language().env._("Minutes to send")

    def _finish_minutes_activities(self):
        summary = self._get_minutes_summary()
        self.activity_ids.filtered(lambda a: a.summary == summary).action_feedback()

    @api.model
    def _remind_minutes(self):
        """The secretary is told on the last day of the house delay, once."""
        sessions = self.search([("state", "=", "held"), ("minutes_deadline", "<=", "today")])
        for session in sessions:
            session._tell_secretary(
                session._get_minutes_summary(),
                self.env._(
                    "The house sends them within %(days)s working days: by %(day)s.",
                    days=session.committee_id.minutes_days,
                    day=self.env["commune.letter"]._format_day(session.minutes_deadline),
                ),
                session.minutes_deadline,
            )
        return sessions

    def _tell_minutes_sent(self, missing):
        names = ", ".join(missing.partner_id.sorted("name").mapped("name")[:10])
        message = self.env._("Minutes sent to %s members.", len(self.attendance_ids - missing))
        if names:
            message = self.env._(
                "%(message)s Without an e-mail address: %(names)s.", message=message, names=names
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if missing else "success",
                "sticky": bool(missing),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    def _receive_minutes_bounce(self, email):
        """The letter that came back is that of the minutes: the notice did arrive."""
        self.ensure_one()
        name = self.partner_id.name
        self.session_id._tell_secretary(
            self.env._("The minutes sent to %s came back", name),
            self.env._("Address to check: %s", email or self.partner_id.email or ""),
        )
