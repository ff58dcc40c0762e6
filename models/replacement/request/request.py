"""Requests of replacement: what a commune needs, for how long, and what became of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.inside import is_inside
from ...territory.partner.selectable import check_selectable
from ..agent.hr_employee import CATEGORIES

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("qualified", "Qualified"),
    ("searching", "Being searched"),
    ("proposed", "Agent proposed"),
    ("accepted", "Agreed to"),
    ("filled", "Filled"),
    ("partially_filled", "Partly filled"),
    ("closed", "Closed"),
    ("unfilled", "Not filled"),
    ("refused", "Turned down"),
    ("cancelled", "Cancelled"),
    ("redirected", "Redirected"),
]
ENDED = ("closed", "unfilled", "refused", "cancelled", "redirected")
# Why the commune asks: never what the agent suffers from.
REASONS = [
    ("absence", "Unforeseen absence"),
    ("parental", "Maternity or paternity"),
    ("leave", "Annual leave"),
    ("training", "Training"),
    ("discharge", "Time off for a mandate or duty"),
    ("vacancy", "Vacant post"),
    ("workload", "Extra workload"),
    ("handover", "Handover overlap"),
    ("recurring", "Recurring support"),
]
CHANNELS = [
    ("portal", "Portal"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("other", "Other"),
]
URGENCIES = [
    ("same_day", "The same day"),
    ("next_day", "The next day"),
    ("normal", "Normal"),
    ("planned", "Planned long before"),
]
UNFILLED_REASONS = [
    ("skill", "Nobody has the skill"),
    ("software", "Nobody knows the software"),
    ("no_agent", "No agent free"),
    ("distance", "Too far"),
    ("exclusion", "Exclusion"),
    ("no_agreement", "No convention"),
    ("other", "Other"),
]
REDIRECTIONS = [
    ("none", "No redirection"),
    ("cdg", "Management centre (centre de gestion)"),
    ("service", "Another service of the intercommunality"),
    ("commune", "Another commune"),
    ("market", "Recruitment by the commune"),
]
LEVELS = [("1", "1 – with help"), ("2", "2 – alone"), ("3", "3 – can train others")]


class CommuneReplacementRequest(models.Model):
    _name = "commune.replacement.request"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.letter",
        "commune.letter.document.mixin",
        "commune.week.grid",
        "commune.readonly.fields.mixin",
    ]
    _description = "Request of replacement"
    _order = "date_start desc, id desc"
    _values_at_creation = {"name": None}  # `_draw_numbers` gives it
    _mail_post_access = "read"  # of the activities of colleagues; who speaks: see core/posting

    name = fields.Char(string="Reference", readonly=True, copy=False, default="/")
    code = fields.Char(string="Code in the file", copy=False, index="btree_not_null")
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
        tracking=True,
    )
    requester_id = fields.Many2one(
        "res.partner",
        string="Asked by",
        ondelete="restrict",
        index="btree_not_null",
        # Those who hold something in the commune today, in its own name the commune itself.
        domain="['|', ('id', '=', commune_id), ('held_mandate_ids', 'any',"
        " [('commune_id', '=', commune_id), ('state', 'in', ['current'])])]",
    )
    requester_title = fields.Char(string="Function of the person")
    channel = fields.Selection(CHANNELS, required=True, default="phone")
    received_date = fields.Datetime(string="Received on", default=fields.Datetime.now)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, tracking=True, copy=False, index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Followed by", default=lambda self: self.env.user, tracking=True
    )

    # the need
    reason = fields.Selection(REASONS, required=True, default="absence")
    post = fields.Char(string="Post replaced", required=True)
    post_ratio = fields.Integer(string="Working time of the post (%)")
    job_family = fields.Char(string="Job")
    tasks = fields.Text(help="What the agent will have to do. No health data.")
    minimum_category = fields.Selection(CATEGORIES, default="C")
    need_ids = fields.One2many("commune.replacement.need", "request_id", string="Skills")
    software_ids = fields.Many2many("commune.software", help="The agent must know one of them.")
    needs_civil_registry = fields.Boolean(string="Signature of civil registry acts")
    telework_possible = fields.Boolean(string="Telework possible")
    wanted_employee_id = fields.Many2one(
        "hr.employee",
        string="Agent wished for",
        ondelete="restrict",
        domain="[('is_replacement_agent', '=', True)]",
    )
    wanted_agent_name = fields.Char(string="Agent wished for (in the words of the commune)")
    is_splittable = fields.Boolean(
        string="Several agents possible", default=True, help="Else one agent for the whole."
    )
    flexibility = fields.Char(
        string="Details on the days",
        help="For the persons who handle the request: this note moves no half-day.",
    )
    urgency = fields.Selection(URGENCIES, required=True, default="normal", tracking=True)
    deadlines = fields.Char(help="Payroll, budget, council: what must be ready and when.")
    evening_date = fields.Date(string="Evening duty on")
    evening_start = fields.Float(string="Evening duty starts at")
    evening_end = fields.Float(string="Evening duty ends at")
    workplace = fields.Char()
    access_conditions = fields.Text(string="Access (keys, codes, who welcomes)")

    # the period
    date_start = fields.Date(string="From the", required=True, tracking=True)
    date_end = fields.Date(string="Until", required=True, tracking=True)
    slot_ids = fields.One2many("commune.replacement.slot", "request_id", string="Half-days")
    slot_count = fields.Integer(string="Half-days asked", compute="_compute_counts", store=True)
    filled_count = fields.Integer(string="Half-days filled", compute="_compute_counts", store=True)
    fill_text = fields.Char(string="Filled", compute="_compute_fill_text")
    agent_text = fields.Char(string="Agents", compute="_compute_agent_text", compute_sudo=True)

    # the outcome
    agreement_id = fields.Many2one(
        "agreement",
        string="Convention",
        readonly=True,
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
    )
    has_agreement = fields.Boolean(compute="_compute_has_agreement")
    unfilled_reason = fields.Selection(UNFILLED_REASONS, tracking=True, copy=False)
    redirection = fields.Selection(REDIRECTIONS, tracking=True, copy=False)
    outcome_note = fields.Text(string="Outcome", copy=False)
    closed_date = fields.Datetime(readonly=True, copy=False)
    is_locked = fields.Boolean(
        string="Agents locked", help="The plan of a period does not change this request."
    )
    _period_check = models.Constraint(
        "CHECK(date_end >= date_start)", "The request ends before it starts."
    )
    _code_uniq = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "A request of this code was already imported."
    )
    _outcome_check = models.Constraint(
        "CHECK(state != 'unfilled' OR (unfilled_reason IS NOT NULL AND redirection IS NOT NULL))",
        "Say why the request was not filled, and to whom the commune was directed.",
    )

    @api.constrains("requester_id", "commune_id")
    def _check_requester(self):
        check_selectable(self, "requester_id")

    @api.depends("name", "code", "commune_id", "post")
    def _compute_display_name(self):
        for request in self:
            number = self.env._("Draft") if request.name == "/" else request.name
            number = f"{number} ({request.code})" if request.code else number
            parts = (number, request.commune_id.name, request.post)
            request.display_name = " – ".join(filter(None, parts))

    @api.depends("slot_ids.state")
    def _compute_counts(self):
        for request in self:
            states = request.slot_ids.mapped("state")
            request.slot_count = len(states) - states.count("cancelled")
            request.filled_count = states.count("held") + states.count("filled")

    @api.depends("slot_count", "filled_count")
    def _compute_fill_text(self):
        for request in self:
            request.fill_text = f"{request.filled_count} / {request.slot_count}"

    @api.depends("slot_ids.employee_id")
    def _compute_agent_text(self):
        for request in self:
            # Not filtered(), which would read the agents of one request after the other.
            slots = [slot for slot in request.slot_ids if slot.state != "cancelled"]
            agents = dict.fromkeys(slot.employee_id for slot in slots if slot.employee_id)
            request.agent_text = ", ".join(agent.name for agent in agents)

    @api.model
    def _draw_numbers(self, vals_list):
        self.check_access("create")  # before the sequence is consumed: a refusal would leave a gap
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence._next_of_year("commune.replacement.request")

    def _generate_first_slots(self, vals_list):
        self._generate_slots()

    def _generate_changed_slots(self, vals):
        is_kept = is_inside(self.env, "replacement_keep_slots")
        if self._touches_slots(vals) and not is_kept:
            self._generate_slots()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A request of replacement is never deleted: cancel it, or close it.")
        )

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["requester_id"]


class CommuneReplacementNeed(models.Model):
    _name = "commune.replacement.need"
    _description = "Skill asked for"
    _order = "request_id, id"
    _rec_name = "skill_id"

    request_id = fields.Many2one(
        "commune.replacement.request", required=True, index=True, ondelete="cascade"
    )
    skill_id = fields.Many2one(
        "hr.skill",
        required=True,
        ondelete="restrict",
        domain="[('commune_code', '!=', False)]",
    )
    level = fields.Selection(LEVELS, required=True, default="2")
    _skill_uniq = models.Constraint(
        "UNIQUE(request_id, skill_id)", "This skill is already asked for in the request."
    )
