"""The meeting screen: what it shows, and the gestures that it sends."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .session import HELD

# States in which the secretary notes who comes and what is said.
NOTING = ("convened", "held")
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
        action = self.env["ir.actions.actions"]._for_xml_id(
            "commune_relations.meeting_screen_action"
        )
        return {**action, "name": self.display_name, "context": {"active_id": self.id}}

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
        """Two tablets at the same moment: the second one waits, then starts again on what the
        first one wrote (Odoo runs a request again after a serialisation failure)."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE commune_session SET write_date = write_date WHERE id = %s", self.id)
        )

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
        return (
            self.env["commune.session.operation"]
            .sudo()
            .create(
                {
                    "session_id": self.id,
                    "client_uid": operation["uid"],
                    "kind": operation["kind"],
                    "payload": payload,
                    "noted_at": moment,
                    **values,
                }
            )
        )
