"""The plan of a period: computed, looked at, corrected, saved."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementPeriod(ReplacementCase):
    def _plan(self, **values):
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": "2027-01-01", "date_end": "2027-01-31", **values}
        )
        plan.action_compute()
        return plan

    def test_nothing_is_saved_before_it_is_looked_at(self):
        first, second = self._request(), self._request()
        plan = self._plan()
        self.assertEqual((plan.state, plan.requested, plan.filled), ("done", 8, 8))
        self.assertEqual(set((first | second).slot_ids.mapped("state")), {"open"})
        self.assertEqual(plan.line_ids.employee_id, self.nadia | self.karim)
        plan.action_apply()
        self.assertEqual(set((first | second).slot_ids.mapped("state")), {"held"})
        self.assertEqual(set(plan.line_ids.proposal_id.mapped("state")), {"draft"})
        with self.assertRaises(UserError):
            plan.unlink()

    def test_a_choice_that_is_not_kept_is_not_saved(self):
        request = self._request()
        plan = self._plan()
        plan.line_ids.keep = False
        plan.action_apply()
        self.assertEqual(set(request.slot_ids.mapped("state")), {"open"})

    def test_a_locked_choice_stays_in_the_next_computation(self):
        self._request()
        plan = self._plan()
        chosen = plan.line_ids.employee_id
        other = (self.nadia | self.karim) - chosen
        plan.line_ids.write({"employee_id": other.id, "locked": True})
        plan.action_compute()
        self.assertEqual(plan.line_ids.employee_id, other)
        self.assertTrue(plan.line_ids.locked)

    def test_what_was_given_meanwhile_is_refused_alone(self):
        first, second = self._request(), self._request()
        plan = self._plan()
        line = plan.line_ids.filtered(lambda l: l.request_id == first)
        elsewhere = self._request(date_start="2027-01-11", date_end="2027-01-11", tue_am=False)
        elsewhere._assign(line.employee_id, elsewhere.slot_ids)
        plan.action_apply()
        self.assertIn(elsewhere.name, line.refusal)
        self.assertEqual(set(first.slot_ids.mapped("state")), {"open"})
        self.assertEqual(set(second.slot_ids.mapped("state")), {"held"})

    def test_requests_that_are_locked_or_out_of_the_period_are_left_aside(self):
        self._request(is_locked=True)
        self._request(date_start="2027-03-01", date_end="2027-03-12")
        with self.assertRaises(UserError):
            self._plan()

    def test_a_request_nobody_can_fill_says_why(self):
        self._request(needs=(("URB", "3"),))
        plan = self._plan()
        self.assertEqual(plan.unfilled_ids.missing, 4)
        self.assertIn("Town planning 3", plan.unfilled_ids.reason)

    def test_the_job_computes_the_best_plan_and_notifies_when_it_is_done(self):
        self._request()
        plan = self._plan(solver="cpsat", seconds=5)
        self.assertEqual(plan.state, "running")
        with self.enter_registry_test_mode():
            self.env.ref("commune_relations.ir_cron_work_replacement_plans").method_direct_trigger()
        plan.invalidate_recordset()
        self.assertEqual((plan.state, plan.filled), ("done", 4))

    def test_without_its_library_the_plan_is_made_in_order_and_says_so(self):
        self._request()
        plan = self._plan(solver="cpsat", seconds=5)
        without = {"ortools": None, "ortools.sat.python": None}
        with self.enter_registry_test_mode(), patch.dict("sys.modules", without):
            self.env.ref("commune_relations.ir_cron_work_replacement_plans").method_direct_trigger()
        plan.invalidate_recordset()
        self.assertEqual((plan.state, plan.filled), ("done", 4))
        self.assertIn("« ortools » n’est pas installée", plan.message.replace("\xa0", " "))

    def test_a_stop_that_was_asked_ends_the_search(self):
        self._request()
        plan = self._plan(solver="cpsat", seconds=60)
        plan.action_stop()
        self.assertTrue(plan.stop_asked)
