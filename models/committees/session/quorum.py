"""Quorum: how many members are needed, how many are there. Proxies never count for it.

CGCT, L.2121-17: the majority of the members in office is present; proxies are not counted."""

from odoo import api, fields, models


class CommuneSession(models.Model):
    _inherit = "commune.session"

    voting_count = fields.Integer(string="Members in office", compute="_compute_quorum")
    quorum_required = fields.Integer(
        string="Quorum", compute="_compute_quorum", help="0 when the committee has no quorum."
    )
    present_count = fields.Integer(
        string="Present",
        compute="_compute_quorum",
        help="Members in office in the room now or at the end of the session, and those by video"
        " when the committee counts them.",
    )
    remote_count = fields.Integer(string="By video", compute="_compute_quorum")
    proxy_count = fields.Integer(
        string="Proxies", compute="_compute_quorum", help="Proxies whose holder is present."
    )
    quorum_reached = fields.Boolean(compute="_compute_quorum")
    expected_count = fields.Integer(
        string="Expected",
        compute="_compute_quorum",
        help="Members in office who said that they come, or that somebody comes for them.",
    )
    answer_count = fields.Integer(string="Answers", compute="_compute_quorum")

    @api.model
    def _get_quorum_required(self, committee, seats):
        """How many of these seats must be there: 24 of 46 for a majority."""
        if committee.quorum_mode == "majority":
            return seats // 2 + 1
        if committee.quorum_mode == "number":
            return committee.quorum_number
        return 0

    @api.depends(
        "committee_id.quorum_mode",
        "committee_id.quorum_number",
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
            session.quorum_required = self._get_quorum_required(committee, len(seats))
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
            session.answer_count = len(lines.filtered("answer"))

    @api.model
    def _get_seated(self, lines):
        """Seats that are taken now: by the member, or by the deputy of an absent member."""
        there = lines.filtered("current_mode")
        seated = there.filtered("voting")
        for deputy in there - seated:
            titular = deputy.member_id.deputy_of_id
            free = titular not in (there | seated).member_id
            # One deputy for one seat: two deputies of the same member do not count twice.
            if titular.voting and free and titular not in seated.member_id.deputy_of_id:
                seated |= deputy
        return seated
