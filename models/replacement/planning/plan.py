"""A plan for a period: computed, looked at with what it costs, corrected, then saved."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine.staffing import check, with_arrivals
from ..agent.hr_employee import COORDINATOR
from .engine_adapter import agent_code, build, request_code
from .request import TO_PLAN

# Half-days to fill that are planned while the person waits: beyond, it takes more than two seconds.
MOST_AT_ONCE = 1000
STATES = [
    ("draft", "To compute"),
    ("running", "Being computed"),
    ("done", "To look at"),
    ("applied", "Saved"),
    ("failed", "Failed"),
]


class CommuneReplacementPlan(models.Model):
    _name = "commune.replacement.plan"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Plan of replacements"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    date_start = fields.Date(
        string="From the", required=True, default=lambda self: self.env.company._get_today()
    )
    date_end = fields.Date(string="Until", required=True)
    request_ids = fields.Many2many(
        "commune.replacement.request", string="Requests", compute="_compute_request_ids"
    )
    solver = fields.Selection(
        [("greedy", "In order of arrival (at once)"), ("cpsat", "Best plan (in the background)")],
        string="Method",
        required=True,
        default="greedy",
        help="Only the best plan moves a request to the other half-days that would do.",
    )
    seconds = fields.Integer(string="Time allowed (seconds)", default=60)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    stop_asked = fields.Boolean(readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
    )
    requested = fields.Integer(string="Half-days asked", readonly=True, copy=False)
    filled = fields.Integer(string="Half-days filled", readonly=True, copy=False)
    bound = fields.Integer(
        string="At most",
        readonly=True,
        copy=False,
        help="No plan can fill more half-days than that.",
    )
    optimal = fields.Boolean(string="Nothing better is possible", readonly=True, copy=False)
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    message = fields.Text(readonly=True, copy=False)
    line_ids = fields.One2many("commune.replacement.plan.line", "plan_id", string="Choices")
    unfilled_ids = fields.One2many(
        "commune.replacement.plan.gap", "plan_id", string="Not filled", readonly=True
    )
    _plan_period_check = models.Constraint(
        "CHECK(date_end >= date_start)", "The plan ends before it starts."
    )
    _seconds_check = models.Constraint(
        "CHECK(seconds BETWEEN 1 AND 600)", "Between 1 and 600 seconds."
    )

    @api.depends("date_start", "date_end")
    def _compute_name(self):
        company = self.env.company
        for plan in self:
            plan.name = self.env._(
                "%(start)s – %(end)s",
                start=company._format_document_date(plan.date_start),
                end=company._format_document_date(plan.date_end),
            )

    @api.depends("date_start", "date_end")
    def _compute_request_ids(self):
        for plan in self:
            plan.request_ids = plan._find_requests()

    def _find_requests(self):
        """Requests to fill that have a half-day in the period, and are not locked."""
        if not self.date_start or not self.date_end:
            return self.env["commune.replacement.request"]
        opened = (
            Domain("state", "=", "open")
            & Domain("date", ">=", self.date_start)
            & Domain("date", "<=", self.date_end)
        )
        return self.env["commune.replacement.request"].search(
            Domain("state", "in", TO_PLAN)
            & Domain("is_locked", "=", False)
            & Domain("slot_ids", "any", opened)
        )

    @api.depends("filled", "bound", "state")
    def _compute_progress(self):
        for plan in self:
            plan.progress = round(100 * plan.filled / plan.bound) if plan.bound else 0

    @api.ondelete(at_uninstall=False)
    def _unlink_except_saved(self):
        if any(plan.state == "applied" for plan in self):
            raise UserError(self.env._("A plan that was saved stays in the history."))

    # computing

    def action_compute(self):
        """At once in order of arrival, unless the period is large; in the background for the best
        plan."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "applied":
            raise UserError(self.env._("This plan is saved: make a new one."))
        requests = self._find_requests()
        if not requests:
            raise UserError(self.env._("No request is to be filled in this period."))
        self._get_task().forget()
        self._set({"stop_asked": False, "message": False, "state": "running"})
        if self.solver == "greedy":
            count = self.env["commune.replacement.slot"].search_count(
                [("request_id", "in", requests.ids), ("state", "=", "open")]
            )
            if count <= MOST_AT_ONCE:
                return self._work()
            self._set({"message": self._describe_wait(count)})
        self.env.ref("commune_relations.ir_cron_work_replacement_plans")._trigger()
        return None

    def _describe_wait(self, count):
        return self.env._(
            "%s half-days to fill: the plan is computed in the background, within a few minutes."
            " “Look again” shows it once it is ready.",
            count,
        )

    def action_stop(self):
        """The best plan found so far is kept."""
        self.check_access("write")
        self.filtered(lambda p: p.state == "running")._set({"stop_asked": True})

    def action_refresh(self):
        """Look again at the progress."""
        return None

    # saving

    def action_apply(self):
        """Make a proposal of each choice that is kept and that the rules still allow."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "done":
            raise UserError(self.env._("Compute the plan first."))
        kept = self.line_ids.filtered("keep")
        refused = kept._apply_all()
        if kept and refused == kept:
            # Nothing was saved: the plan is older than the half-days, and can be computed again.
            self._set({"message": self.env._("No choice could be saved: compute the plan again.")})
            return
        message = (
            self.env._("%s choices could not be saved: see the reason of each.", len(refused))
            if refused
            else self.env._("All the choices are saved as proposals to send.")
        )
        self._set({"state": "applied", "message": message})


class CommuneReplacementPlanLine(models.Model):
    """A person keeps a choice, or locks it; the rest follows from the computation."""

    _name = "commune.replacement.plan.line"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Choice of a plan"
    _order = "plan_id, request_id, id"

    plan_id = fields.Many2one(
        "commune.replacement.plan",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    request_id = fields.Many2one(
        "commune.replacement.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    commune_id = fields.Many2one(related="request_id.commune_id")
    employee_id = fields.Many2one(
        "hr.employee",
        string="Agent",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    days = fields.Json(readonly=True)
    half_day_count = fields.Integer(string="Half-days", readonly=True)
    date_first = fields.Date(string="First day", readonly=True)
    date_last = fields.Date(string="Last day", readonly=True)
    words = fields.Char(string="Why this agent", readonly=True)
    note = fields.Text(string="To know", readonly=True)
    lost = fields.Integer(string="Lost elsewhere", readonly=True)
    cost_text = fields.Char(string="What it costs the others", readonly=True)
    keep = fields.Boolean(
        default=True, help="Only the choices that are kept are saved; they stay in a new plan."
    )
    locked = fields.Boolean(help="A new computation keeps this choice as it is.")
    refusal = fields.Text(readonly=True)
    proposal_id = fields.Many2one(
        "commune.replacement.proposal",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _apply_all(self):
        """Choices that could not be saved, with the reason on each.

        What the rules need is read again once for all, then all are checked together: only choices
        of an agent or request in conflict are checked one by one.
        """
        refused = self.browse()
        if not self:
            return refused
        lines = self.sudo()  # rules look at agents whose files few open
        agents = lines.employee_id.filtered("is_replacement_agent")
        staffing = build(lines.request_id, agents)
        doubtful = lines._find_doubtful(staffing)
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line._apply(staffing, line in doubtful)
            except UserError as error:
                line._set({"refusal": error.args[0]})
                refused |= line
            else:
                staffing = staffing.with_locked(line._get_assignments())
        return refused

    def _find_doubtful(self, staffing):
        """Choices of an agent or of a request that breaks a rule when all of them are held."""
        added = [one for line in self for one in line._get_assignments()]
        held = with_arrivals(staffing.board, (*staffing.problem.locked, *added))
        broken = check(staffing.problem, held)
        requests, agents = {one.request for one in broken}, {one.agent for one in broken}
        return self.filtered(
            lambda line: (
                request_code(line.request_id) in requests or agent_code(line.employee_id) in agents
            )
        )

    def _apply(self, staffing, is_doubtful):
        """Hold the half-days; create those of other days that the commune accepts."""
        self.ensure_one()
        request, wanted = self.request_id, self._get_half_days()
        request.check_access("write")
        if is_doubtful:
            request._check_choices(self.employee_id, self._get_assignments(), staffing)
        known = {
            (slot.date, slot.half_day): slot
            for slot in request.slot_ids.filtered(lambda s: s.state != "cancelled")
        }
        slots = self.env["commune.replacement.slot"].browse(
            [known[key].id for key in wanted if key in known and known[key].state == "open"]
        )
        missing = [key for key in wanted if key not in known]
        if missing:
            slots |= request._move_open_slots(missing, wanted)
        if not slots:
            raise UserError(self.env._("These half-days have been given meanwhile."))
        reasons = "\n".join(filter(None, (self.words, self.note, self.cost_text)))
        proposal = request._hold(self.employee_id, slots, reasons)
        self._set({"proposal_id": proposal.id})


class CommuneReplacementPlanGap(models.Model):
    _name = "commune.replacement.plan.gap"
    _description = "Request that a plan does not fill"
    _order = "plan_id, missing desc, id"

    plan_id = fields.Many2one(
        "commune.replacement.plan", required=True, index=True, ondelete="cascade"
    )
    request_id = fields.Many2one(
        "commune.replacement.request",
        required=True,
        index=True,
        ondelete="cascade",
    )
    missing = fields.Integer(string="Half-days without agent", readonly=True)

    # Names who is absent: leaves are for those who keep the file of the agents.
    reason = fields.Text(readonly=True, groups=COORDINATOR)
