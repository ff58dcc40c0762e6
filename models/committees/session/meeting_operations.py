"""What each note of the meeting screen writes; the second of two tablets finds it done. Who is
there, and when the session is open, is in `operation_replay.py`."""

from odoo import fields, models
from odoo.exceptions import UserError

MOST_CHARACTERS = 100_000
# Texts that the screen writes.
TEXTS = {"item": ("notes", "outcome"), "decision": ("text",)}
UNCHANGED = {"outcome": "unchanged"}


def clean(text):
    """A text as it is compared: the ends of lines of every system, no blank at the end."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.rstrip()[:MOST_CHARACTERS]


class CommuneSessionMeeting(models.AbstractModel):
    _inherit = "commune.session.meeting"

    # items and texts

    def _find_item(self, session, item_id):
        item = session.item_ids.filtered(lambda i: i.id == item_id)
        if not item:
            raise UserError(self.env._("This item is not on the agenda any more."))
        return item

    def _apply_item(self, session, operation):
        item = self._find_item(session, operation.get("item"))
        state = operation.get("state")
        if state not in ("kept", "treated", "postponed"):
            raise UserError(self.env._("An item is treated, postponed or still to come."))
        if item.state == state:
            return {**UNCHANGED, "item_id": item.id}
        item.state = state
        return {"item_id": item.id}

    def _apply_text(self, session, operation):
        """Write a text unless it changed since the tablet read it; else keep both: the current one,
        and this one in the list of operations until a user chooses."""
        record, keys = self._find_text(session, operation)
        name = operation.get("field")
        settled = self._find_conflict(session, operation, keys)
        values = {**keys, "settles_id": settled.id}
        value, current = clean(operation.get("value")), clean(record[name])
        if value == current:
            return {**UNCHANGED, **values}
        if not value and operation["target"] == "decision":
            raise UserError(self.env._("A decision has a text."))
        if clean(operation.get("base")) != current:
            message = self.env._("Somebody else wrote here in the meantime: both texts are kept.")
            return {**values, "outcome": "conflict", "message": message}
        record[name] = value
        return values

    def _find_text(self, session, operation):
        """:return: the record that holds the text, and how the operation refers to it"""
        target, name = operation.get("target"), operation.get("field")
        if name not in TEXTS.get(target, ()):
            raise UserError(self.env._("The meeting screen does not write this text."))
        if target == "item":
            record = self._find_item(session, operation.get("item"))
            return record, {"item_id": record.id}
        record = self._find_decision(session, operation)
        return record, {"decision_id": record.id}

    def _find_conflict(self, session, operation, keys):
        """The conflict that this text ends: the one chosen on the screen, or an earlier state
        of the same text typed without knowing that there was a conflict."""
        pending = self._get_conflicts(session).filtered(
            lambda line: (
                line.payload.get("field") == operation.get("field")
                and all(line[key].id == value for key, value in keys.items())
            )
        )
        chosen = pending.filtered(lambda line: line.client_uid == operation.get("settles"))
        base = clean(operation.get("base"))
        same = pending.filtered(lambda line: base and clean(line.payload.get("value")) == base)
        return chosen[:1] or same[-1:]

    def _get_conflicts(self, session):
        """Texts that wait for somebody to choose."""
        return self.env["commune.session.operation"].search(
            [
                ("session_id", "=", session.id),
                ("outcome", "=", "conflict"),
                ("settled_by_ids", "=", False),
            ]
        )

    # decisions

    def _find_decision(self, session, operation):
        """By its number here, or by the name of the operation that made it on the tablet."""
        if uid := operation.get("decision_uid"):
            made = self.env["commune.session.operation"].search(
                [("session_id", "=", session.id), ("client_uid", "=", uid)]
            )
            decision = made.decision_id
        else:
            decision = session.decision_ids.filtered(lambda d: d.id == operation.get("decision"))
        if not decision:
            raise UserError(self.env._("This decision is not one of this session."))
        return decision

    def _apply_decision(self, session, operation):
        text = clean(operation.get("text"))
        if not text:
            raise UserError(self.env._("A decision has a text."))
        item = self._find_item(session, operation.get("item"))
        decision = self.env["commune.decision"].create(
            {
                "session_id": session.id,
                "item_id": item.id,
                "topic_id": item.topic_id.id,
                "text": text,
                **self._read_decision_values(session, operation),
            }
        )
        return {"item_id": item.id, "decision_id": decision.id}

    def _apply_decision_values(self, session, operation):
        decision = self._find_decision(session, operation)
        decision.write(self._read_decision_values(session, operation))
        return {"decision_id": decision.id}

    def _read_decision_values(self, session, operation):
        values = {}
        if "owner" in operation:
            people = {person["id"] for person in self._get_meeting_people(session)}
            owner = operation["owner"] or False
            if owner and owner not in people:
                raise UserError(self.env._("Choose somebody of the session or of the staff."))
            values["owner_id"] = owner
        if "deadline" in operation:
            try:
                values["deadline"] = fields.Date.to_date(operation["deadline"] or False)
            except ValueError as error:
                raise UserError(self.env._("This date cannot be read.")) from error
        return values
