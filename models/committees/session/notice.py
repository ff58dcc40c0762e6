"""The notice of a session: by which day it must leave, and whether it did."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .states import PREPARING


class CommuneSession(models.Model):
    _inherit = "commune.session"

    notice_rule_id = fields.Many2one(
        "commune.notice.rule",
        string="Notice rule",
        compute="_compute_notice_rule_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        help="That of the committee and of the kind of sitting; it does not change any more once"
        " the members are convened.",
    )
    notice_source = fields.Char(related="notice_rule_id.legal_source", string="Source of the rule")
    notice_deadline = fields.Date(
        string="Last day to send the notice",
        compute="_compute_notice_deadline",
        store=True,
        index=True,
        tracking=True,
        help="By the rule of the committee; with a reason for urgency, by the shorter delay.",
    )
    urgent_deadline = fields.Date(
        string="Last day in an emergency", compute="_compute_notice_deadline", store=True
    )
    urgency_reason = fields.Text(
        string="Reason for urgency",
        tracking=True,
        help="Asked for when the notice leaves late; it is printed in the notice, and the committee"
        " takes position on it at the opening of the session.",
    )
    notice_date = fields.Datetime(
        string="Sending started on",
        readonly=True,
        copy=False,
        tracking=True,
        help="When the letters were queued; the state of the notice says whether they have left.",
    )
    notice_state = fields.Selection(
        [
            ("early", "In time"),
            ("today", "Last day"),
            ("urgent", "Only as an emergency"),
            ("late", "Too late"),
            ("leaving", "Not left to everybody yet"),
            ("unsent", "Not left in time to everybody"),
            ("sent", "Sent in time"),
            ("sent_urgent", "Sent as an emergency"),
            ("sent_late", "Sent late"),
        ],
        compute="_compute_notice_state",
        string="Notice",
    )

    @api.depends(
        "committee_id.notice_rule_id",
        "committee_id.place_id.council_term_ids.population",
        "committee_id.place_id.council_term_ids.date_start",
        "session_kind",
        "date",
        "state",
    )
    def _compute_notice_rule_id(self):
        rules = self.committee_id._get_notice_rules()
        for session in self:
            frozen = session.state not in (False, *PREPARING)
            kept = session.notice_rule_id if frozen else False
            committee, day = session.committee_id, session.date
            chosen = day and committee._choose_notice_rule(rules, session.session_kind, day)
            session.notice_rule_id = kept or chosen or committee.notice_rule_id

    @api.depends(
        "date",
        "notice_rule_id",
        "notice_rule_id.unit",
        "notice_rule_id.days",
        "notice_rule_id.urgent_days",
    )
    def _compute_notice_deadline(self):
        """Kept as it was once the members are convened: a rule that changes does not make a
        notice late afterwards."""
        for session in self:
            if session.state not in (False, *PREPARING) and session.notice_deadline:
                continue
            committee, rule = session.committee_id, session.notice_rule_id
            last = committee._get_last_sending_date
            session.notice_deadline = last(session.date, rule=rule)
            session.urgent_deadline = last(session.date, urgent=True, rule=rule)

    @api.depends(
        "notice_deadline",
        "urgent_deadline",
        "notice_date",
        "date_begin",
        "attendance_ids.notice_queued_at",
        "attendance_ids.sent_at",
        "attendance_ids.notified_at",
        "urgency_reason",
    )
    def _compute_notice_state(self):
        """What counts is the day on which the last letter really left."""
        today = self.env.company._get_today()
        when_left = self._get_notices_left()
        for session in self:
            last, left = session.notice_deadline, when_left.get(session._origin.id)
            if session.notice_date and not left:
                limit = session.urgent_deadline if session.urgency_reason else last
                over = limit and session._to_local_day(fields.Datetime.now()) > limit
                session.notice_state = "unsent" if over else "leaving"
                continue
            sent = left and session._to_local_day(left)
            day = sent or today
            prefix = "sent_" if sent else ""
            if not last:
                session.notice_state = "sent" if sent else False
            elif day > last:
                late = not session.urgent_deadline or day > session.urgent_deadline
                session.notice_state = prefix + ("late" if late else "urgent")
            elif sent:
                session.notice_state = "sent"
            else:
                session.notice_state = "today" if day == last else "early"

    def _get_notices_left(self):
        """When the last letter of each notice left, counted by PostgreSQL: no member is loaded.

        :return: dict: id of a session -> moment; nothing as long as one of its letters has not left
        """
        convened = self.filtered("notice_date")
        lines = self.env["commune.attendance"]
        lines.flush_model(["session_id", "notice_queued_at", "sent_at", "notified_at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT session_id, CASE WHEN bool_and(COALESCE(sent_at, notified_at) IS NOT NULL)
                                        THEN max(COALESCE(sent_at, notified_at)) END
                  FROM commune_attendance
                 WHERE notice_queued_at IS NOT NULL AND session_id = ANY(%s)
                 GROUP BY session_id
                """,
                convened.ids,
            )
        )
        # A notice that was written to nobody left when it was sent.
        return {session._origin.id: session.notice_date for session in convened} | dict(rows)

    def _to_local_day(self, moment):
        """The day of a moment (UTC) where the session is held."""
        self.ensure_one()
        zone = self.with_context(tz=self.committee_id._get_zone())
        return fields.Datetime.context_timestamp(zone, moment).date()

    def _check_notice_in_time(self):
        """A late notice needs the reason of the emergency; below the delay of emergencies, the
        session must be held on another day.

        :raise UserError: the notice may not leave
        """
        self.ensure_one()
        today = self._to_local_day(fields.Datetime.now())
        if not self.notice_deadline or today <= self.notice_deadline:
            return
        letter = self.env["commune.letter"]
        values = {
            "day": letter._format_date(self.notice_deadline),
            "urgent": letter._format_date(self.urgent_deadline),
            "rule": self.notice_rule_id.name,
            "text": self.notice_rule_id.legal_source,
        }
        if self.urgent_deadline and today > self.urgent_deadline:
            raise UserError(
                self.env._(
                    "It is too late to call this session: the last day was %(urgent)s, even in an"
                    " emergency (%(rule)s; %(text)s). Choose another day.",
                    **values,
                )
            )
        if not (self.urgency_reason or "").strip():
            raise UserError(
                self.env._(
                    "The last day to send the notice was %(day)s (%(rule)s; %(text)s). Give the"
                    " reason for urgency, or choose another day.",
                    **values,
                )
            )

    @api.constrains("date_begin", "notice_date")
    def _check_date_after_notice(self):
        for session in self:
            if session.notice_date and session.date_begin < session.notice_date:
                raise ValidationError(
                    self.env._("The session cannot start before its notice was sent.")
                )

    def _check_not_convened(self):
        """A session that nobody was notified of may be deleted; another one is called off."""
        if any(session.notice_date for session in self):
            raise UserError(
                self.env._("The members know of this session: call it off or postpone it instead.")
            )
