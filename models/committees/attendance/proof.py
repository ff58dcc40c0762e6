"""Proof of the notice: when each letter left, was opened, came back."""

from odoo import api, fields, models

from ....engine.mail.failure import FINAL
from ...core.collation import collate, collate_place

REMINDER = "mail_template_session_reminder"
NOTICE = "mail_template_session_notice"


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    notice_queued_at = fields.Datetime(
        string="Notice handed over",
        readonly=True,
        copy=False,
        help="When the letter was given to the queue of mails.",
    )
    notified_at = fields.Datetime(
        string="Notified otherwise on",
        readonly=True,
        copy=False,
        help="By telephone, by hand or by post, since the letter did not leave.",
    )
    notice_state = fields.Selection(
        [
            ("queued", "Being sent"),
            ("left", "Left in time"),
            ("late", "Left late"),
            ("lost", "Address refused"),
            ("told", "Notified otherwise"),
        ],
        string="Notice",
        compute="_compute_notice_state",
        help="What became of the letter of this member.",
    )

    @api.depends(
        "notice_queued_at", "sent_at", "notified_at", "bounced_at", "session_id.notice_deadline"
    )
    def _compute_notice_state(self):
        for line in self:
            session, last = line.session_id, line.session_id.notice_deadline
            if line.sent_at:
                late = last and session._to_local_day(line.sent_at) > last
                line.notice_state = "late" if late else "left"
            elif line.notified_at:
                line.notice_state = "told"
            elif line.bounced_at:
                line.notice_state = "lost"
            else:
                line.notice_state = "queued" if line.notice_queued_at else False

    def _get_unreached(self):
        """Those to whom a notice was written which has not left."""
        return self.filtered(
            lambda one: one.notice_queued_at and not (one.sent_at or one.notified_at)
        )

    def _mark_opened(self):
        """The link was opened for the first time."""
        self.filtered(lambda line: not line.opened_at).opened_at = fields.Datetime.now()

    # what became of the letters

    def _get_letter_document(self):
        return self.session_id

    def _after_letters_sent(self, letters):
        """The mail server took the notice; the first time is the proof."""
        moments = letters.filtered(lambda one: one.kind == NOTICE)._get_last_left()
        for line in self.filtered(lambda one: one.id in moments):
            line.write({"sent_at": line.sent_at or moments[line.id], "bounced_at": False})

    def _after_letters_failed(self, letters):
        refused = letters.filtered(lambda one: one.kind == NOTICE and one.reason in FINAL)
        lines = self.browse(refused.mapped("res_id")).filtered(lambda one: not one.bounced_at)
        lines.bounced_at = fields.Datetime.now()

    def _after_letters_resolved(self, letters):
        notices = letters.filtered(lambda one: one.kind == NOTICE)
        self.browse(notices.mapped("res_id")).notified_at = fields.Datetime.now()

    def _message_receive_bounce(self, email, partner):
        """The notice came back: the secretary has to reach the member otherwise."""
        result = super()._message_receive_bounce(email, partner)
        for line in self.sudo():
            if line.session_id.minutes_sent_date:
                line._receive_minutes_bounce(email)
                continue
            line.bounced_at = line.bounced_at or fields.Datetime.now()
            name, session = line.partner_id.name, line.session_id
            session._notify_secretary(
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
        """Write again to those who have an address and still sit on that day, each with the link of
        one's own; nobody twice on the same day."""
        sitting = self.filtered(lambda line: line.member_id._sits_on(line.session_id.date))
        lines = sitting.filtered("partner_id.email_normalized")._filter_unwritten(REMINDER)
        for session, found in lines.grouped("session_id").items():
            found._send_letters(REMINDER, session._make_ics_attachment())
        lines.reminded_at = fields.Datetime.now()
        return lines

    def _receive_minutes_bounce(self, email):
        """The letter that came back is that of the minutes: the notice did arrive."""
        self.ensure_one()
        name = self.partner_id.name
        self.session_id._notify_secretary(
            "session_minutes_bounce",
            self.env._(
                "The %(minutes)s sent to %(name)s came back",
                minutes=self.session_id._get_minutes_word(),
                name=name,
            ),
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
            for line in session.attendance_ids.sorted(
                lambda line: (
                    line.role_rank,
                    collate(line.college),
                    collate_place(line.commune_id.name),
                    collate(line.partner_id.lastname),
                )
            )
        ]
