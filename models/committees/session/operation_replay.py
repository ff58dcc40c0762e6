"""Replay of tablet operations in the order they were made (`engine/meeting`).

The replay gives who is present and when the session opens and closes."""

import math
from datetime import UTC, datetime, timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ....engine import meeting
from ...core.row_lock import lock_rows
from .states import NOTING

_lt = LazyTranslate(__name__)

MOST_OPERATIONS = 500  # in one sending; the screen sends the rest afterwards
UID_LENGTH = (16, 64)
LONGEST_AGO = 10**8  # seconds, three years: what no clock is wrong by
OPENING_LEAD = timedelta(days=1)  # before the start: nobody is there sooner, unless it is opened
REASONS = {
    meeting.STRANGER: _lt("This member is not called to this session."),
    meeting.MODE: _lt("A member is in the room or by video."),
    meeting.EARLY: _lt("It is not the day of the session, and nobody has opened it."),
    meeting.CLOSED: _lt("The session was closed at that time: undo the closing to go on."),
    meeting.FUTURE: _lt("The clock of this tablet is ahead: set it right, then note this again."),
    meeting.NOT_OPEN: _lt("The session was not open at that time."),
    meeting.NOTED: _lt("Something was noted since the session was opened: it stays open."),
}


def to_milliseconds(moment):
    return round(moment.replace(tzinfo=UTC).timestamp() * 1000)


def to_moment(milliseconds):
    """A moment as Odoo keeps it: UTC, whole seconds; False when there is none."""
    if milliseconds is None:
        return False
    return datetime.fromtimestamp(milliseconds // 1000, UTC).replace(tzinfo=None)


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def action_start(self):
        """The chair opens the session; what the members answer by their link ends there."""
        self.check_access("write")
        screen = self.env["commune.session.meeting"]
        for session in self.filtered(lambda s: s.state == "convened"):
            screen._lock_meeting(session)
            uid = f"office-{session.id:06}-{len(session.operation_ids):06}"
            screen._log_operations(session, [{"uid": uid, "kind": "open"}])

    def apply_meeting_operations(self, operations):
        """Note the operations of a tablet. What is wrong is set aside with its reason, the rest
        counts at its own moment, whatever another tablet sent before.

        :param operations: list of {uid, kind, ago, tablet, …}; ago: seconds since the operation, so
            that a tablet whose clock is wrong notes right times
        :return: what became of each one, and the session as it is now
        """
        self.ensure_one()
        self.check_access("write")
        screen = self.env["commune.session.meeting"]
        screen._lock_meeting(self)
        operations = operations[:MOST_OPERATIONS]
        known = set(screen._get_log(self).mapped("client_uid"))
        problems = [
            screen._why_unreadable(operation) or self._why_no_video(operation, known)
            for operation in operations
        ]
        screen._log_operations(
            self, [one for one, problem in zip(operations, problems, strict=True) if not problem]
        )
        known = {line.client_uid: line for line in screen._get_log(self)}
        verdicts = screen._replay(self).verdicts
        return {
            "results": [
                screen._get_result(operation, problem, known, verdicts)
                for operation, problem in zip(operations, problems, strict=True)
            ],
            "meeting": self.get_meeting(),
        }


class CommuneSessionMeeting(models.AbstractModel):
    _inherit = "commune.session.meeting"

    def _get_result(self, operation, problem, known, verdicts):
        if problem:
            uid = operation.get("uid") if isinstance(operation, dict) else None
            return {"uid": uid, "outcome": "refused", "message": problem}
        line = known[operation["uid"]]
        outcome, message = line._get_verdict(verdicts)
        return {"uid": line.client_uid, "outcome": outcome, "message": message}

    def _lock_meeting(self, session):
        """Two tablets at the same moment: the second one starts again on what the first wrote."""
        lock_rows(session)

    @api.model
    def _why_unreadable(self, operation):
        """Why an operation cannot have come from a tablet of the addon, as a sentence."""
        kinds = dict(self.env["commune.session.operation"]._fields["kind"].selection)
        shortest, longest = UID_LENGTH
        uid = operation.get("uid") if isinstance(operation, dict) else None
        if not isinstance(uid, str) or not shortest <= len(uid) <= longest or "\0" in uid:
            return self.env._("An entry without a name cannot be noted.")
        if operation.get("kind") not in kinds:
            return self.env._("The meeting screen is out of date: load it again.")
        ago = operation.get("ago") or 0
        if not isinstance(ago, int | float) or not abs(ago) < LONGEST_AGO:
            return self.env._("The time of this entry cannot be read.")
        return ""

    # the list of operations

    def _get_log(self, session):
        """All the operations of the session, in the order of their arrival."""
        return self.env["commune.session.operation"].search([("session_id", "=", session.id)])

    def _log_operations(self, session, operations):
        """Store the operations that are new, then update the session from the whole list."""
        log = self._get_log(session)
        known, fresh = set(log.mapped("client_uid")), {}
        for operation in operations:
            if operation["uid"] not in known:
                fresh.setdefault(operation["uid"], {**operation})
        if not fresh:
            return
        before, steps = self._replay(session), []
        self._date_operations(log, fresh.values())
        for operation in fresh.values():
            if session.state in NOTING and meeting.is_replayed(operation["kind"]):
                steps.append(operation)
            else:
                self._keep_operation(session, operation, self._log_operation(session, operation))
        if session.state not in NOTING:
            return
        after = self._replay(session, steps)
        for operation in steps:
            verdict = after.verdicts[operation["uid"]]
            kept = {"outcome": verdict.outcome, "message": self._explain(verdict)}
            self._keep_operation(session, operation, kept)
        self._apply_course(session, before, after)

    def _date_operations(self, log, operations):
        """Give each operation its moment (at) and that of its arrival (received), in
        milliseconds."""
        now = to_milliseconds(datetime.now(UTC))
        last = {}
        for known in log._get_operations():
            if known.tablet and known.at <= known.received:
                last[known.tablet] = max(known.at, last.get(known.tablet, 0))
        for operation in operations:
            tablet = operation.get("tablet")
            tablet = tablet[:64] if isinstance(tablet, str) else ""
            ago = float(operation.get("ago") or 0)
            at = meeting.date_operation(now, ago, last.get(tablet, 0))
            if tablet and at <= now:
                last[tablet] = at
            operation.update(tablet=tablet, at=at, received=now)

    def _log_operation(self, session, operation):
        """Carry out one note; a refused one is kept too, with what was typed.

        :return: values of the line that keeps it
        """
        try:
            if session.state not in NOTING:
                raise UserError(
                    self.env._(
                        "The %(minutes)s are out: the session is not noted any more.",
                        minutes=session._get_minutes_word(),
                    )
                )
            if operation["at"] > operation["received"]:
                raise UserError(self.env._(REASONS[meeting.FUTURE]))
            with self.env.cr.savepoint():
                values = getattr(self, f"_apply_{operation['kind']}")(session, operation) or {}
                self.env.flush_all()
            return {"outcome": "applied", **values}
        except UserError as error:
            message = str(error)
        except (ValueError, TypeError, AttributeError, psycopg2.DataError, psycopg2.IntegrityError):
            message = self.env._("This entry cannot be read: note it again.")
        self.env.invalidate_all(flush=False)
        return {"outcome": "refused", "message": message}

    def _keep_operation(self, session, operation, values):
        line = {
            "session_id": session.id,
            "client_uid": operation["uid"],
            "kind": operation["kind"],
            "payload": _get_payload(operation),
            "noted_at": to_moment(operation["at"]),
            **values,
        }
        return self.env["commune.session.operation"].sudo().create(line)

    # the course

    def _replay(self, session, fresh=()):
        """Course of the session, replayed from the list of operations.

        :param fresh: operations that are not in the list yet
        :return: engine.meeting.Course
        """
        session.ensure_one()
        log = self._get_log(session)
        doors = to_milliseconds(session.date_begin - OPENING_LEAD)
        operations = [*self._get_manual_operations(session, log, doors), *log._get_operations()]
        operations += [_read_operation(one["uid"], one["kind"], one) for one in fresh]
        return meeting.replay(operations, set(session.attendance_ids.ids), doors)

    def _get_manual_operations(self, session, log, doors):
        """Attendance recorded outside the meeting screen, as operations."""
        kinds = set(log.mapped("kind"))
        manual = []
        if session.opened_at and "open" not in kinds:
            manual.append(("opened", "open", {"at": to_milliseconds(session.opened_at)}))
        if session.closed_at and "close" not in kinds:
            manual.append(("closed", "close", {"at": to_milliseconds(session.closed_at)}))
        for row in session.attendance_ids.presence_ids.filtered(lambda row: not row.client_uid):
            values = {"attendance": row.attendance_id.id, "mode": row.mode}
            arrived = {**values, "at": max(doors, to_milliseconds(row.arrived_at))}
            manual.append((f"row {row.id}", "arrive", arrived))
            if row.left_at:
                left = {**values, "at": to_milliseconds(row.left_at)}
                manual.append((f"row {row.id} left", "leave", left))
        return [_read_operation(uid, kind, values) for uid, kind, values in manual]

    def _apply_course(self, session, before, after):
        """Write what new operations change; what was corrected by hand and does not concern them
        stays."""
        change = meeting.compare(before, after)
        rows = {
            row.client_uid.partition(":")[2] if row.client_uid else f"row {row.id}": row
            for row in session.sudo().attendance_ids.presence_ids
        }
        Presence = self.env[
            "commune.attendance.presence"
        ].sudo()  # the list of operations is checked
        Presence.union(*(rows[uid] for uid in change.removed if uid in rows)).unlink()
        # Those who left first: nobody is there twice, even for a moment.
        for one in sorted((*change.corrected, *change.added), key=lambda one: one.left is None):
            values = {
                "arrived_at": to_moment(one.arrived),
                "left_at": to_moment(one.left),
                "mode": one.mode,
            }
            if one.uid in rows:
                rows[one.uid].write(values)
                rows[one.uid].flush_recordset()
            else:
                uid = f"{session.id}:{one.uid}"
                Presence.create({"attendance_id": one.seat, "client_uid": uid, **values})
        self._apply_steps(session, before, after)

    def _apply_steps(self, session, before, after):
        values = {}
        if after.opened != before.opened:
            state = "convened" if after.opened is None else "held"
            values.update(state=state, opened_at=to_moment(after.opened))
        if after.closed != before.closed:
            values["closed_at"] = to_moment(after.closed)
        opened = values.get("opened_at", session.opened_at)
        closed = values.get("closed_at", session.closed_at)
        if values and opened and closed and closed < opened:
            values["closed_at"] = opened
        if values:
            session.sudo().write(values)

    @api.model
    def _explain(self, verdict):
        """The sentence of a refusal; empty for what was taken."""
        return self.env._(REASONS[verdict.reason]) if verdict.reason else ""

    # shown on the screen for this reason

    def _get_set_aside(self, session, course):
        """Operations that do not count, with their reason, for the screen that made them."""
        names = {line.id: line.partner_id.name for line in session.attendance_ids}
        found = []
        for line in self._get_log(session):
            outcome, message = line._get_verdict(course.verdicts)
            if outcome == "refused":
                found.append(
                    {
                        "uid": line.client_uid,
                        "kind": line.kind,
                        "name": names.get(line.payload.get("attendance"), ""),
                        "text": line.payload.get("value") or line.payload.get("text") or "",
                        "noted_at": fields.Datetime.to_string(line.noted_at),
                        "message": message or "",
                    }
                )
        return found

    def _is_before_day(self, session):
        """Opened now, the session would be opened before its day."""
        return bool(session.date and session._to_local_day(fields.Datetime.now()) < session.date)

    def _can_undo_opening(self, session, course):
        """Nothing was noted since the session was opened."""
        if session.state != "held" or course.opened is None:
            return False
        now = to_milliseconds(datetime.now(UTC))
        undo = {"uid": "undo", "kind": "undo_open", "at": max(now, course.opened)}
        return self._replay(session, [undo]).verdicts["undo"].outcome == "applied"


class CommuneSessionOperation(models.Model):
    _inherit = "commune.session.operation"

    def _get_operations(self):
        """These operations in the format of the engine; a refused note has no effect."""
        return [
            _read_operation(
                line.client_uid,
                line.kind,
                {"at": to_milliseconds(line.noted_at), "received": None, **line.payload},
            )
            for line in self
            if line.outcome != "refused" or meeting.is_replayed(line.kind)
        ]

    def _get_verdict(self, verdicts):
        """(outcome, sentence) of an operation today.

        :param verdicts: as the replay of the session returns them
        """
        self.ensure_one()
        if meeting.is_replayed(self.kind) and self.session_id.state in NOTING:
            verdict = verdicts[self.client_uid]
            return verdict.outcome, self.env["commune.session.meeting"]._explain(verdict)
        return self.outcome, self.message


def _get_payload(operation):
    """What PostgreSQL can keep of an operation: its texts, numbers and choices."""
    return {
        name: value.replace("\0", "") if isinstance(value, str) else value
        for name, value in operation.items()
        if name not in ("uid", "ago")
        and name.isidentifier()
        and (isinstance(value, str | int | None) or _is_number(value))
    }


def _is_number(value):
    return isinstance(value, float) and math.isfinite(value)


def _read_operation(uid, kind, values):
    seat = values.get("attendance")
    return meeting.Operation(
        uid,
        kind,
        values["at"],
        seat if isinstance(seat, int) else None,
        values.get("mode") or "room",
        values.get("tablet") or "",
        values.get("received") or values["at"],
    )
