"""The computing of a plan: at once, or in the background, with its progress and a way to stop it.

The search runs in a process of its own (`engine/staffing/worker.py`,
`models/core/background_task.py`)."""

from dataclasses import replace
from datetime import time

from odoo import api, fields, models

from ....engine.staffing import Assignment, HalfDay, explain_all, is_available, regret, solve
from ....engine.staffing.worker import Search
from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time
from .choice_reasons import Motives
from .engine_adapter import agent_code, build, request_code

JOB = "commune_relations.ir_cron_work_replacement_plans"


class CommuneReplacementPlan(models.Model):
    _name = "commune.replacement.plan"
    _inherit = ["commune.replacement.plan", "commune.background.task.mixin"]

    _task_job = JOB
    _task_class = Search
    _task_folder = "commune_plans"

    def _work(self):
        """Compute and write, in the current transaction."""
        self.ensure_one()
        staffing = self._build()
        plan = solve(staffing.problem, self.solver, seconds=self.seconds, board=staffing.board)
        self._write_plan(staffing, plan)

    def _build(self):
        plan = self.sudo()  # the rules look at requests and agents of everybody
        staffing = build(plan._find_requests())
        locked = plan._get_locked(staffing)
        return staffing.with_locked(locked) if locked else staffing

    def _get_locked(self, staffing):
        """Choices of the last computation that the user wants to keep."""
        codes = {request: code for code, request in staffing.requests.items()}
        names = {agent: name for name, agent in staffing.agents.items()}
        return [
            Assignment(codes[line.request_id], day, names[line.employee_id])
            for line in self.line_ids.filtered("locked")
            if line.request_id in codes and line.employee_id in names
            for day in line._get_half_days()
        ]

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_work(self):
        """Solve one plan at a time; a failed plan stores its reason and lets the next one run."""
        self.search([("state", "=", "running")], order="id")._run_tasks()

    def _run_task(self, end):
        if not is_available():
            self._work()
            return True
        return super()._run_task(end)

    def _start_task(self, task):
        task.start(self._build().problem, self.solver, self.seconds)

    def _prepare_progress_values(self, progress):
        return {"filled": progress.filled, "bound": progress.bound}

    def _fail(self, message):
        self._get_task().forget()
        self._set({"state": "failed", "stop_asked": False, "message": message})

    def _describe_interruption(self):
        return self.env._("The search was cut before its end: compute the plan again.")

    def _write_result(self, plan):
        """Write a plan, without half-days no longer requested or agents no longer in the pool; new
        half-days need another plan."""
        staffing = self._build()
        if self._get_unasked(staffing):
            return self._fail(
                self.env._("More was asked for while the plan was made: compute the plan again.")
            )
        kept = [
            one
            for one in plan.assignments
            if one.request in staffing.requests and one.agent in staffing.agents
        ]
        self._write_plan(staffing, replace(plan, assignments=tuple(kept)))

    def _get_unasked(self, staffing):
        """Requests of the plan with half-days that were not in the question when it began."""
        problem = self._get_task().asked[0]
        asked = {request.code: set(request.all_slots) for request in problem.requests}
        planned = self._find_requests()
        return [
            request
            for request in staffing.problem.requests
            if staffing.requests[request.code] in planned
            and not set(request.all_slots) <= asked.get(request.code, set())
        ]

    def _write_plan(self, staffing, plan):
        """Choices, what they cost, and why the rest is not filled."""
        board = staffing.board
        planned = self._find_requests()
        motives = Motives(staffing)
        kept = {(line.request_id, line.employee_id) for line in self.line_ids.filtered("locked")}
        grouped = {}
        for one in plan.assignments:
            is_old = (one.request, one.half_day) in staffing.standing
            if staffing.requests[one.request] in planned and not is_old:
                grouped.setdefault((one.request, one.agent), []).append(one)
        self.line_ids.unlink()
        self.unfilled_ids.unlink()
        lines = [
            {
                "plan_id": self.id,
                "request_id": staffing.requests[code].id,
                "employee_id": staffing.agents[name].id,
                **self._prepare_days(sorted(choices, key=lambda one: one.half_day)),
                "words": motives.describe(code, name),
                "note": self._get_notes(plan, code, name),
                "locked": (staffing.requests[code], staffing.agents[name]) in kept,
                **self._get_cost(board, code, name),
            }
            for (code, name), choices in grouped.items()
        ]
        self.env["commune.replacement.plan.line"].sudo().create(lines)
        self._write_gaps(staffing, board, plan, planned)
        self._set(
            {
                **self._get_figures(staffing, plan, planned),
                "optimal": plan.optimal,
                "state": "done",
                "stop_asked": False,
                "message": plan.message or False,
            }
        )

    def _prepare_days(self, choices):
        """Half-days in their order, with the hour of an arrival that the rest puts off."""
        return {
            "days": [
                [str(one.half_day.date), one.half_day.half]
                + ([one.start.isoformat()] if one.start else [])
                for one in choices
            ],
            "half_day_count": len(choices),
            "date_first": choices[0].half_day.date,
            "date_last": choices[-1].half_day.date,
        }

    def _get_figures(self, staffing, plan, planned):
        """Half-days of the requests of the plan, without those that agents hold elsewhere."""
        elsewhere = sum(
            plan.filled_of(code)
            for code, request in staffing.requests.items()
            if request not in planned
        )
        return {
            "requested": plan.requested - elsewhere,
            "filled": plan.filled - elsewhere,
            "bound": plan.bound - elsewhere,
        }

    def _get_notes(self, plan, code, name):
        """Warnings before saving: late start, long way, other days, legal check."""
        notes = [
            notice.reason
            for notice in plan.notices
            if notice.request == code and notice.agent in ("", name)
        ]
        return "\n".join(dict.fromkeys(notes))

    def _get_cost(self, board, code, name):
        """What the choice takes from the other requests, taken alone."""
        cost = regret(board, code, name)
        return {"lost": cost.lost, "cost_text": cost.text}

    def _write_gaps(self, staffing, board, plan, planned):
        self.env["commune.replacement.plan.gap"].create(
            [
                {
                    "plan_id": self.id,
                    "request_id": staffing.requests[found.request].id,
                    "missing": found.requested - found.filled,
                    "reason": found.text,
                }
                for found in explain_all(board, plan)
                if found.filled < found.requested and staffing.requests[found.request] in planned
            ]
        )


class CommuneReplacementPlanLine(models.Model):
    _inherit = "commune.replacement.plan.line"

    def _get_half_days(self):
        return [one.half_day for one in self._get_assignments()]

    def _get_assignments(self):
        line = self.sudo()
        code, name = request_code(line.request_id), agent_code(line.employee_id)
        return [
            Assignment(
                code,
                HalfDay(fields.Date.to_date(day), half),
                name,
                time.fromisoformat(start[0]) if start else None,
            )
            for day, half, *start in line.days or ()
        ]
