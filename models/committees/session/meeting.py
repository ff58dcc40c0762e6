"""The meeting screen: what it shows. What it sends is in `operation_replay.py`."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...core.collation import collate
from ...core.window_actions import open_action
from .states import HELD, NOTING


class CommuneSession(models.Model):
    _inherit = "commune.session"

    opened_at = fields.Datetime(string="Opened at", copy=False, tracking=True)
    closed_at = fields.Datetime(string="Closed at", copy=False, tracking=True)
    operation_ids = fields.One2many("commune.session.operation", "session_id", readonly=True)
    _opened_check = models.Constraint(
        "CHECK(closed_at IS NULL OR opened_at IS NULL OR closed_at >= opened_at)",
        "A session cannot be closed before it is opened.",
    )

    def action_open_meeting(self):
        """The screen of the secretary during the session."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in (*NOTING, *HELD):
            raise UserError(self.env._("The members are not convened yet."))
        return open_action(
            self, "meeting_screen_action", name=self.display_name, context={"active_id": self.id}
        )

    # The session as the meeting screen shows it.

    def get_meeting(self):
        """Everything that the screen needs to work for hours without network."""
        self.ensure_one()
        self.check_access("write")
        self.invalidate_recordset(["present_count", "quorum_reached"])
        screen = self.env["commune.session.meeting"]
        conflicts = screen._get_conflicts(self)
        course = screen._replay(self)
        return {
            "session": screen._get_meeting_session(self, course),
            "members": screen._get_meeting_members(self),
            "items": screen._get_meeting_items(self),
            "decisions": screen._get_meeting_decisions(self, course),
            "conflicts": [screen._get_meeting_conflict(line) for line in conflicts],
            "set_aside": screen._get_set_aside(self, course),
            "people": screen._get_meeting_people(self),
        }


class CommuneSessionMeeting(models.AbstractModel):
    _name = "commune.session.meeting"
    _description = "Meeting screen of a session"

    def _get_meeting_session(self, session, course):
        begin, letter = session._get_local_begin(), self.env["commune.letter"]
        return {
            "id": session.id,
            "name": session.name or session.committee_id.name,
            "day": letter._format_date(begin.date()),
            "hour": letter._format_hour(begin.hour + begin.minute / 60),
            "room": session.room or "",
            "video_url": session.video_url or "",
            "chair": session.chair_id.name or "",
            "state": session.state,
            "is_noting": session.is_noting,
            "is_before_day": self._is_before_day(session),
            "can_undo_opening": self._can_undo_opening(session, course),
            "opened_at": fields.Datetime.to_string(session.opened_at) or "",
            "closed_at": fields.Datetime.to_string(session.closed_at) or "",
            "zone": session.committee_id._get_zone(),
            "quorum_required": session.quorum_required,
            "quorum_reached": session.quorum_reached,
            "present_count": session.present_count,
            "remote_counts": session.committee_id.remote_counts,
            "video_allowed": session.video_allowed,
            "is_advisory": session.committee_id.is_advisory,
            "is_council": session._is_council(),
            "no_quorum": session._get_no_quorum_words() if session._needs_quorum() else "",
        }

    def _get_meeting_members(self, session):
        seats = {line.member_id: line.id for line in session.attendance_ids}
        return [
            {
                "id": line.id,
                "name": line.partner_id.name,
                "order": line.partner_id.lastname or line.partner_id.name or "",
                "title": line.title or "",
                # Of a municipal council all are of one commune.
                "commune": "" if session.is_municipal else line.commune_id.name or "",
                "college": line.college or "",
                "role": line.role,
                "voting": line.voting,
                "titular": seats.get(line.member_id.deputy_of_id, False),
                "mode": line.current_mode or "",
                "presences": [
                    {
                        "arrived_at": fields.Datetime.to_string(presence.arrived_at),
                        "left_at": fields.Datetime.to_string(presence.left_at) or "",
                        "mode": presence.mode,
                    }
                    for presence in line.presence_ids
                ],
                "answer": line.answer or "",
                "represented_by": line.represented_by or "",
                "proxy_to": line.proxy_to_id.id or False,
            }
            for line in session.attendance_ids
        ]

    def _get_meeting_items(self, session):
        kinds = dict(session.item_ids._fields["kind"]._description_selection(self.env))
        on_screen = session.item_ids.filtered(
            lambda item: item.state in ("kept", "treated") or item._is_postponed_in_session()
        )
        return [
            {
                "id": item.id,
                "name": item.name,
                "kind": kinds[item.kind],
                "rapporteur": item.rapporteur_id.name or "",
                "duration": item.duration,
                "state": item.state,
                "notes": item.notes or "",
                "outcome": item.outcome or "",
                "followed": item.followed_decision_id.number or "",
            }
            for item in on_screen.sorted(lambda item: (item.sequence, item.id))
        ]

    def _get_meeting_decisions(self, session, course):
        seats, uids = session._get_seats(), self._get_decision_uids(session)
        return [
            {
                "id": decision.id,
                "uid": uids.get(decision, ""),
                "item": decision.item_id.id,
                "number": decision.number or "",
                "text": decision.text,
                "owner": decision.owner_id.id or False,
                "deadline": fields.Date.to_string(decision.deadline) or "",
                "present": session._count_present(seats, course.votes.get(uids.get(decision))),
            }
            for decision in session.decision_ids.sorted("id")
        ]

    def _get_decision_uids(self, session):
        """{decision: name of the operation that made it}, of those that the screen noted."""
        made = session.operation_ids.filtered(lambda line: line.kind == "decision")
        return {line.decision_id: line.client_uid for line in made}

    def _count_present_for(self, session, decision):
        """How many counted for the quorum when the screen noted this decision; False when another
        screen did."""
        uid = self._get_decision_uids(session).get(decision)
        return session._count_present(
            session._get_seats(), self._replay(session).votes.get(uid) if uid else None
        )

    def _get_meeting_conflict(self, line):
        return {
            "uid": line.client_uid,
            "target": line.payload.get("target"),
            "field": line.payload.get("field"),
            "item": line.item_id.id or line.decision_id.item_id.id,
            "decision": line.decision_id.id or False,
            "value": line.payload.get("value") or "",
            "author": line.create_uid.name,
            "noted_at": fields.Datetime.to_string(line.noted_at),
        }

    def _get_meeting_people(self, session):
        """Who may be in charge of a decision: anyone who is at the session, and the staff."""
        staff = self.env.ref("commune_relations.group_referent").sudo().all_user_ids
        people = (
            session.attendance_ids.partner_id
            | session.item_ids.rapporteur_id
            | session.chair_id
            | session.decision_ids.owner_id
            | staff.filtered("active").partner_id
        )
        return [
            {"id": p.id, "name": p.name} for p in people.sudo().sorted(lambda p: collate(p.name))
        ]


class CommuneSessionItem(models.Model):
    _inherit = "commune.session.item"

    def _is_postponed_in_session(self):
        """Put off during the session, not before it: the screen noted it."""
        self.ensure_one()
        return self.state == "postponed" and any(
            line.kind == "item" and line.item_id == self for line in self.session_id.operation_ids
        )
