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
    _name = "helpdesk.ticket.stage"
    _inherit = ["helpdesk.ticket.stage", "commune.readonly.fields.mixin"]
    _readonly_fields = frozenset()  # what is worked out apart

    kind = fields.Selection(
        KINDS,
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="What the step means for the promised date and for the commune, whatever its name.",
    )

    serves_communes = fields.Boolean(
        string="Step of the requests of communes",
        help="For the teams that answer communes; the other teams have the other steps.",
    )

    # Kept with the columns that Odoo reads anyway: the third-party tickets ask no more.
    has_teams = fields.Boolean(
        string="Step of some teams", compute="_compute_has_teams", store=True
    )

    @api.depends("team_ids.active")
    def _compute_has_teams(self):
        for stage in self:
            stage.has_teams = bool(stage.team_ids)

    @api.depends("closed", "unattended")
    def _compute_kind(self):
        """Steps that were there before the addon, or made without a kind."""
        for stage in self:
            if stage.closed:
                stage.kind = stage.kind if stage.kind in CLOSED_KINDS else "closed"
            elif not stage.kind or stage.kind in CLOSED_KINDS:
                stage.kind = "received" if stage.unattended else "in_progress"

    @api.model
    def _get_kind(self, kind, team=None):
        """First stage of a kind that a team uses, its own before shared ones; the stages of the
        desk for the request of a commune that is with a third-party team."""
        if not (team and team.serves_communes):
            team = self.env["helpdesk.ticket.team"]._get_desk().with_env(self.env)
        found = team._get_applicable_stages().filtered(lambda s: s.kind == kind)
        return found.sorted(lambda s: not s.team_ids)[:1]
