"""What the constraints of the solver allow, before any plan is checked by hours: by hand."""

from datetime import date, time, timedelta
from unittest import TestCase
from unittest.mock import patch

from ortools.sat.python import cp_model
from staffing_cases import MONDAY, agent, am, days, given, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import Board, Evening, Limits, solve
from engine.staffing.cpmodel import Model
from engine.staffing.hours import Trouble


def weekly(text):
    return read_pattern(text).weekly


class TestConstraints(TestCase):
    def most(self, asked, people, filled, **values):
        """The most half-days that the constraints allow, which leave nothing to forbid later."""
        model = Model(Board(problem(asked, people, **values)))
        model.cp.maximize(model.filled)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        self.assertEqual(solver.solve(model.cp), cp_model.OPTIMAL)
        chosen = {key[:2]: key[2] for key, v in model.x.items() if solver.boolean_value(v)}
        self.assertEqual(model.cut(chosen), 0)
        self.assertEqual(len(chosen), filled)
        return chosen

    def test_one_place_at_a_time_and_one_agent_a_half_day(self):
        self.most([request("R1"), request("R2")], [agent()], 2)
        self.most([request("R1")], [agent("A1"), agent("A2")], 2)

    def test_a_mission_that_may_not_be_shared(self):
        """A1 has one of the three mornings, A2 the two others."""
        slots = (am(4), am(5), am(6))
        people = [agent("A1", pattern=weekly("lun:M")), agent("A2", pattern=weekly("mar-mer:M"))]
        found = self.most([request(slots=slots, splittable=False)], people, 2)
        self.assertEqual(set(found.values()), {"A2"})
        self.most([request(slots=slots)], people, 3)

    def test_a_mission_that_persons_gave_to_two_may_be_shared_then(self):
        """Two agents hold a morning each of a request that may not be shared: they keep it; with
        one of them only, the third morning is hers or unassigned."""
        slots = (am(4), am(5), am(6))
        asked = request(slots=slots, splittable=False)
        people = [agent("A1", pattern=weekly("lun:M")), agent("A2", pattern=weekly("mar:M mer:M"))]
        both = given("R1", "A1", am(4)) + given("R1", "A2", am(5))
        found = self.most([asked], people, 3, locked=both)
        self.assertEqual(found["R1", am(6)], "A2")
        self.most([asked], people, 1, locked=given("R1", "A1", am(4)))
        people[0] = agent("A1", pattern=weekly("lun-mar:M"))
        people[1] = agent("A2", pattern=weekly("mer:M"))
        self.most([asked], people, 2, locked=given("R1", "A1", am(4), am(5)))

    def test_one_set_of_days_or_the_other(self):
        """Monday is half possible, Tuesday wholly: two half-days and not three."""
        asked = request(alternatives=((am(5), pm(5)),))
        found = self.most([asked], [agent(pattern=weekly("lun:M mar:J"))], 2)
        self.assertEqual({slot for _code, slot in found}, {am(5), pm(5)})

    def test_never_more_than_asked(self):
        asked = request(slots=(am(4),), alternatives=((am(5), pm(5)),))
        self.most([asked], [agent()], 1)

    def test_fifty_kilometres_at_noon(self):
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(pm(4),))]
        for km, filled in ((50, 2), (50.4, 1)):
            self.most(asked, [agent()], filled, distance=lambda one, other, _detour, km=km: km)
        # The same request all day has no way at noon.
        self.most([request("R1")], [agent()], 2, distance=lambda one, other, _detour: 99)

    def test_a_day_of_rest_in_each_week(self):
        """Two weeks of seven mornings: six and six, and the agent is there every day."""
        slots = days("lun-dim:M", MONDAY, date(2027, 1, 17))
        found = self.most([request(slots=slots)], [agent(pattern=weekly("lun-dim:M"))], 12)
        weeks = {slot.date.isocalendar().week for _code, slot in found}
        self.assertEqual(len(weeks), 2)
        # Of two agents, each has a day of rest: nothing is lost.
        people = [agent(code, pattern=weekly("lun-dim:M")) for code in ("A1", "A2")]
        self.most([request(slots=slots)], people, 14)

    def test_hours_of_a_week(self):
        """Twenty hours hold five half-days of 3 h 30, and 21 hours six of them."""
        slots = days("lun-ven:J", MONDAY, date(2027, 1, 8))
        for hours, filled in ((20, 5), (21, 6), (35, 10)):
            self.most([request(slots=slots)], [agent()], filled, limits=Limits(week_hours=hours))

    def test_hours_of_twelve_weeks(self):
        """Twenty hours on average are 240 in twelve weeks: 68 half-days, and not 69. In thirteen
        weeks the first and the last are ten half-days each, and the eleven between them 58."""
        limits = Limits(average_hours=20)
        for weeks, filled in ((6, 60), (12, 68), (13, 78)):
            slots = days("lun-ven:J", MONDAY, MONDAY + timedelta(weeks=weeks, days=-1))
            self.most([request(slots=slots)], [agent()], filled, limits=limits)

    def test_what_a_person_locked_is_hers_though_rules_are_broken(self):
        """Two places at a time, too far, two agents for one mission: all of it stays."""
        asked = [request("R1"), request("R2"), request("R3", splittable=False)]
        people = [agent("A1"), agent("A2")]
        for locked in (
            (*given("R1", "A1", am(4)), *given("R2", "A1", am(4))),
            (*given("R1", "A1", am(4)), *given("R2", "A1", pm(4))),
            (*given("R3", "A1", am(4)), *given("R3", "A2", pm(4))),
        ):
            case = problem(asked, people, locked=locked, distance=lambda one, other, _detour: 90)
            plan = solve(case)
            self.assertLessEqual(set(locked), set(plan.assignments))

    def test_seven_days_locked_stay_and_nothing_is_added(self):
        slots = days("lun-dim:J", MONDAY, date(2027, 1, 10))
        person = agent(pattern=weekly("lun-dim:J"))
        locked = given("R1", "A1", *slots)
        plan = solve(problem([request(slots=slots)], [person], locked=locked))
        self.assertEqual(plan.filled, 14)


class TestCut(TestCase):
    """What the hours found wrong in a choice: not all of these half-days together, any fewer."""

    def solve(self, model, chosen):
        """How many half-days there are at most with these, None when they are not allowed."""
        cp = model.cp.clone()
        for key in chosen:
            cp.add(model.x[key] == 1)
        cp.maximize(model.filled)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        found = solver.solve(cp)
        return round(solver.objective_value) if found == cp_model.OPTIMAL else None

    def test_a_council_until_late_and_the_morning_after(self):
        """Until 1 h 30 on Monday: Tuesday morning is for somebody else, or the council is."""
        late = Evening(MONDAY, time(20), time(1, 30))
        asked = [request("R1", slots=(pm(4),), evenings=(late,)), request("R2", slots=(am(5),))]
        asked.append(request("R3", slots=(am(6),)))
        model = Model(Board(problem(asked, [agent()])))
        chosen = {("R1", pm(4)): "A1", ("R2", am(5)): "A1", ("R3", am(6)): "A1"}
        self.assertEqual(model.cut(chosen), 1)
        council, morning, after = ((*key, "A1") for key in chosen)
        self.assertIsNone(self.solve(model, [council, morning]))
        for kept in (council, morning):
            self.assertEqual(self.solve(model, [kept, after]), 2)

    def test_the_half_days_that_a_rule_looks_at(self):
        """The day and the one before; the week from its Monday, with those beside for the rest;
        as many weeks as the average."""
        dates = (3, 4, 5, 10, 11, 17, 18)
        for rule, first, among in (
            ("rest", 5, (4, 5)),
            ("day_hours", 4, (3, 4)),
            ("week_hours", 4, (4, 5, 10)),
            ("weekly_rest", 4, (3, 4, 5, 10, 11)),
            ("average_hours", 4, (4, 5, 10, 11, 17)),
        ):
            with self.subTest(rule):
                asked = request(slots=tuple(am(day) for day in dates))
                person = agent(pattern=weekly("lun-dim:M"))
                limits = Limits(average_weeks=2)
                model = Model(Board(problem([asked], [person], limits=limits)))
                keys = {day: ("R1", am(day), "A1") for day in dates}
                trouble = Trouble(rule, am(first).date, "")
                with patch("engine.staffing.cpmodel.Diary.troubles", return_value=[trouble]):
                    found = model.cut({key[:2]: "A1" for key in keys.values()})
                self.assertEqual(found, 1)
                for day in dates:
                    others = [key for other, key in keys.items() if other != day]
                    wanted = len(others) if day in among else None
                    self.assertEqual(self.solve(model, others), wanted, day)

    def test_what_persons_locked_is_not_forbidden(self):
        late = Evening(MONDAY, time(20), time(1, 30))
        asked = [request("R1", slots=(pm(4),), evenings=(late,)), request("R2", slots=(am(5),))]
        locked = given("R1", "A1", pm(4)) + given("R2", "A1", am(5))
        model = Model(Board(problem(asked, [agent()], locked=locked)))
        self.assertEqual(model.cut({("R1", pm(4)): "A1", ("R2", am(5)): "A1"}), 0)


class TestHint(TestCase):
    def test_the_search_starts_from_a_choice(self):
        """Tuesday in the second set of days; A1 goes out, and holds two half-days."""
        asked = [request("R1", alternatives=((am(5), pm(5)),)), request("R2", slots=(am(6),))]
        model = Model(Board(problem(asked, [agent("A1"), agent("A2")])))
        model.hint({("R1", am(5)): "A1", ("R1", pm(5)): "A1"})
        hinted = {
            model.cp.proto.variables[index].name: bool(value)
            for index, value in zip(
                model.cp.proto.solution_hint.vars,
                model.cp.proto.solution_hint.values,
                strict=True,
            )
        }
        self.assertEqual(
            {name for name, value in hinted.items() if value},
            {"R1 2027-01-05 am A1", "R1 2027-01-05 pm A1", "R1 A1", "R1 days 1"},
        )
        self.assertEqual(len(hinted), len(model.cp.proto.variables))
