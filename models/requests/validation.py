"""Validations of the answers to sensitive requests: a log that nobody rewrites."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneRequestValidation(models.Model):
    _name = "commune.request.validation"
    _description = "Validation of an answer"
    _order = "date, id"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    step = fields.Selection(
        [("owner", "Owner"), ("lead", "Lead of the team"), ("direction", "Management")],
        required=True,
        readonly=True,
    )
    decision = fields.Selection(
        [
            ("asked", "Asked"),
            ("validated", "Validated"),
            ("sent_back", "Sent back"),
            ("reset", "To ask again"),
        ],
        required=True,
        readonly=True,
        help="To ask again: the answer or the team changed after the validation was asked.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    note = fields.Char(readonly=True)
    answer_hash = fields.Char(
        string="Print of the answer",
        readonly=True,
        help="SHA-256 of the text at hand: it proves which text was validated.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("The log of validations cannot be erased."))

    def write(self, vals):
        if vals:
            raise UserError(self.env._("The log of validations cannot be rewritten."))
        return super().write(vals)
