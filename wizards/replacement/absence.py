"""What if an agent is away: the half-days touched, a repair with few changes, then the choice."""

from dataclasses import replace

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...engine.staffing import Absence, HalfDay, Plan, explain, what_if_absent
from ...engine.staffing.messages import half_day_count
from ...engine.staffing.whatif import with_absence
from ...models.replacement.planning.engine_adapter import agent_code, build
from ...models.replacement.slot.slot import LIVE

SECONDS = 10  # a person is waiting in front of the screen


class CommuneReplacementAbsence(models.TransientModel):
    _name = "commune.replacement.absence"
    _description = "What if an agent is away"

    employee_id = fields.Many2one(
        "hr.employee",
        string="Agent",
        required=True,
        domain="[('is_replacement_agent', '=', True)]",
    )
    date_start = fields.Date(
        string="Away from", required=True, default=lambda self: self.env.company._get_today()
    )
    date_end = fields.Date(
        string="Until", required=True, default=lambda self: self.env.company._get_today()
    )
    solver = fields.Selection(
        [("greedy", "In order of arrival (at once)"), ("cpsat", "Best repair")],
        string="Method",
        required=True,
        default="cpsat",
    )
    state = fields.Selection(
        [("asked", "To look at"), ("computed", "Computed"), ("applied", "Noted")],
        required=True,
        default="asked",
        readonly=True,
    )
    touched_count = fields.Integer(string="Half-days touched", readonly=True)
    covered_count = fields.Integer(string="Taken over", readonly=True)
    line_ids = fields.One2many("commune.replacement.absence.line", "wizard_id")
    message = fields.Text(readonly=True)

    def action_look(self):
        """Compute the repair; nothing is changed."""
        self.ensure_one()
        self.check_access("write")
        if self.date_end < self.date_start:
            raise UserError(self.env._("The absence ends before it starts."))
        slots = self._find_slots()
        lines = self._get_lines(slots) if slots else []
        covered = sum(line["half_day_count"] for line in lines if line["employee_id"])
        self.line_ids.unlink()
        self.write(
            {
                "state": "computed",
                "touched_count": len(slots),
                "covered_count": covered,
                "line_ids": [Command.create(line) for line in lines],
                "message": self._get_summary(len(slots), covered),
            }
        )
        return self._reopen()

    def _get_summary(self, touched, covered):
        if not touched:
            return self.env._("%s is expected nowhere on these days.", self.employee_id.name)
        return self.env._(
            "%(touched)s touched, %(covered)s of them taken over by somebody else. Nothing is"
            " changed until you choose.",
            touched=half_day_count(touched),
            covered=covered,
        )

    def _find_slots(self):
        domain = (
            Domain("employee_id", "=", self.employee_id.id)
            & Domain("state", "in", LIVE)
            & Domain("date", ">=", self.date_start)
            & Domain("date", "<=", self.date_end)
        )
        return self.env["commune.replacement.slot"].search(domain)

    def _get_lines(self, slots):
        """One line for each request and new agent, or nobody with the reason."""
        staffing = build(slots.request_id.sudo())
        problem = self._keep_only_given(staffing)
        plan = Plan(problem.locked, requested=sum(len(r.slots) for r in problem.requests))
        name = agent_code(self.employee_id.sudo())
        repair = what_if_absent(
            problem,
            plan,
            name,
            self.date_start,
            self.date_end,
            solver=self.solver,
            seconds=SECONDS,
        )
        grouped = {}
        for change in repair.changes:
            if change.before == name:
                grouped.setdefault((change.request, change.after), []).append(change.half_day)
        board = replace(staffing, problem=self._with_absence(problem)).board
        return [
            {
                "request_id": staffing.requests[code].id,
                "employee_id": staffing.agents[after].id if after else False,
                "days": [[str(day), half] for day, half in sorted(days)],
                "half_day_count": len(days),
                "keep": bool(after),
                "note": "" if after else explain(board, repair.plan, code).text,
            }
            for (code, after), days in grouped.items()
        ]

    def _keep_only_given(self, staffing):
        """Half-days that wait for an agent anyway are another matter: the plan of the period."""
        given = staffing.standing
        requests = tuple(
            replace(
                one,
                slots=tuple(slot for slot in one.slots if (one.code, slot) in given),
                alternatives=(),
            )
            for one in staffing.problem.requests
        )
        return replace(staffing.problem, requests=requests)

    def _with_absence(self, problem):
        away = Absence(HalfDay(self.date_start, "am"), HalfDay(self.date_end, "pm"))
        return with_absence(problem, agent_code(self.employee_id.sudo()), away)

    def action_apply(self):
        """Note the absence, free its half-days and propose those who take over."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "computed":
            raise UserError(self.env._("Look at what the absence changes first."))
        slots = self._find_slots()
        self._create_absence_leave()
        freed = slots._leave_for_absence()
        for line in self.line_ids.filtered(lambda line: line.keep and line.employee_id):
            line._apply(freed)
        self.state = "applied"
        self.message = self.env._(
            "The absence is noted. Proposals are ready to be sent; the half-days without agent are"
            " to be filled again."
        )
        return self._reopen()

    def _create_absence_leave(self):
        """Create a calendar leave without its reason, which may reveal a health matter."""
        company = self.env.company
        agent = self.employee_id.sudo()
        self.env["resource.calendar.leaves"].sudo().create(
            {
                "name": self.env._("Absence"),
                "resource_id": agent.resource_id.id,
                "calendar_id": False,
                "date_from": company._get_half_day_moments(self.date_start, "am")[0],
                "date_to": company._get_half_day_moments(self.date_end, "pm")[1],
            }
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What if an agent is away?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class CommuneReplacementAbsenceLine(models.TransientModel):
    _name = "commune.replacement.absence.line"
    _description = "Half-days of an agent who is away"
    _order = "request_id, id"

    wizard_id = fields.Many2one("commune.replacement.absence", ondelete="cascade", index=True)
    request_id = fields.Many2one("commune.replacement.request", readonly=True)
    commune_id = fields.Many2one(related="request_id.commune_id", string="Commune")
    employee_id = fields.Many2one("hr.employee", string="Taken over by", readonly=True)
    days = fields.Json(string="List of days", readonly=True)
    days_text = fields.Char(string="Days", compute="_compute_days_text")
    half_day_count = fields.Integer(string="Half-days", readonly=True)
    keep = fields.Boolean(string="Choose")
    note = fields.Text(string="Why nobody", readonly=True)
    refusal = fields.Text(string="Refused", readonly=True)
    proposal_id = fields.Many2one("commune.replacement.proposal", readonly=True)

    def _compute_days_text(self):
        versions = self.env["commune.replacement.amendment"]
        for line in self:
            line.days_text = versions._list_days([tuple(day) for day in line.days or ()])

    def _apply(self, freed):
        """Run the rules again, and show on the line what they refuse meanwhile."""
        wanted = {tuple(day) for day in self.days or ()}
        slots = freed.filtered(
            lambda s: s.request_id == self.request_id and (str(s.date), s.half_day) in wanted
        )
        try:
            with self.env.cr.savepoint():
                self.proposal_id = self.request_id._assign(self.employee_id, slots)
        except UserError as error:
            self.refusal = error.args[0]
