"""Proof of the notice: when each letter left, was opened, came back."""

from odoo import api, fields, models

MODEL = "commune.attendance"


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    notice_queued_at = fields.Datetime(
        string="Notice handed over",
        readonly=True,
        copy=False,
        help="When the letter was given to the mail server's queue.",
    )

    def _note_opened(self):
        """The link was opened for the first time."""
        self.filtered(lambda line: not line.opened_at).opened_at = fields.Datetime.now()

    def _note_sent(self):
        """The mail server took the letter; the first time is the proof."""
        self.filtered(lambda line: not line.sent_at).sent_at = fields.Datetime.now()

    def _message_receive_bounce(self, email, partner):
        """The notice came back: the secretary has to reach the member otherwise."""
        result = super()._message_receive_bounce(email, partner)
        for line in self.sudo():
            if line.session_id.minutes_sent_date:
                line._receive_minutes_bounce(email)
                continue
            line.bounced_at = line.bounced_at or fields.Datetime.now()
            name, session = line.partner_id.name, line.session_id
            session._tell_secretary(
                "session_notice_bounce",
                self.env._("The notice to %s came back", name),
                self.env._(
                    "%(name)s (%(email)s) has not received the notice of the session. Check the"
                    " address, call the person, then send it again.",
                    name=name,
                    email=email or line.partner_id.email or "",
                ),
                about=name,
            )
            session._message_log(body=self.env._("The notice to %s came back.", name))
        return result

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
            "session_minutes_bounce",
            self.env._("The minutes sent to %s came back", name),
            self.env._("Address to check: %s", email or self.partner_id.email or ""),
            about=name,
        )

    @api.model
    def _get_proof_rows(self, session):
        """What the list of proof holds: one row per member, moments at the place of the session.

        :return: list of dicts
        """
        zone = self.with_context(tz=session.committee_id._get_zone())
        labels = dict(self._fields["answer"]._description_selection(self.env))

        def moment(value):
            return (
                fields.Datetime.context_timestamp(zone, value).strftime("%d/%m/%Y %H:%M")
                if value
                else ""
            )

        return [
            {
                "name": line.partner_id.name or "",
                "title": line.title or "",
                "commune": line.commune_id.name or "",
                "college": line.college or "",
                "email": line.email or "",
                "sent": moment(line.sent_at),
                "opened": moment(line.opened_at),
                "bounced": moment(line.bounced_at),
                "answer": labels.get(line.answer, ""),
                "answered": moment(line.answered_at),
                "proxy": line.proxy_to_id.partner_id.name or line.represented_by or "",
            }
            for line in session.attendance_ids.sorted()
        ]


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """The mail server took the letter or refused the address; a server that does not answer
        says nothing of it."""
        for mail in self.sudo().filtered(lambda m: m.model == MODEL and m.res_id):
            line = self.env[MODEL].sudo().browse(mail.res_id).exists()
            if failure_type and failure_type != "mail_smtp":
                line._message_receive_bounce(line.partner_id.email, line.partner_id)
            elif not failure_type:
                line._note_sent()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
