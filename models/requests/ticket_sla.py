"""The clocks of a request: one row for each commitment of the charter.

The rows of helpdesk_mgmt_sla are kept (its report reads them), their arithmetic is replaced:
engine.calendar.promise counts working days, knows public holidays, pauses and reopenings.
"""

from odoo import api, fields, models


class HelpdeskTicketSla(models.Model):
    _inherit = "helpdesk.ticket.sla"

    ticket_id = fields.Many2one(index=True)
    sla_id = fields.Many2one(index=True)
    milestone = fields.Selection(related="sla_id.milestone", store=True)
    deadline = fields.Datetime(compute=None, help="End of the last day.")
    deadline_date = fields.Date(string="Promised for", readonly=True)
    hours = fields.Float(compute=None)
    expected_stage_id = fields.Many2one(compute=None)
    last_state_date = fields.Datetime(compute=None)
    state = fields.Selection(
        selection_add=[
            ("accomplished", "Kept"),
            ("in_progress", "Running"),
            ("expired", "Late"),
            ("on_hold", "Waiting for the commune"),
            ("excluded", "Nothing promised"),
        ],
        compute=None,
        default="in_progress",
        ondelete={"excluded": "set default"},
    )
    reached_date = fields.Datetime(string="Kept on", readonly=True)

    _ticket_sla_uniq = models.Constraint(
        "UNIQUE(ticket_id, sla_id)", "A commitment is followed once for each request."
    )

    @api.depends("state", "deadline")
    def _compute_expired(self):
        now = fields.Datetime.now()
        for clock in self:
            clock.expired = clock.state == "expired" or (
                clock.state == "in_progress" and bool(clock.deadline) and clock.deadline < now
            )

    def _compute_color(self):
        colors = {"accomplished": 10, "expired": 1, "in_progress": 3}
        for clock in self:
            clock.color = 1 if clock.expired else colors.get(clock.state, 0)

    def _stage_recompute(self):
        """Steps no longer drive the clocks: `helpdesk.ticket._update_clocks` does."""


class HelpdeskSlaReport(models.Model):
    _inherit = "helpdesk.sla.report"

    def _where_sla(self):
        """What is promised nothing is neither kept nor late."""
        return f"{super()._where_sla()} AND hts.state != 'excluded'"
