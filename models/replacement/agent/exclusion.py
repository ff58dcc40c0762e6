"""An agent who does not go to a commune any more: at the wish of either side. The rule that keeps
it is in `engine/staffing/rules.py`."""

from odoo import api, fields, models
from odoo.fields import Domain


class CommuneExclusion(models.Model):
    """The reason stays with the service: neither the commune nor the agent reads it."""

    _name = "commune.exclusion"
    _inherit = ["mail.thread"]
    _description = "Exclusion between an agent and a commune"
    _order = "date_end desc, id desc"

    employee_id = fields.Many2one(
        "hr.employee",
        string="Agent",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_replacement_agent', '=', True)]",
        tracking=True,
    )
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
        tracking=True,
    )
    side = fields.Selection(
        [
            ("both", "Both sides"),
            ("commune", "The commune"),
            ("agent", "The agent"),
            ("rule", "A rule (conflict of interest)"),
        ],
        string="At the wish of",
        required=True,
        default="both",
        tracking=True,
    )
    reason = fields.Text(required=True, help="Read by the service only.")
    date_start = fields.Date(
        string="From the",
        required=True,
        default=lambda self: self.env.company._get_today(),
        tracking=True,
    )
    date_end = fields.Date(string="Until", tracking=True, help="Last day; empty: no end foreseen.")
    active = fields.Boolean(default=True)
    is_running = fields.Boolean(compute="_compute_is_running", search="_search_is_running")
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "The exclusion ends before it starts.",
    )

    # One running exclusion for a pair: two would be ended by halves.
    _period_excl = models.Constraint(
        "EXCLUDE USING gist (employee_id WITH =, commune_id WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "This agent and this commune already have an exclusion in this period.",
    )

    @api.depends("employee_id", "commune_id")
    def _compute_display_name(self):
        for exclusion in self:
            exclusion.display_name = (
                f"{exclusion.employee_id.name or ''} – {exclusion.commune_id.name or ''}"
            )

    @api.depends("date_start", "date_end")
    def _compute_is_running(self):
        today = self.env.company._get_today()
        for exclusion in self:
            exclusion.is_running = bool(
                exclusion.date_start
                and exclusion.date_start <= today
                and (not exclusion.date_end or exclusion.date_end >= today)
            )

    def _search_is_running(self, operator, value):
        if operator != "in" or set(value) - {True}:
            return NotImplemented
        return Domain("date_start", "<=", "today") & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", "today")
        )

    @api.model_create_multi
    def create(self, vals_list):
        # An end that was just written counts: PostgreSQL compares the periods.
        self.flush_model(["date_start", "date_end", "active"])
        return super().create(vals_list)
