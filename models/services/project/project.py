"""Projects of new services: from the idea to the review six months after the launch."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STAGES = [
    ("idea", "Idea"),
    ("need", "Need"),
    ("legal", "Legal basis"),
    ("price", "Price simulation"),
    ("pilot", "Pilot"),
    ("decision", "Go / no go"),
    ("launch", "Launch"),
    ("review", "Review at 6 months"),
    ("done", "Done"),
    ("dropped", "Dropped"),
]
REVIEW_MONTHS = 6


class CommuneServiceProject(models.Model):
    _name = "commune.service.project"
    _inherit = ["mail.thread", "mail.activity.mixin", "commune.readonly.fields.mixin"]
    _description = "Project of a service"
    _order = "priority desc, create_date desc, id desc"
    # The step itself is written one gate at a time: see gate.py.
    _readonly_reason = _lt("A project passes its gates one after the other.")
    _readonly_fields = frozenset({"stage_date"})
    _values_at_creation = {"stage": "idea"}

    name = fields.Char(required=True, tracking=True)
    stage = fields.Selection(
        STAGES,
        default="idea",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
        index=True,
        group_expand="_expand_stages",
    )
    stage_date = fields.Date(
        string="At this step since",
        readonly=True,
        copy=False,
        default=lambda self: self.env.company._get_today(),
    )
    priority = fields.Selection([("0", "Normal"), ("1", "Important")], default="0")
    active = fields.Boolean(default=True)
    color = fields.Integer()
    user_id = fields.Many2one(
        "res.users", string="Followed by", default=lambda self: self.env.user, tracking=True
    )
    department_id = fields.Many2one(
        "helpdesk.ticket.team", string="Department supported", ondelete="restrict"
    )
    family_id = fields.Many2one("commune.service.family", ondelete="restrict")
    service_id = fields.Many2one(
        "commune.service",
        copy=False,
        ondelete="restrict",
        help="The sheet in the catalogue, written during the study.",
    )
    description = fields.Html()
    need_ids = fields.One2many("commune.service.need", "project_id", string="Expressed needs")
    need_count = fields.Integer(compute="_compute_needs")
    asking_commune_ids = fields.Many2many(
        "res.partner", compute="_compute_needs", string="Communes that asked"
    )

    # need
    survey_ref = fields.Char(
        string="Survey", help="Survey or interviews that establish the need, with the date."
    )
    interested_commune_ids = fields.Many2many(
        "res.partner",
        "commune_service_project_interested_rel",
        string="Communes interested",
        domain="[('is_commune', '=', True)]",
    )
    volume = fields.Char(string="Volume expected", help="“120 files a year, 9 communes”.")

    # legal basis
    legal_basis_id = fields.Many2one("commune.legal.basis", ondelete="restrict")
    legal_note = fields.Text(string="Legal opinion")
    committee_date = fields.Date(string="Opinion of the staff committee on")
    committee_opinion = fields.Char(string="Opinion of the staff committee")

    # price
    yearly_cost = fields.Float(string="Cost for the intercommunality (per year)", digits=(16, 2))
    scenario_ids = fields.One2many(
        "commune.service.scenario", "project_id", string="Price scenarios"
    )
    scenario_id = fields.Many2one(
        "commune.service.scenario",
        string="Scenario chosen",
        ondelete="restrict",
        copy=False,
        domain="[('project_id', '=', id)]",
    )

    # pilot
    pilot_commune_ids = fields.Many2many(
        "res.partner",
        "commune_service_project_pilot_rel",
        string="Pilot communes",
        domain="[('is_commune', '=', True)]",
    )
    pilot_start = fields.Date()
    pilot_end = fields.Date()
    pilot_result = fields.Text(string="What the pilot showed")

    # decision
    decision = fields.Selection([("go", "Go"), ("no_go", "No go")], tracking=True, copy=False)
    decision_date = fields.Date(string="Decided on", tracking=True, copy=False)
    decision_by = fields.Char(string="Decided by", help="COPIL, bureau, vice-president…")
    decision_note = fields.Text(string="Reasons")

    # launch and review
    launch_ref = fields.Char(string="Deliberation of the launch")
    launch_date = fields.Date(string="Launched on", tracking=True)
    review_date = fields.Date(
        string="Review due on", compute="_compute_review_date", store=True, readonly=False
    )
    review_note = fields.Text(string="Review at 6 months")
    _pilot_check = models.Constraint(
        "CHECK(pilot_end IS NULL OR pilot_start IS NULL OR pilot_end >= pilot_start)",
        "A pilot cannot end before it starts.",
    )

    @api.model
    def _expand_stages(self, stages, domain):
        return [stage for stage, _label in STAGES]

    @api.depends("need_ids.commune_ids")
    def _compute_needs(self):
        for project in self:
            project.need_count = len(project.need_ids)
            project.asking_commune_ids = project.need_ids.commune_ids

    @api.depends("launch_date")
    def _compute_review_date(self):
        for project in self:
            launch = project.launch_date
            project.review_date = launch and launch + relativedelta(months=REVIEW_MONTHS)

    def action_open_needs(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Needs heard"),
            "res_model": "commune.service.need",
            "view_mode": "list,form",
            "domain": [("project_id", "=", self.id)],
            "context": {"default_project_id": self.id},
        }
