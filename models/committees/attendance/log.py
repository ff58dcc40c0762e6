"""What a member answered, and when: a second answer replaces the first, both are kept."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from .attendance import ANSWERS

_lt = LazyTranslate(__name__)


class CommuneAttendanceAnswer(models.Model):
    _name = "commune.attendance.answer"
    _inherit = ["commune.append.only"]
    _description = "Answer of a member"
    _order = "date desc, id desc"
    _log_access = False
    _kept_reason = _lt("The history of the answers is neither changed nor deleted.")

    attendance_id = fields.Many2one(
        "commune.attendance", required=True, readonly=True, index=True, ondelete="cascade"
    )
    session_id = fields.Many2one(related="attendance_id.session_id", store=True, index=True)
    date = fields.Datetime(required=True, readonly=True, default=lambda self: fields.Datetime.now())
    answer = fields.Selection(ANSWERS, readonly=True, help="Empty: the answer was withdrawn.")
    detail = fields.Char(readonly=True, help="To whom the proxy is given, or who comes instead.")
    comment = fields.Char(readonly=True)
    channel = fields.Selection(
        [("link", "Personal link"), ("portal", "Portal"), ("staff", "Noted by the staff")],
        required=True,
        readonly=True,
    )
    author_id = fields.Many2one(
        "res.partner", string="By", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    @api.depends("answer", "date")
    def _compute_display_name(self):
        labels = dict(self._fields["answer"]._description_selection(self.env))
        for line in self:
            line.display_name = labels.get(line.answer, "")


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

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_video()
        return rows

    def write(self, vals):
        turned = self.filtered(lambda row: row.mode != vals.get("mode", row.mode))
        result = super().write(vals)
        turned._check_video()
        return result

    def _check_video(self):
        """What the meeting screen noted was checked as it arrived, and is replayed as it was."""
        for row in self.filtered(lambda row: row.mode == "remote" and not row.client_uid):
            committee = row.session_id.committee_id
            if not committee.video_allowed:
                raise ValidationError(committee._get_no_video_words())
