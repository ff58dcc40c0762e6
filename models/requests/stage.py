"""Steps of a request: what each one means, whatever its name."""

from odoo import api, fields, models

KINDS = [
    ("received", "Received"),
    ("in_progress", "In progress"),
    ("waiting", "Waiting for the commune"),
    ("to_validate", "Answer to validate"),
    ("answered", "Answered"),
    ("closed", "Closed"),
    ("rerouted", "Not for us"),
    ("cancelled", "Cancelled"),
]
OPEN_KINDS = ("received", "in_progress", "waiting", "to_validate")
CLOSED_KINDS = ("closed", "rerouted", "cancelled")


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    kind = fields.Selection(
        KINDS,
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="What the step means for the promised date and for the commune, whatever its name.",
    )

    @api.depends("closed", "unattended")
    def _compute_kind(self):
        """Steps that were there before the addon, or made without a kind."""
        for stage in self:
            if stage.closed:
                stage.kind = stage.kind if stage.kind in CLOSED_KINDS else "closed"
            elif not stage.kind or stage.kind in CLOSED_KINDS:
                stage.kind = "received" if stage.unattended else "in_progress"

    @api.model
    def _put_away_former(self):
        """Archive the steps of helpdesk_mgmt that no request uses: ours replace them."""
        Data = self.env["ir.model.data"].sudo()
        former = Data.search([("module", "=", "helpdesk_mgmt"), ("model", "=", self._name)])
        stages = self.browse(former.mapped("res_id")).exists()
        used = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        (stages - used.search([("stage_id", "in", stages.ids)]).stage_id).active = False

    @api.model
    def _get_kind(self, kind, team=None):
        """The first step of a kind that a team uses, its own before those of all."""
        stages = (team or self.env["helpdesk.ticket.team"])._get_applicable_stages()
        found = stages.filtered(lambda s: s.kind == kind)
        return found.sorted(lambda s: not s.team_ids)[:1]
