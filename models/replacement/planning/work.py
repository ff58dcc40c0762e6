"""The computing of a plan: at once, or in the background, with its progress and a way to stop it.

The search runs in a process of its own (engine/staffing/apart.py), that no limit of a server cuts:
a scheduled job begins it, looks at it for less than these limits, and comes back. It never holds a
row; progress and the wish to stop pass through short transactions."""

import logging
from dataclasses import replace
from datetime import time
from pathlib import Path
from time import monotonic, sleep

from odoo import api, fields, models
from odoo.sql_db import db_connect
from odoo.tools import SQL, config

from ....engine.staffing import Assignment, HalfDay, explain_all, is_available, regret, solve
from ....engine.staffing.apart import Search
from ...core.pillar import when_used
from ...territory.reference_epci.zone import at_house_time
from .motives import Motives
from .staffing import agent_code, build, request_code

_logger = logging.getLogger(__name__)
JOB = "commune_relations.ir_cron_work_replacement_plans"
TURN = 40  # seconds that the job looks at a search before it comes back: servers cut after 120
LOOK = 0.5  # seconds between two looks
MOST_TRIES = 3  # of one step of a plan, when the server is cut meanwhile


class CommuneReplacementPlan(models.Model):
    _inherit = "commune.replacement.plan"

    def _work(self):
        """Compute and write, in the transaction at hand."""
        self.ensure_one()
        staffing = self._build()
        plan = solve(staffing.problem, self.solver, seconds=self.seconds, board=staffing.board)
        self._write_plan(staffing, plan)

    def _build(self):
        staffing = build(self.sudo()._find_requests())
        locked = self._get_locked(staffing)
        return staffing.with_locked(locked) if locked else staffing

    def _get_locked(self, staffing):
        """Choices of the last computation that the user wants to keep."""
        codes = {request: code for code, request in staffing.requests.items()}
        names = {agent: name for name, agent in staffing.agents.items()}
        return [
            Assignment(codes[line.request_id], day, names[line.employee_id])
            for line in self.sudo().line_ids.filtered("locked")
            if line.request_id in codes and line.employee_id in names
            for day in line._get_half_days()
        ]

    @api.model
    @when_used("replacement")
    @at_house_time
    def _cron_work(self):
        """One plan at a time; a plan that fails says why and lets the next one run."""
        end = monotonic() + TURN
        for plan in self.search([("state", "=", "running"), ("solver", "=", "cpsat")], order="id"):
            is_over = True
            try:
                is_over = plan._work_apart(end)
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Plan of replacements %s", plan.id)
                plan._fail(str(error))
            if not is_over:
                self.env.ref(JOB).sudo()._trigger()
                break
            self.env["ir.cron"]._commit_progress(1)

    def _get_search(self):
        """The search of this plan, outside of the database."""
        folder = Path(config["data_dir"]) / "commune_plans" / self.env.cr.dbname
        return Search(folder / str(self.id))

    def _fail(self, message):
        self._get_search().forget()
        self._set({"state": "failed", "stop_asked": False, "message": message})

    def _work_apart(self, end):
        """Begin the search, look at it, write what it found.

        :param end: when to leave it to the next run (monotonic)
        :return: whether it is over
        """
        if not is_available():
            self._work()
            return True
        search = self._get_search()
        if not search.is_begun and not self._begin(search):
            return True
        # Ends the transaction: what is written during the search will be seen afterwards.
        self.env["ir.cron"]._commit_progress(0, remaining=1)
        found = self._follow(search, end)
        self.env.cr.rollback()
        self.invalidate_recordset()
        if found is None and not search.is_dead:
            return False
        if self.exists():
            self._end(search, found)
        search.forget()
        return True

    def _begin(self, search):
        """:return: False when the server was cut each time: it is said and not tried again"""
        if search.try_again() > MOST_TRIES:
            self._fail(self._say_cut())
            return False
        search.start(self._build().problem, self.solver, self.seconds)
        return True

    def _end(self, search, found):
        """Write what was found, or say why nothing was."""
        if isinstance(found, str):
            self._fail(found)
        elif found is None or search.try_again() > MOST_TRIES:
            self._fail(self._say_cut())
        else:
            self._write_found(self._build(), found)

    def _say_cut(self):
        return self.env._("The search was cut before its end: compute the plan again.")

    def _follow(self, search, end):
        """Tell the progress and hear the wish to stop, until the search or the turn is over.

        :return: as `Search.found`
        """
        watch, told = _Watch(self.env.cr.dbname, self.id), None
        while (found := search.found) is None and not search.is_dead:
            progress = search.progress
            if progress and progress != told:
                watch.tell(progress)
                told = progress
            if watch.is_stopped():
                search.stop()
            if monotonic() >= end:
                return None
            sleep(LOOK)
        return found

    def _write_found(self, staffing, plan):
        """Write a plan, without what is no longer asked or no longer of the pool."""
        kept = [
            one
            for one in plan.assignments
            if one.request in staffing.requests and one.agent in staffing.agents
        ]
        self._write_plan(staffing, replace(plan, assignments=tuple(kept)))

    def _write_plan(self, staffing, plan):
        """Choices, what they cost, and why the rest is not filled."""
        board = staffing.board
        ours = self._find_requests()
        motives = Motives(staffing)
        kept = {(line.request_id, line.employee_id) for line in self.line_ids.filtered("locked")}
        grouped = {}
        for one in plan.assignments:
            is_old = (one.request, one.half_day) in staffing.standing
            if staffing.requests[one.request] in ours and not is_old:
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
        self._write_gaps(staffing, board, plan, ours)
        self._set(
            {
                **self._get_figures(staffing, plan, ours),
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

    def _get_figures(self, staffing, plan, ours):
        """Half-days of the requests of the plan, without those that agents hold elsewhere."""
        elsewhere = sum(
            plan.filled_of(code)
            for code, request in staffing.requests.items()
            if request not in ours
        )
        return {
            "requested": plan.requested - elsewhere,
            "filled": plan.filled - elsewhere,
            "bound": plan.bound - elsewhere,
        }

    def _get_notes(self, plan, code, name):
        """What must be told before saving: late start, long way, other days, legal check."""
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

    def _write_gaps(self, staffing, board, plan, ours):
        self.env["commune.replacement.plan.gap"].create(
            [
                {
                    "plan_id": self.id,
                    "request_id": staffing.requests[found.request].id,
                    "missing": found.requested - found.filled,
                    "reason": found.text,
                }
                for found in explain_all(board, plan)
                if found.filled < found.requested and staffing.requests[found.request] in ours
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


class _Watch:
    """Tells the progress and hears the wish to stop, in transactions of a moment."""

    def __init__(self, database, plan_id):
        self.database, self.plan_id = database, plan_id

    def tell(self, progress):
        """Write the figures of the search; a plan that is being edited is told next time."""
        query = SQL(
            "UPDATE commune_replacement_plan SET filled = %s, bound = %s WHERE id ="
            " (SELECT id FROM commune_replacement_plan WHERE id = %s FOR UPDATE SKIP LOCKED)",
            progress.filled,
            progress.bound,
            self.plan_id,
        )
        with db_connect(self.database).cursor() as cr:
            cr.execute(query)

    def is_stopped(self):
        """Whether somebody asked to stop, or the plan is gone."""
        query = SQL("SELECT stop_asked FROM commune_replacement_plan WHERE id = %s", self.plan_id)
        with db_connect(self.database).cursor() as cr:
            cr.execute(query)
            row = cr.fetchone()
        return not row or bool(row[0])
