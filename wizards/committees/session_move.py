"""Wizard: postpone or cancel a session, and notify the members already convened."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.core.window_actions import open_record


class CommuneSessionMove(models.TransientModel):
    _name = "commune.session.move"
    _description = "Postpone or call off a session"

    session_id = fields.Many2one("commune.session", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("postpone", "Postpone to another day"), ("cancel", "Call off the session")],
        required=True,
        default="postpone",
    )
    date_begin = fields.Datetime(string="New start")
    reason = fields.Text(help="The members read it.")
    called_count = fields.Integer(compute="_compute_called_count")

    def _compute_called_count(self):
        for move in self:
            session = move.session_id
            move.called_count = len(session.attendance_ids) if session.notice_date else 0

    def action_apply(self):
        self.ensure_one()
        session = self.session_id
        session.check_access("write")
        new_begin = self.date_begin if self.kind == "postpone" else None
        if self.kind == "postpone" and (not new_begin or new_begin <= fields.Datetime.now()):
            raise UserError(self.env._("Give the new day and time, in the future."))
        later = session._call_off(self.reason, new_begin)
        if not later:
            return {"type": "ir.actions.act_window_close"}
        return open_record(later)
