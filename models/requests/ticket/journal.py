"""Periods for which a request waits for the commune."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class CommuneRequestPause(models.Model):
    _name = "commune.request.pause"
    _description = "Wait for the commune"
    _order = "date_start, id"
    _rec_name = "date_start"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Request", required=True, index=True, ondelete="cascade"
    )
    date_start = fields.Datetime(string="Since", required=True, default=fields.Datetime.now)
    date_end = fields.Datetime(string="Until")
    reason = fields.Selection(
        [("waiting", "The commune was asked something"), ("closed", "The request had its answer")],
        required=True,
        default="waiting",
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "A wait cannot end before it starts."
    )
    _running_uniq = models.UniqueIndex(
        "(ticket_id) WHERE date_end IS NULL", "This request is already waiting."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """An end that is still in memory would leave two running waits: write it first."""
        self.flush_model(["date_end"])
        return super().create(vals_list)


class CommuneRequestTransfer(models.Model):
    _name = "commune.request.transfer"
    _inherit = ["commune.append.only"]
    _description = "Hand-over of a request"
    _order = "date, id"
    _rec_name = "ticket_id"
    _kept_reason = _lt("The log of hand-overs is neither rewritten nor erased.")
    _copied_fields = frozenset({"commune_id", "topic_id"})

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


class CommuneRequestValidation(models.Model):
    _name = "commune.request.validation"
    _inherit = ["commune.append.only"]
    _description = "Validation of an answer"
    _order = "date, id"
    _rec_name = "ticket_id"
    _kept_reason = _lt("The log of validations is neither rewritten nor erased.")

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
