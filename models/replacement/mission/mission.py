"""Mission: an agent in a commune, under an agreement, in dated versions."""

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("prepared", "Being prepared"),
    ("confirmed", "Confirmed"),
    ("running", "In progress"),
    ("done", "Finished"),
    ("evaluated", "Evaluated"),
    ("invoiced", "Invoiced"),
    ("suspended", "Suspended"),
    ("ended_early", "Ended early"),
    ("cancelled", "Cancelled"),
]
# Why a mission ended before its day, and by whose fault when there is one.
END_CAUSES = [
    ("need", "The need is over"),
    ("agent_away", "The agent is away or leaves"),
    ("misfit", "Other tasks or skills than foreseen"),
    ("commune_fault", "Fault of the commune"),
    ("agent_fault", "Fault of the agent"),
    ("service_fault", "Fault of the service"),
    ("other", "Other"),
]
LIVE = ("prepared", "confirmed", "running", "suspended")


class CommuneReplacementMission(models.Model):
    _name = "commune.replacement.mission"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.letter.document.mixin",
        "commune.readonly.fields.mixin",
    ]
    _description = "Mission of replacement"
    _values_at_creation = {"name": None}  # `create` gives it
    _order = "date_start desc, id desc"

    # As superuser: who reads a mission may not open the file of its agent.
    display_name = fields.Char(compute_sudo=True)
    name = fields.Char(string="Reference", readonly=True, copy=False, default="/")
    request_id = fields.Many2one(
        "commune.replacement.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    proposal_id = fields.Many2one(
        "commune.replacement.proposal",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    commune_id = fields.Many2one(
        related="request_id.commune_id", string="Commune", store=True, index=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Agent", required=True, readonly=True, index=True, ondelete="restrict"
    )
    agreement_id = fields.Many2one(
        "agreement",
        string="Convention",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    state = fields.Selection(
        STATES, required=True, default="prepared", readonly=True, tracking=True, index=True
    )
    slot_ids = fields.One2many("commune.replacement.slot", "mission_id", string="Half-days")
    half_day_count = fields.Integer(
        string="Number of half-days", compute="_compute_period", store=True
    )
    date_start = fields.Date(string="From the", compute="_compute_period", store=True)
    date_end = fields.Date(string="Until", compute="_compute_period", store=True)
    amendment_ids = fields.One2many("commune.replacement.amendment", "mission_id")
    version = fields.Integer(compute="_compute_version", store=True)
    user_id = fields.Many2one("res.users", string="Followed by", default=lambda self: self.env.user)

    # conditions
    workplace = fields.Char()
    tasks = fields.Text()
    contact_id = fields.Many2one(
        "res.partner", string="Contact in the commune", index="btree_not_null"
    )
    tutor_id = fields.Many2one("hr.employee")
    distance_km = fields.Integer(string="Distance (km)", help="One way, from the home base.")
    needs_civil_registry = fields.Boolean(
        related="request_id.needs_civil_registry", string="Signature of civil registry acts"
    )
    legal_check_done = fields.Boolean(
        string="Delegation checked by the legal department",
        tracking=True,
        help="CGCT, art. R2122-10: the mayor's delegation goes to permanent civil servants of the"
        " commune. An agent lent by the intercommunality is not literally one.",
    )

    # end
    ended_by = fields.Selection(
        [("commune", "The commune"), ("agent", "The agent"), ("service", "The service")],
        readonly=True,
        tracking=True,
    )
    end_reason = fields.Text(readonly=True)
    end_cause = fields.Selection(
        END_CAUSES,
        string="Cause of the early end",
        readonly=True,
        groups="commune_relations.group_replacement_coordinator",
        help="Noted by the coordination, and read by it alone.",
    )

    @api.depends("slot_ids.date", "slot_ids.state")
    def _compute_period(self):
        for mission in self:
            slots = mission.slot_ids.filtered(lambda s: s.state != "cancelled")
            days = (slots or mission.slot_ids).mapped("date")
            mission.half_day_count = len(slots)
            mission.date_start = min(days, default=False)
            mission.date_end = max(days, default=False)

    @api.depends("amendment_ids")
    def _compute_version(self):
        for mission in self:
            mission.version = max(mission.amendment_ids.mapped("number"), default=0)

    @api.depends("name", "commune_id", "employee_id")
    def _compute_display_name(self):
        for mission in self:
            number = self.env._("New mission") if mission.name == "/" else mission.name
            agent = mission.employee_id.name
            mission.display_name = " – ".join(
                filter(None, (number, mission.commune_id.name, agent))
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # before the sequence is consumed: a refusal would leave a gap
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence._next_of_year("commune.replacement.mission")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A mission is never deleted: cancel it."))

    @api.model
    def _create_from_proposal(self, proposal, slots):
        """The mission that both sides agreed to, with its first version and its lists."""
        # Neither a mission nor its half-days are typed by hand.
        kept, held = proposal.sudo(), slots.sudo()
        request = proposal.request_id
        agreements = request.commune_id._get_replacement_agreements(min(slots.mapped("date")))
        mission = kept.env[self._name].create(
            {
                "request_id": request.id,
                "proposal_id": proposal.id,
                "employee_id": proposal.employee_id.id,
                "agreement_id": agreements[:1].id,
                "workplace": request.workplace,
                "tasks": request.tasks,
                "contact_id": request.requester_id.id,
                "distance_km": request.distance_km,
                "user_id": request.user_id.id or self.env.uid,
                "transport": "own" if kept.employee_id.has_licence else "public",
            }
        )
        held.mission_id = mission
        mission = mission.with_env(self.env)
        mission._open_version("initial", slots[:1].date, self.env._("Agreed by both sides"))
        mission._prepare_lists()
        return mission

    def _get_coordination_reply(self):
        """Reply address of a letter about this mission: the officer who follows it."""
        mission = self.sudo()
        return mission.request_id._get_coordination_reply(mission.user_id)

    # steps

    def action_confirm(self):
        self.check_access("write")
        for mission in self:
            mission._expect("prepared")
            mission._check_ready()
        self._set({"state": "confirmed"})

    def _check_ready(self):
        """What must be in order before an agent starts."""
        self.ensure_one()
        if self.needs_civil_registry and not self.legal_check_done:
            raise UserError(
                self.env._(
                    "The commune asks for the signature of civil registry acts: the legal"
                    " department must check the delegation first (CGCT, art. R2122-10)."
                )
            )
        missing = self.access_ids.filtered(lambda a: a.is_required and a.state == "missing")
        if missing:
            raise UserError(
                self.env._(
                    "Accesses are missing: %s. Have them opened, or say that they are not needed.",
                    ", ".join(missing.mapped("name")),
                )
            )

    def action_start(self):
        self.check_access("write")
        for mission in self:
            mission._expect("confirmed")
        self._set({"state": "running"})

    def action_finish(self):
        """The end: the exit handover is complete and the accesses are closed."""
        self.check_access("write")
        for mission in self:
            mission._expect("confirmed", "running")
            mission._check_handed_over()
        self._set({"state": "done"})

    def _check_handed_over(self):
        self.ensure_one()
        left = self.checklist_ids.filtered(lambda item: item.stage == "exit" and not item.is_done)
        if left:
            raise UserError(
                self.env._("The exit handover is not complete: %s.", ", ".join(left.mapped("name")))
            )
        opened = self.access_ids.filtered(lambda a: a.state == "open")
        if opened:
            raise UserError(
                self.env._("These accesses are still open: %s.", ", ".join(opened.mapped("name")))
            )

    def _expect(self, *states):
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(name)s is at the step “%(state)s”: this cannot be done now.",
                    name=self.name,
                    state=labels[self.state],
                )
            )
