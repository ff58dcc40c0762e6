"""Periods for which a request waits for the commune."""

from odoo import api, fields, models


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
