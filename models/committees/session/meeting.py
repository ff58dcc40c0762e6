"""The meeting screen: what it shows, and the gestures that it sends."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.row_lock import lock_rows
from ...core.window import open_action
from .states import HELD, NOTING

MOST_OPERATIONS = 500  # in one sending; the screen sends the rest afterwards
MOST_CHARACTERS = 100_000
UID_LENGTH = (16, 64)


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

    def action_start(self):
        """The chair opens the session; what the members answer by their link ends there."""
        self.check_access("write")
        for session in self.filtered(lambda s: s.state == "convened"):
            session._open(fields.Datetime.now())

    def _open(self, moment):
        self.ensure_one()
        if self.state == "convened":
            self.sudo().write({"state": "held", "opened_at": self.opened_at or moment})

    # what the screen sends

    def apply_meeting_operations(self, operations):
        """Note the gestures of a tablet, in the order in which they were made.

        :param operations: list of {uid, kind, ago, …}; ago: seconds since the gesture, so that
            a tablet whose clock is wrong notes right times
        :return: what became of each one, and the session as it is now
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_meeting()
        operations = self._read_operations(operations)
        known = {
            line.client_uid: line
            for line in self.env["commune.session.operation"].search(
                [("session_id", "=", self.id), ("client_uid", "in", [o["uid"] for o in operations])]
            )
        }
        for operation in operations:
            uid = operation["uid"]
            known[uid] = known.get(uid) or self._note_operation(operation)
        return {
            "results": [
                {
                    "uid": o["uid"],
                    "outcome": known[o["uid"]].outcome,
                    "message": known[o["uid"]].message,
                }
                for o in operations
            ],
            "meeting": self.get_meeting(),
        }

    def _lock_meeting(self):
        """Two tablets at the same moment: the second one starts again on what the first wrote."""
        lock_rows(self)

    @api.model
    def _read_operations(self, operations):
        """Refuse what no tablet of ours sends."""
        kinds = dict(self.env["commune.session.operation"]._fields["kind"].selection)
        shortest, longest = UID_LENGTH
        for operation in operations[:MOST_OPERATIONS]:
            uid = operation.get("uid")
            if not isinstance(uid, str) or not shortest <= len(uid) <= longest:
                raise UserError(self.env._("A gesture without a name cannot be noted."))
            if operation.get("kind") not in kinds:
                raise UserError(self.env._("The meeting screen is out of date: load it again."))
        return operations[:MOST_OPERATIONS]

    def _note_operation(self, operation):
        """Carry out one gesture; a refused one is kept too, with what was typed."""
        now = fields.Datetime.now()
        moment = now - timedelta(seconds=max(0, round(float(operation.get("ago") or 0))))
        values = {"outcome": "applied"}
        try:
            with self.env.cr.savepoint():
                if self.state not in NOTING:
                    raise UserError(
                        self.env._("The minutes are out: the session is not noted any more.")
                    )
                values.update(getattr(self, f"_apply_{operation['kind']}")(operation, moment) or {})
                self.env.flush_all()
        except UserError as error:
            self.env.invalidate_all()
            values = {"outcome": "refused", "message": str(error)}
        payload = {name: value for name, value in operation.items() if name not in ("uid", "ago")}
        Operation = self.env["commune.session.operation"].sudo()
        return Operation.create(
            {
                "session_id": self.id,
                "client_uid": operation["uid"],
                "kind": operation["kind"],
                "payload": payload,
                "noted_at": moment,
                **values,
            }
        )

    # The session as the meeting screen shows it.

    def get_meeting(self):
        """Everything that the screen needs to work for hours without network."""
        self.ensure_one()
        self.check_access("write")
        self.invalidate_recordset(["present_count", "quorum_reached"])
        conflicts = self._get_conflicts()
        return {
            "session": self._get_meeting_session(),
            "members": self._get_meeting_members(),
            "items": self._get_meeting_items(),
            "decisions": self._get_meeting_decisions(),
            "conflicts": [self._get_meeting_conflict(line) for line in conflicts],
            "people": self._get_meeting_people(),
        }

    def _get_meeting_session(self):
        begin, letter = self._get_local_begin(), self.env["commune.letter"]
        return {
            "id": self.id,
            "name": self.name or self.committee_id.name,
            "day": letter._format_day(begin.date()),
            "hour": letter._format_hour(begin.hour + begin.minute / 60),
            "room": self.room or "",
            "video_url": self.video_url or "",
            "chair": self.chair_id.name or "",
            "state": self.state,
            "is_noting": self.is_noting,
            "opened_at": fields.Datetime.to_string(self.opened_at) or "",
            "closed_at": fields.Datetime.to_string(self.closed_at) or "",
            "zone": self.committee_id._get_zone(),
            "quorum_required": self.quorum_required,
            "quorum_reached": self.quorum_reached,
            "present_count": self.present_count,
            "remote_counts": self.committee_id.remote_counts,
        }

    def _get_meeting_members(self):
        seats = {line.member_id: line.id for line in self.attendance_ids}
        return [
            {
                "id": line.id,
                "name": line.partner_id.name,
                "order": line.partner_id.lastname or line.partner_id.name or "",
                "title": line.title or "",
                "commune": line.commune_id.name or "",
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
            for line in self.attendance_ids
        ]

    def _get_meeting_items(self):
        kinds = dict(self.item_ids._fields["kind"]._description_selection(self.env))
        on_screen = self.item_ids.filtered(
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

    def _get_meeting_decisions(self):
        uids = {
            line.decision_id: line.client_uid
            for line in self.operation_ids.filtered(lambda o: o.kind == "decision")
        }
        return [
            {
                "id": decision.id,
                "uid": uids.get(decision, ""),
                "item": decision.item_id.id,
                "number": decision.number or "",
                "text": decision.text,
                "owner": decision.owner_id.id or False,
                "deadline": fields.Date.to_string(decision.deadline) or "",
            }
            for decision in self.decision_ids.sorted("id")
        ]

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

    def _get_meeting_people(self):
        """Who may be in charge of a decision: whoever is at the session, and the staff."""
        staff = self.env.ref("commune_relations.group_referent").sudo().all_user_ids
        people = (
            self.attendance_ids.partner_id
            | self.item_ids.rapporteur_id
            | self.chair_id
            | self.decision_ids.owner_id
            | staff.filtered("active").partner_id
        )
        return [{"id": p.id, "name": p.name} for p in people.sudo().sorted("name")]


class CommuneSessionItem(models.Model):
    _inherit = "commune.session.item"

    def _is_postponed_in_session(self):
        """Put off during the session, not before it: the screen noted it."""
        self.ensure_one()
        return self.state == "postponed" and any(
            line.kind == "item" and line.item_id == self for line in self.session_id.operation_ids
        )
