"""The solvers on small problems worked out by hand, and what they do when they may not."""

import sys
from datetime import date, time
from unittest import TestCase
from unittest.mock import patch

from staffing_cases import (
    agent,
    am,
    arrived,
    best_plan,
    days,
    given,
    plain,
    pm,
    problem,
    request,
    scenario,
)

from engine.replacement_csv import read_pattern
from engine.staffing import Evening, Limits, Weights, greedy, solve


class TestOrderOfArrival(TestCase):
    def test_first_come_takes_the_only_agent(self):
        late = request("R1", received=arrived(2))
        early = request("R2", received=arrived(1))
        plan = greedy(problem([late, early], [agent()]))
        self.assertEqual((plan.filled_of("R1"), plan.filled_of("R2")), (0, 2))

    def test_requests_without_a_date_keep_their_order_behind(self):
        asked = [request("R1", received=None), request("R2", received=None), request("R3")]
        plan = greedy(problem(asked, [agent()]))
        self.assertEqual({one.request for one in plan.assignments}, {"R3"})
        plan = greedy(problem(asked[:2], [agent()]))
        self.assertEqual({one.request for one in plan.assignments}, {"R1"})

    def test_who_covers_most_then_who_knows_most(self):
        asked = request(skills={"CPT": 1})
        half = agent("A1", skills={"CPT": 3}, pattern=read_pattern("lun:M").weekly)
        some, expert = agent("A2", skills={"CPT": 1}), agent("A3", skills={"CPT": 2})
        plan = greedy(problem([asked], [half, some, expert]))
        self.assertEqual({one.agent for one in plan.assignments}, {"A3"})

    def test_relay_only_when_the_mission_may_be_shared(self):
        morning = agent("A1", pattern=read_pattern("lun:M").weekly)
        afternoon = agent("A2", pattern=read_pattern("lun:A").weekly)
        for splittable, filled in ((True, 2), (False, 1)):
            plan = greedy(problem([request(splittable=splittable)], [morning, afternoon]))
            self.assertEqual(plan.filled, filled)


class TestSolver(TestCase):
    def test_leaves_an_agent_to_the_request_that_has_nobody_else(self):
        easy = request("R1", received=arrived(1))
        hard = request("R2", received=arrived(2), skills={"EC": 2})
        people = [agent("A1", skills={"EC": 2}), agent("A2")]
        self.assertEqual(greedy(problem([easy, hard], people)).filled, 2)
        plan = solve(problem([easy, hard], people))
        self.assertEqual((plan.filled, plan.bound, plan.optimal), (4, 4, True))
        self.assertEqual(plan.by_slot["R1", am(4)], "A2")

    def test_one_agent_rather_than_two(self):
        slots = days("lun-mar:J", date(2027, 1, 4), date(2027, 1, 5))
        people = [agent("A1", pattern=read_pattern("lun:J mar:M").weekly), agent("A2")]
        plan = solve(problem([request(slots=slots)], people))
        self.assertEqual({one.agent for one in plan.assignments}, {"A2"})

    def test_wished_agent_and_lowest_category(self):
        people = [agent("A1", category="A"), agent("A2", category="C"), agent("A3", category="C")]
        plan = solve(problem([request(category="C")], people))
        self.assertNotIn("A1", {one.agent for one in plan.assignments})
        wish = request(category="C", wished=frozenset({"A1"}))
        plan = solve(problem([wish], people))
        self.assertEqual({one.agent for one in plan.assignments}, {"A1"})

    def test_the_days_asked_come_before_others_that_would_do(self):
        """The other days would spare a second agent; they fill no more."""
        other = days("mer:J", date(2027, 1, 6), date(2027, 1, 6))
        asked = request(slots=days("lun:J"), alternatives=(other,))
        people = [
            agent("A1", pattern=read_pattern("lun:M mer:J").weekly),
            agent("A2", pattern=read_pattern("lun:A").weekly),
        ]
        plan = solve(problem([asked], people), seconds=10)
        self.assertEqual({one.half_day for one in plan.assignments}, set(asked.slots))
        # Nobody on the Monday afternoon: the Wednesday fills two half-days, the Monday one.
        plan = solve(problem([asked], people[:1]), seconds=10)
        self.assertEqual({one.half_day for one in plan.assignments}, set(other))

    def test_small_commune_first_when_both_cannot_be_served(self):
        large = request("R1", population=9000, received=arrived(1))
        small = request("R2", population=300, received=arrived(2))
        plan = solve(problem([large, small], [agent()]))
        self.assertEqual({one.request for one in plan.assignments}, {"R2"})
        plan = solve(problem([large, small], [agent()], weights=Weights(small=0, wish=0, agents=0)))
        self.assertEqual(plan.filled, 2)

    def test_load_is_shared(self):
        asked = [request(f"R{day}", slots=(am(day), pm(day))) for day in (4, 5, 6, 7)]
        plan = solve(problem(asked, [agent("A1"), agent("A2")]))
        load = sorted(sum(o.agent == code for o in plan.assignments) for code in ("A1", "A2"))
        self.assertEqual(load, [4, 4])

    def test_locked_choices_and_persons_choices(self):
        people = [agent("A1"), agent("A2")]
        locked = given("R1", "A2", am(4))
        plan = solve(problem([request()], people, locked=locked))
        self.assertEqual((plan.filled, plan.by_slot["R1", am(4)]), (2, "A2"))
        plan = solve(problem([request()], people, only={"R1": frozenset({"A1"})}))
        self.assertEqual({one.agent for one in plan.assignments}, {"A1"})
        plan = solve(problem([request()], people, forbidden=frozenset({("R1", "A1")})))
        self.assertEqual({one.agent for one in plan.assignments}, {"A2"})

    def test_rest_after_a_night_takes_the_morning_away(self):
        # The council ends at 1:30: not before 12:30, nothing is left of the morning.
        late = Evening(date(2027, 1, 4), time(20), time(1, 30))
        asked = request(slots=(pm(4), am(5), pm(5)), evenings=(late,))
        plan = solve(problem([asked], [agent()]))
        filled = {slot for _code, slot in plan.by_slot}
        self.assertEqual(len(filled), 2)
        self.assertFalse({pm(4), am(5)} <= filled)

    def test_too_far_for_one_day(self):
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(pm(4),))]
        for km, filled in ((50, 2), (60, 1)):
            for solver in ("greedy", "cpsat"):
                given_problem = problem(asked, [agent()], distance=lambda *_places, km=km: km)
                self.assertEqual(solve(given_problem, solver).filled, filled)

    def test_no_request_no_agent(self):
        for asked, people in (([], []), ([], [agent()]), ([request()], [])):
            for solver in ("greedy", "cpsat"):
                plan = solve(problem(asked, people), solver)
                self.assertEqual((plan.filled, plan.bound, plan.gap), (0, 0, 0))

    def test_week_of_seven_days_keeps_a_day_of_rest(self):
        slots = days("lun-dim:J", date(2027, 1, 4), date(2027, 1, 10))
        person = agent(pattern=read_pattern("lun-dim:J").weekly)
        for solver in ("greedy", "cpsat"):
            plan = solve(problem([request(slots=slots)], [person]), solver)
            self.assertEqual(plan.filled, 12)
        plan = solve(problem([request(slots=slots)], [person], limits=Limits(average_hours=20)))
        self.assertEqual(plan.filled, 12)


class TestRuns(TestCase):
    def test_same_plan_at_each_run(self):
        again = solve(scenario(), seconds=60)
        self.assertEqual(again.assignments, best_plan().assignments)

    def test_progress_is_reported_and_the_search_can_be_stopped(self):
        seen = []
        plan = solve(scenario(), seconds=60, progress=seen.append)
        self.assertEqual((seen[-1].filled, seen[-1].bound), (571, 571))
        self.assertEqual(plan.filled, 571)
        stopped = solve(scenario(), seconds=60, stop=lambda: True)
        self.assertEqual(stopped.filled, 465)
        self.assertFalse(stopped.optimal)

    def test_without_the_library_the_plan_is_greedy_and_says_so(self):
        with patch.dict(sys.modules, {"ortools": None, "ortools.sat.python": None}):
            plan = solve(scenario())
        self.assertEqual((plan.filled, plan.solver), (465, "greedy"))
        self.assertIn("ortools", plan.message)

    def test_no_time_gives_the_greedy_plan(self):
        plan = solve(scenario(), seconds=0.001)
        self.assertGreaterEqual(plan.filled, 465)
        self.assertLessEqual(plan.filled, plan.bound)

    def test_sentence_on_hours_beyond_the_contract(self):
        person = agent(weekly_hours=5)
        plan = greedy(problem([request()], [person]))
        self.assertEqual(
            [plain(one.reason) for one in plan.notices],
            ["7 h de travail dans la semaine pour un contrat de 5 h"],
        )
