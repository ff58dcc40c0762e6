"""Quorum: how many members are needed, how many are there, who of them presides. Proxies never
count for it.

CGCT, L.2121-17: the majority of the members in office is present; proxies are not counted."""

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.meeting import Seat, find_seated

ATTENDED = ("present", "remote")
AWAY = ("excused", "proxy", "represented")


class CommuneSession(models.Model):
    _inherit = "commune.session"

    voting_count = fields.Integer(
        string="Members in office", compute="_compute_quorum", compute_sudo=True
    )
    quorum_required = fields.Integer(
        string="Quorum",
        compute="_compute_quorum",
        compute_sudo=True,
        help="0 when the committee has no quorum.",
    )
    present_count = fields.Integer(
        string="Present",
        compute="_compute_quorum",
        compute_sudo=True,
        help="Members in office in the room now or at the end of the session, and those by video"
        " when the committee counts them.",
    )
    remote_count = fields.Integer(string="By video", compute="_compute_quorum", compute_sudo=True)
    proxy_count = fields.Integer(
        string="Proxies",
        compute="_compute_quorum",
        compute_sudo=True,
        help="Proxies whose holder is present.",
    )
    quorum_reached = fields.Boolean(compute="_compute_quorum", compute_sudo=True)
    expected_count = fields.Integer(
        string="Expected",
        compute="_compute_quorum",
        compute_sudo=True,
        help="Members in office who said that they come, or that somebody comes for them.",
    )
    answer_count = fields.Integer(
        string="Answers", compute="_compute_answer_count", compute_sudo=True
    )

    def _get_quorum_required(self, committee, seats):
        """Quorum for these seats: 24 of 46 for a majority.

        The rule of this kind of session comes before that of the committee."""
        mode = self.notice_rule_id.quorum or committee._get_quorum_mode()
        if mode == "majority":
            return seats // 2 + 1
        if mode == "number":
            return committee.quorum_number
        return 0

    @api.depends(
        "committee_id.quorum_mode",
        "committee_id.quorum_number",
        "committee_id.kind",
        "committee_id.own_rule",
        "notice_rule_id.quorum",
        "committee_id.remote_counts",
        "attendance_ids.voting",
        "attendance_ids.answer",
        "attendance_ids.proxy_to_id",
        "attendance_ids.presence_ids.left_at",
        "attendance_ids.presence_ids.mode",
    )
    def _compute_quorum(self):
        for session in self:
            committee = session.committee_id
            lines = session.attendance_ids
            seats = lines.filtered("voting")
            there = session._get_seated(lines)
            remote = there.filtered(lambda line: line.current_mode == "remote")
            counted = there if committee.remote_counts else there - remote
            session.voting_count = len(seats)
            session.quorum_required = session._get_quorum_required(committee, len(seats))
            session.present_count = len(counted)
            session.remote_count = len(remote)
            session.proxy_count = len(
                seats.filtered(
                    lambda line, there=there: (
                        line not in there and line.answer == "proxy" and line.proxy_to_id in there
                    )
                )
            )
            session.quorum_reached = session.present_count >= session.quorum_required
            coming = ("present", "represented", *(["remote"] if committee.remote_counts else []))
            session.expected_count = len(seats.filtered(lambda line: line.answer in coming))  # noqa: B023

    @api.depends("attendance_ids.answer")
    def _compute_answer_count(self):
        """Counted by PostgreSQL: a list of sessions reads none of their lines for it."""
        answered = Domain("session_id", "in", self.ids) & Domain("answer", "!=", False)
        counts = dict(
            self.env["commune.attendance"]._read_group(answered, ["session_id"], ["__count"])
        )
        for session in self:
            session.answer_count = counts.get(session._origin, 0)

    def _get_seats(self):
        """The seats of the session as the engine reads them."""
        self.ensure_one()
        lines = {line.member_id: line.id for line in self.attendance_ids}
        return [
            Seat(line.id, line.voting, lines.get(line.member_id.deputy_of_id))
            for line in self.attendance_ids
        ]

    def _get_seated(self, lines):
        """Lines of those who take a seat now: members, or the deputy of an absent one."""
        there = {line.id for line in lines.filtered("current_mode")}
        return lines.browse(find_seated(self._get_seats(), there))

    def _count_present(self, seats, there):
        """How many counted for the quorum when these were there.

        :param there: {id of line: mode}; None: not known
        :return: a number; False when it is not known
        """
        if there is None:
            return False
        remote_counts = self.committee_id.remote_counts
        seated = find_seated(seats, there)
        return len([seat for seat in seated if remote_counts or there[seat] != "remote"])

    # who presides

    def _get_chair(self):
        """The chair (res.partner), as superuser: of this session, else of its committee."""
        self.ensure_one()
        session = self.sudo()
        day = session.date_begin and session._get_local_begin().date()
        usual = session.committee_id._get_usual_chair
        return session.chair_id or usual(
            day or session.env.company._get_today(), session.session_kind
        )

    def _get_vice_chairs(self):
        """Lines of the vice-chairs, in the order of their mandates (CGCT, L.2122-17)."""
        lines = self.sudo().attendance_ids.filtered(lambda line: line.role == "vice_chair")
        return lines.sorted(lambda line: (line.member_id.mandate_id.rank or 99, line.id))

    def _get_chair_line(self):
        """The line of the chair; empty when the chair of this session has no seat."""
        self.ensure_one()
        lines, chair = self.sudo().attendance_ids, self._get_chair()
        return lines.filtered(lambda line: line.partner_id == chair)[:1]

    def _get_presiding(self):
        """Who presides (res.partner), as superuser: see `_filter_there`.

        The chair by default; nobody when the chair is away and no vice-chair attends: the members
        then choose."""
        self.ensure_one()
        chair, line = self._get_chair(), self._get_chair_line()
        if not line or self._filter_there(line):
            return chair
        vices = self._get_vice_chairs()
        there = self._filter_there(vices)
        return there.sorted(lambda one: vices.ids.index(one.id))[:1].partner_id

    def _filter_there(self, lines):
        """Lines of members present: from the attendance once begun, else from the answers."""
        came = self.sudo().attendance_ids.filtered(lambda one: one.actual in ATTENDED)
        return lines & came if came else lines.filtered(lambda one: one.answer not in AWAY)
