"""Progress of a decision: each note stays, the last one says where it stands."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .decision import DECISION_STATES


class CommuneDecisionNote(models.Model):
    _name = "commune.decision.note"
    _description = "Progress note of a decision"
    _order = "date desc, id desc"
    _rec_name = "text"

    decision_id = fields.Many2one(
        "commune.decision", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, readonly=True, default=lambda self: fields.Datetime.now())
    author_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(DECISION_STATES, required=True, readonly=True)
    text = fields.Text(required=True, readonly=True)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A progress note cannot be changed: write another one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A progress note cannot be deleted: write another one."))
