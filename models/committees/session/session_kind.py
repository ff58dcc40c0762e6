"""The kind of a sitting: ordinary, first after the renewal, second for want of quorum."""

from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core.window_actions import open_record
from ..committee.notice_rule import SITTINGS
from .states import DEAD, HELD


class CommuneSession(models.Model):
    """First sitting: CGCT, L.2121-7. Second convocation: L.2121-17 and, in Moselle, Bas-Rhin and
    Haut-Rhin, L.2541-4. Their delays and their quorum are notice rules."""

    _inherit = "commune.session"

    session_kind = fields.Selection(
        SITTINGS,
        string="Kind of sitting",
        required=True,
        default="ordinary",
        copy=False,
        tracking=True,
        help="The first sitting after the renewal of a council, and the one that follows a want of"
        " quorum, have a delay and a quorum of their own. “Call again” makes the second one.",
    )
    first_session_id = fields.Many2one(
        "commune.session",
        string="Called again after",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The sitting at which the quorum was not reached.",
    )
    second_session_ids = fields.One2many(
        "commune.session", "first_session_id", string="Second convocation", readonly=True
    )
    lacked_quorum = fields.Boolean(
        compute="_compute_lacked_quorum",
        compute_sudo=True,
        help="It was held, presences were noted, and those who were there at the end were fewer"
        " than the quorum.",
    )
    video_allowed = fields.Boolean(related="committee_id.video_allowed")
    can_call_again = fields.Boolean(compute="_compute_lacked_quorum", compute_sudo=True)
    _second_check = models.Constraint(
        "CHECK((session_kind = 'second') = (first_session_id IS NOT NULL))",
        "A second convocation follows a sitting that lacked its quorum: press “Call again” there.",
    )
    _second_uniq = models.UniqueIndex(
        f"(first_session_id) WHERE active AND state NOT IN {DEAD}",
        "The members are already called again after this sitting.",
    )

    @api.depends(
        "state",
        "quorum_required",
        "quorum_reached",
        "committee_kind",
        "attendance_ids.presence_ids",
        "item_ids.state",
        "second_session_ids.state",
        "second_session_ids.active",
    )
    def _compute_lacked_quorum(self):
        for session in self:
            again = session.second_session_ids.filtered(lambda s: s.active and not s._is_dead())
            session.lacked_quorum = (
                session.state in HELD
                and bool(session.attendance_ids.presence_ids)
                and not session.quorum_reached
            )
            session.can_call_again = (
                session.lacked_quorum
                and session.committee_kind == "council"
                and "kept" in session.item_ids.mapped("state")
                and not again
            )

    @api.constrains("session_kind", "committee_id")
    def _check_sitting(self):
        for session in self:
            if session.session_kind != "ordinary" and session.committee_id.kind != "council":
                raise ValidationError(
                    self.env._(
                        "Only a council has a first sitting or a second convocation: %s is not"
                        " one.",
                        session.committee_id.name,
                    )
                )

    def action_call_again(self):
        """Make the second sitting: what could not be discussed, on the first day that the law
        leaves, its agenda approved already. Its notice leaves with its button.

        :return: the window of the second sitting
        """
        self.ensure_one()
        self.check_access("write")
        if not self.can_call_again:
            raise UserError(
                self.env._(
                    "The members are called again, once, when the quorum of a council was not"
                    " reached and items of its agenda were not treated."
                )
            )
        return open_record(self.sudo()._make_second().sudo(False))

    def _make_second(self):
        """:return: the second session, as superuser"""
        self.ensure_one()
        values = {"session_kind": "second", "first_session_id": self.id, "name": False}
        second = self._copy_to(self._get_second_begin(), **values)
        second.write(
            {
                "state": "agenda",
                "agenda_approved_by_id": self.agenda_approved_by_id.id,
                "agenda_approved_date": self.agenda_approved_date,
            }
        )
        self._message_log(
            body=self.env._(
                "Quorum not reached: the members are called again for %s.",
                second._get_letter_day(),
            )
        )
        return second

    def _get_second_begin(self):
        """The same hour, on the first day for which a second notice may still leave today."""
        self.ensure_one()
        today = self._to_local_day(fields.Datetime.now())
        committee = self.committee_id
        rule = committee._choose_notice_rule(committee._get_notice_rules(), "second", today)
        begin, zone = self._get_local_begin(), self.committee_id._get_zone()
        day = max(begin.date(), today)
        last = False
        while not last or last < today:
            day += timedelta(days=1)
            last = committee._get_last_sending_date(day, rule=rule) or day
        local = datetime.combine(day, begin.time())
        return pytz.timezone(zone).localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def _copy_to(self, begin, **values):
        """Another session on the same agenda: the items that were not treated, and proposals.

        :param begin: its start (UTC)
        :param values: values that differ
        """
        self.ensure_one()
        values = {
            "session_kind": self.session_kind,
            "first_session_id": self.first_session_id.id,
            "items_deadline": False,
            "urgency_reason": False,
            **values,
        }
        later = self.copy({"date_begin": begin, **values})
        advisory = later.committee_id.is_advisory
        for item in self.item_ids.filtered(lambda i: i.state in ("kept", "proposed")):
            decided = advisory and item.kind == "decision"
            kind = "opinion" if decided else item.kind
            item.copy({"session_id": later.id, "state": item.state, "kind": kind})
        return later

    # no video where the law lets nobody attend by it

    @api.constrains("video_url", "committee_id")
    def _check_video_url(self):
        for session in self:
            if session.video_url and not session.video_allowed:
                raise ValidationError(session.committee_id._get_no_video_words())

    def copy_data(self, default=None):
        """A link that was written before it was refused does not go on to another day."""
        found = super().copy_data(default)
        for session, values in zip(self, found, strict=True):
            if not session.video_allowed:
                values["video_url"] = False
        return found

    def _why_no_video(self, operation, known):
        """The sentence that refuses a new arrival by video; empty for anything else.

        :param operation: an operation of the meeting screen
        :param known: names of the operations that were taken before
        """
        by_video = operation.get("kind") == "arrive" and operation.get("mode") == "remote"
        if not by_video or self.video_allowed or operation["uid"] in known:
            return ""
        return self.committee_id._get_no_video_words()
