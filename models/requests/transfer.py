"""Hand-overs of a request between teams: a log that nobody rewrites."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneRequestTransfer(models.Model):
    _name = "commune.request.transfer"
    _description = "Hand-over of a request"
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
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    from_team_id = fields.Many2one(
        "helpdesk.ticket.team", string="From", required=True, readonly=True, index=True
    )
    to_team_id = fields.Many2one(
        "helpdesk.ticket.team", string="To", required=True, readonly=True, index=True
    )
    from_user_id = fields.Many2one("res.users", string="From whom", readonly=True)
    to_user_id = fields.Many2one("res.users", string="To whom", readonly=True)
    reason = fields.Char(required=True, readonly=True)
    manager_reason = fields.Char(
        readonly=True, help="Why a manager allowed one more hand-over than was promised."
    )
    author_id = fields.Many2one(
        "res.users", string="By", readonly=True, default=lambda self: self.env.user
    )
    rank = fields.Integer(readonly=True, aggregator=None, help="1 for the first hand-over.")
    hold_hours = fields.Float(
        string="Hours held",
        readonly=True,
        aggregator="avg",
        help="Time, in hours of the clock, for which the former team held the request.",
    )
    commune_id = fields.Many2one(related="ticket_id.commune_id", store=True, index=True)
    topic_id = fields.Many2one(related="ticket_id.topic_id", store=True, index=True)

    _rank_uniq = models.Constraint(
        "UNIQUE(ticket_id, rank)",
        "This request has just been handed over by somebody else: look at it again.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("The log of hand-overs cannot be erased."))

    def write(self, vals):
        """Append only: stored copies of the request's commune and topic are all that changes."""
        if set(vals) - {"commune_id", "topic_id"}:
            raise UserError(self.env._("The log of hand-overs cannot be rewritten."))
        return super().write(vals)
