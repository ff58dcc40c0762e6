"""A background plan outlives the job that checks it; an interrupted search is reported."""

import os
import signal
import time
from dataclasses import replace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.commune_relations.engine.staffing import worker
from odoo.addons.commune_relations.models.core import background_task as core
from odoo.addons.commune_relations.models.replacement.planning import background_solve, plan

from .replacement_case import ReplacementCase

# In English or in French: the search speaks the language of the organisation.
SHOWN = "compute the plan again|calculez de nouveau le plan"


@tagged("post_install", "-at_install")
class TestPlanCut(ReplacementCase):
    def _run_job(self, turn=core.TURN):
        with patch.object(core, "TURN", turn), self.enter_registry_test_mode():
            self.env.ref(background_solve.JOB).method_direct_trigger()
        self.plan.invalidate_recordset()

    def _start(self, solver="cpsat"):
        self._request()
        self.plan = self.env["commune.replacement.plan"].create(
            {
                "date_start": "2027-01-01",
                "date_end": "2027-02-28",
                "solver": solver,
                "seconds": 5,
            }
        )
        self.addCleanup(self.plan._get_task().forget)
        self.plan.action_compute()

    def test_a_job_that_ends_before_the_search_comes_back_for_the_plan(self):
        self._start()
        self._run_job(turn=0)
        self.assertEqual(self.plan.state, "running")
        self.assertTrue(self.plan._get_task().is_begun)
        job = self.env.ref(background_solve.JOB)
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)]))
        with patch.object(worker.Search, "start") as again:
            self._run_job()
        again.assert_not_called()
        self.assertEqual((self.plan.state, self.plan.filled), ("done", 4))
        self.assertFalse(self.plan._get_task().is_begun)

    def test_the_plan_of_another_question_is_not_taken(self):
        """Another server, whose plan has the same number, has found in the same folder."""
        self._start()
        problem = self.plan._build().problem
        other = worker.Search(self.plan._get_task().home)
        other.start(replace(problem, requests=()), "greedy", 5)
        self.addCleanup(other.forget)
        self._run_job()
        self.assertEqual((self.plan.state, self.plan.filled), ("done", 4))
        self.assertTrue(other.is_begun)

    def test_half_days_asked_meanwhile_are_not_left_out_in_silence(self):
        self._start()
        self._run_job(turn=0)
        self._request(wed_am=True)
        self._run_job()
        self.assertEqual((self.plan.state, len(self.plan.line_ids)), ("failed", 0))
        self.assertRegex(self.plan.message, SHOWN)
        self.plan.action_compute()
        self._run_job()
        self.assertEqual((self.plan.state, self.plan.requested), ("done", 10))

    def test_half_days_no_longer_asked_leave_the_rest_of_the_plan(self):
        self._start()
        gone = self._request(mon_am=False, tue_am=False, wed_am=True)
        self._run_job(turn=0)
        gone.is_locked = True
        self._run_job()
        self.assertEqual((self.plan.state, self.plan.filled), ("done", 4))

    def test_a_search_that_was_killed_is_reported_and_starts_again(self):
        self._start()
        start = worker.Search.start

        def start_and_kill(search, *asked):
            os.kill(start(search, *asked), signal.SIGKILL)
            silent = time.time() - 2 * worker.SILENCE
            (search.folder / "found").unlink(missing_ok=True)
            os.utime(search.folder / "beat", (silent, silent))

        with patch.object(worker.Search, "start", start_and_kill):
            self._run_job()
        self.assertEqual(self.plan.state, "failed")
        self.assertRegex(self.plan.message, SHOWN)
        self.plan.action_compute()
        self.assertEqual(self.plan.state, "running")
        self._run_job()
        self.assertEqual((self.plan.state, self.plan.filled), ("done", 4))

    def test_a_server_cut_each_time_is_reported_in_the_end(self):
        self._start()
        search = self.plan._get_task()
        for _time in range(core.MOST_TRIES):
            search.try_again()
        self._run_job()
        self.assertEqual(self.plan.state, "failed")
        self.assertRegex(self.plan.message, SHOWN)

    def test_a_large_period_in_order_of_arrival_is_planned_by_the_job(self):
        with patch.object(plan, "MOST_AT_ONCE", 4):  # as many as this request asks
            self._start(solver="greedy")
        self.assertEqual((self.plan.state, self.plan.filled), ("done", 4))
        at_once = self.plan.line_ids.mapped("days")
        with patch.object(plan, "MOST_AT_ONCE", 3):
            self.plan.action_compute()
            self.assertEqual(self.plan.state, "running")
            self.assertRegex(self.plan.message, "^4 ")
            self._run_job()
        self.assertEqual((self.plan.state, self.plan.filled), ("done", 4))
        self.assertEqual(self.plan.line_ids.mapped("days"), at_once)
        self.assertFalse(self.plan.message)
