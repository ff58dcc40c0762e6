"""Arrivals and departures at a session."""

from odoo import fields, models


class CommuneAttendancePresence(models.Model):
    _name = "commune.attendance.presence"
    _description = "Presence at a session"
    _order = "attendance_id, arrived_at, id"

    attendance_id = fields.Many2one(
        "commune.attendance", required=True, index=True, ondelete="cascade"
    )
    session_id = fields.Many2one(related="attendance_id.session_id", store=True, index=True)
    arrived_at = fields.Datetime(
        string="Time of arrival",
        required=True,
        default=lambda self: fields.Datetime.now(),
    )
    left_at = fields.Datetime(
        string="Time of departure", help="Empty: until the end of the session."
    )
    mode = fields.Selection(
        [("room", "In the room"), ("remote", "By video")], required=True, default="room"
    )
    client_uid = fields.Char(
        readonly=True,
        copy=False,
        help="Given by the screen that noted it without network: sent twice, it is kept once.",
    )

    _period_check = models.Constraint(
        "CHECK(left_at IS NULL OR left_at >= arrived_at)",
        "A member cannot leave before arriving.",
    )
    _open_uniq = models.UniqueIndex(
        "(attendance_id) WHERE left_at IS NULL", "This member is already there."
    )
    _client_uniq = models.UniqueIndex(
        "(client_uid) WHERE client_uid IS NOT NULL", "This arrival is already noted."
    )
