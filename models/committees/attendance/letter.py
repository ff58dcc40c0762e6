"""The letters to a member: who signs them, who is reminded, what a letter that came back means."""

from odoo import fields, models


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    notice_queued_at = fields.Datetime(
        string="Notice handed over",
        readonly=True,
        copy=False,
        help="When the letter was given to the mail server's queue.",
    )

    def _get_letter_sender(self):
        return self.env.company._get_house_sender()

    def _get_reply_to(self):
        return self.session_id[:1]._get_reply_to()

    def _remind(self):
        """Write again to those who have an address, each with the link of one's own."""
        lines = self.filtered("partner_id.email_normalized")
        for session, found in lines.grouped("session_id").items():
            found._send_letters("mail_template_session_reminder", session._make_ics_attachment())
        lines.reminded_at = fields.Datetime.now()
        return lines

    def _receive_minutes_bounce(self, email):
        """The letter that came back is that of the minutes: the notice did arrive."""
        self.ensure_one()
        name = self.partner_id.name
        self.session_id._tell_secretary(
            self.env._("The minutes sent to %s came back", name),
            self.env._("Address to check: %s", email or self.partner_id.email or ""),
        )
