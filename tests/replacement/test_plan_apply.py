"""A plan that is applied: read once more, judged together; what breaks a rule is checked alone."""

from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...engine.staffing import eligibility as board_file
from ...engine.staffing.eligibility import Board
from ...models.replacement.planning import plan as plan_file
from ...models.replacement.planning import request as request_file
from .replacement_case import MONDAY, ReplacementCase


@contextmanager
def counted(owner, name):
    """How many times a function is called, with its answers as they are."""
    function, calls = getattr(owner, name), []

    def count(*args, **kwargs):
        calls.append(name)
        return function(*args, **kwargs)

    with patch.object(owner, name, count):
        yield calls


@tagged("post_install", "-at_install")
class TestPlanApply(ReplacementCase):
    def _plan(self, solver="greedy"):
        plan = self._plan_to_compute()
        plan.solver = solver
        plan._work()
        return plan

    def _plan_to_compute(self):
        plans = self.env["commune.replacement.plan"].with_user(self.coordinator)
        return plans.create({"date_start": MONDAY, "date_end": MONDAY + timedelta(days=60)})

    def _leave(self, agent, day=MONDAY):
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": agent.resource_id.id,
                "calendar_id": False,
                "date_from": f"{day} 07:00:00",
                "date_to": f"{day} 18:00:00",
            }
        )

    def test_the_board_is_built_once_and_never_again_to_apply(self):
        self._request()
        self._request(mon_am=False, tue_am=False, thu_am=True)
        with counted(Board, "__init__") as boards:
            plan = self._plan("cpsat")
        self.assertEqual(len(boards), 1)
        # Who may go where is not looked for again: neither on the board, nor line by line.
        with counted(board_file, "stops") as stops, counted(request_file, "check") as checks:
            plan.action_apply()
        self.assertEqual((stops, checks), ([], []))
        self.assertEqual(plan.line_ids.proposal_id.mapped("state"), ["draft"] * 2)

    def test_what_is_read_to_apply_does_not_grow_with_the_choices(self):
        def read(count):
            requests = self.env["commune.replacement.request"]
            for week in range(count):
                day = MONDAY + timedelta(weeks=week)
                requests |= self._request(date_start=day, date_end=day, tue_am=False)
            plan = self._plan()
            self.assertEqual(len(plan.line_ids), count)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            with patch.object(type(plan.line_ids), "_apply", lambda *args: None):
                plan.line_ids._apply_all()
            found = self.env.cr.sql_log_count - start
            requests.action_cancel()
            return found

        read(1)
        few, many = read(2), read(6)
        # Each choice has its savepoint, which takes two queries.
        self.assertLessEqual(many - 2 * 6, few - 2 * 2)

    def test_an_agent_who_is_away_since_is_refused_the_others_are_not_checked(self):
        first = self._request(needs=(("CPT", "2"),))  # Nadia only
        second = self._request(mon_am=False, tue_am=False, thu_am=True)
        plan = self._plan()
        agents = {line.request_id: line.employee_id for line in plan.line_ids}
        self.assertEqual(agents, {first: self.nadia, second: self.karim})
        self._leave(self.nadia)
        with counted(request_file, "check") as checks:
            plan.action_apply()
        self.assertEqual(first.slot_ids.mapped("state"), ["open"] * 4)
        line = plan.line_ids.filtered(lambda line: line.request_id == first)
        self.assertIn("11/01/2027", line.refusal)
        self.assertIn("absent", line.refusal)
        self.assertEqual(len(checks), 2)  # what Nadia held, then with this choice
        self.assertEqual(second.slot_ids.mapped("state"), ["held"] * 2)

    def test_an_agent_given_elsewhere_since_is_refused(self):
        first = self._request(needs=(("CPT", "2"),))
        plan = self._plan()
        other = self._request()
        other._assign(self.nadia, other.slot_ids)
        plan.action_apply()
        self.assertIn(other.name, plan.line_ids.refusal)
        self.assertEqual(set(first.slot_ids.mapped("state")), {"open"})

    def test_a_plan_whose_every_choice_is_refused_is_not_saved(self):
        """A stale plan is reported, and the coordinator computes it again on the current days."""
        self._request(needs=(("CPT", "2"),))
        plan = self._plan()
        self._leave(self.nadia)
        plan.action_apply()
        self.assertEqual(plan.state, "done")
        self.assertIn("No choice could be saved", plan.message)
        self.assertIn("absent", plan.line_ids.refusal)
        plan.action_compute()
        self.assertEqual((plan.state, plan.line_ids.half_day_count), ("done", 3))
        plan.action_apply()
        self.assertEqual(plan.state, "applied")

    def test_half_days_given_to_somebody_else_since_are_left_to_them(self):
        request = self._request()
        plan = self._plan()
        self.assertEqual(plan.line_ids.half_day_count, 4)
        agent = plan.line_ids.employee_id
        other = (self.nadia | self.karim) - agent
        request._assign(other, request.slot_ids[0])
        plan.action_apply()
        taken = request.slot_ids.sorted("date")
        self.assertEqual(taken.mapped("employee_id"), other | agent)
        self.assertEqual(len(taken.filtered(lambda s: s.employee_id == agent)), 3)

    def test_a_half_day_cancelled_since_is_not_made_again(self):
        request = self._request()
        plan = self._plan()
        request.slot_ids.sorted("date")[0]._cancel("commune")
        plan.action_apply()
        self.assertTrue(plan.line_ids.refusal)
        self.assertEqual(len(request.slot_ids), 4)

    def test_a_rule_that_has_changed_since_is_applied(self):
        """Two half-days of 3 h 30 on the same day, no more than six hours."""
        request = self._request(date_end=MONDAY, tue_am=False, mon_pm=True)
        plan = self._plan()
        self.env.ref("commune_relations.work_rule_day_hours").value = 6
        plan.action_apply()
        self.assertIn("6 h au plus", plan.line_ids.refusal.replace("\xa0", " "))
        self.assertEqual(set(request.slot_ids.mapped("state")), {"open"})

    def test_a_line_changed_by_a_program_is_checked(self):
        """Karim does not know accounting: the line of Nadia is not his."""
        self._request(needs=(("CPT", "2"),))
        plan = self._plan()
        line = plan.line_ids
        line.sudo().write({"employee_id": self.karim.id})
        plan.action_apply()
        self.assertIn("Accounting (M57) 0/2", line.refusal)

    def test_the_choices_of_one_plan_are_checked_together_when_something_changed(self):
        """Two requests of the same mornings, one agent."""
        self._request()
        self._request(self.commune_a)
        plan = self._plan()
        self.assertEqual(len(plan.line_ids), 2)
        plan.line_ids.sudo().write({"employee_id": self.nadia.id})
        plan.action_apply()
        self.assertEqual(sorted(bool(line.refusal) for line in plan.line_ids), [False, True])

    def test_a_plan_reads_again_once(self):
        self._request()
        self._request(mon_am=False, tue_am=False, thu_am=True)
        plan = self._plan()
        self._leave(self.nadia)
        self._leave(self.karim)
        with counted(plan_file, "build") as again, counted(request_file, "build") as alone:
            plan.action_apply()
        self.assertEqual((len(again), alone), (1, []))

    def test_a_line_of_later_days_than_those_of_the_computation_is_read_too(self):
        """The plan was computed for January; the line added is for June, Nadia is on leave."""
        self._request()
        plan = self._plan()
        june = date(2027, 6, 14)
        later = self._request(date_start=june, date_end=june, tue_am=False)
        line = plan.line_ids.sudo().create(
            {
                "plan_id": plan.id,
                "request_id": later.id,
                "employee_id": self.nadia.id,
                "days": [["2027-06-14", "am"]],
            }
        )
        self._leave(self.nadia, june)
        plan.action_apply()
        self.assertIn("14/06/2027\N{NO-BREAK SPACE}: absent", line.refusal)
        self.assertEqual(later.slot_ids.state, "open")

    def test_two_choices_that_a_longer_way_forbids_together(self):
        """One morning, one afternoon; the other commune turns out to be a hundred km further."""
        self._agree(self.commune_b)
        self.commune_a.write({"partner_latitude": 49.0, "partner_longitude": 6.0})
        self.commune_b.write({"partner_latitude": 49.0, "partner_longitude": 6.0})
        day = {"date_end": MONDAY, "tue_am": False, "needs": (("CPT", "2"),)}  # Nadia only
        first = self._request(**day)
        second = self._request(self.commune_b, mon_am=False, mon_pm=True, **day)
        plan = self._plan()
        self.assertEqual(plan.line_ids.employee_id, self.nadia)
        self.commune_b.partner_latitude = 50.0
        plan.action_apply()
        refused = plan.line_ids.filtered("refusal")
        self.assertEqual(len(refused), 1)
        self.assertIn("trajet", refused.refusal)
        states = (first | second).slot_ids.mapped("state")
        self.assertEqual(sorted(states), ["held", "open"])

    def test_a_request_for_one_agent_is_not_held_for_two(self):
        request = self._request(is_splittable=False)
        plan = self._plan()
        line = plan.line_ids
        other = (self.nadia | self.karim) - line.employee_id
        first, last = line.days[:2], line.days[2:]
        line.sudo().days = first
        second = line.sudo().create(
            {
                "plan_id": plan.id,
                "request_id": request.id,
                "employee_id": other.id,
                "days": last,
            }
        )
        plan.action_apply()
        self.assertFalse(line.refusal)
        self.assertIn("non fractionnable partagée entre Nadia F., Karim B.", second.refusal)
        opened = request.slot_ids.filtered(lambda slot: slot.state == "open")
        self.assertEqual(len(opened), 2)
        with self.assertRaisesRegex(UserError, "non fractionnable"):
            request._assign(other, opened)
        request._assign(line.employee_id, opened)
        self.assertEqual(request.slot_ids.employee_id, line.employee_id)

    def test_an_arrival_that_the_rest_puts_off_is_saved_as_it_was_planned(self):
        """A council until 22:30 on Monday: eleven hours later it is half past nine."""
        request = self._request(date_end=MONDAY + timedelta(days=1))
        request.write({"evening_date": MONDAY, "evening_start": 20, "evening_end": 22.5})
        plan = self._plan()
        self.assertIn("9 h 30", plan.line_ids.note.replace("\xa0", " "))
        plan.action_apply()
        self.assertFalse(plan.line_ids.refusal)
        self.assertEqual(set(request.slot_ids.mapped("state")), {"held"})

    def test_what_follows_from_the_computation_is_not_written_by_hand(self):
        self._request()
        plan, other = self._plan(), self._plan()
        line = plan.line_ids
        for record, values in [
            (plan, {"state": "draft"}),
            (plan, {"filled": 40}),
            (plan, {"message": "Tout va bien"}),
            (line, {"plan_id": other.id}),
            (line, {"request_id": self._request().id}),
            (line, {"employee_id": self.karim.id}),
            (line, {"days": [["2027-06-14", "am"]]}),
            (line, {"refusal": False}),
            (plan, {"line_ids": [Command.link(other.line_ids.id)]}),
            (plan, {"line_ids": [Command.update(line.id, {"days": []})]}),
        ]:
            with self.subTest(values=values), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    record.write(values)
        with self.assertRaises(UserError):
            line.create(
                {"plan_id": plan.id, "request_id": line.request_id.id, "employee_id": self.nadia.id}
            )
        plan.write({"line_ids": [Command.update(line.id, {"keep": False, "locked": True})]})
        self.assertEqual((line.keep, line.locked), (False, True))

    def test_a_default_of_ones_own_does_not_begin_a_plan_further_on(self):
        self._request()
        self.env["ir.default"].with_user(self.coordinator).set(
            "commune.replacement.plan", "state", "done", user_id=True
        )
        plan = self._plan_to_compute()
        self.assertEqual(plan.state, "draft")
        plan._work()
        self.assertEqual((plan.state, plan.copy().state), ("done", "draft"))
