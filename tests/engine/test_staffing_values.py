"""Each limit from both sides, the cost of each wish, the report on a finished plan."""

from dataclasses import replace
from datetime import date, time
from math import cos, hypot, radians
from time import perf_counter
from unittest import TestCase
from unittest.mock import MagicMock

from staffing_cases import agent, am, given, pm, problem, request

from engine.staffing import Board, Evening, Exclusion, Limits, Places, Plan, repaired, solve
from engine.staffing.agent_schedule import Diary
from engine.staffing.cpsat import Search
from engine.staffing.limits import RANGES, Weights, is_looser, makes_sense, to_time
from engine.staffing.objective import Wishes
from engine.staffing.plan_assembly import finished
from engine.staffing.rules import stops

# The lowest and the highest value that a department may type.
TYPED = {
    "morning_start": (1, 24),
    "morning_end": (1, 24),
    "afternoon_start": (1, 24),
    "afternoon_end": (1, 24),
    "day_hours": (1, 24),
    "amplitude_hours": (1, 24),
    "rest_hours": (1, 23),
    "weekly_rest_hours": (1, 120),
    "week_hours": (1, 100),
    "average_hours": (1, 100),
    "average_weeks": (1, 52),
    "break_after_hours": (1, 24),
    "break_minutes": (5, 120),
    "lunch_minutes": (5, 240),
    "speed_kmh": (5, 130),
    "detour": (1, 3),
    "warn_km": (1, 200),
    "bus_km": (0.5, 100),
}
# Decree n° 2000-815, article 3: what it allows at most, what it asks for at least.
AT_MOST = {
    "day_hours": 10,
    "amplitude_hours": 12,
    "week_hours": 48,
    "average_hours": 44,
    "average_weeks": 12,
    "break_after_hours": 6,
}
AT_LEAST = {"rest_hours": 11, "weekly_rest_hours": 35, "break_minutes": 20}


class TestLimits(TestCase):
    def test_what_may_be_typed(self):
        self.assertEqual(set(RANGES), set(TYPED))
        for code, (lowest, highest) in TYPED.items():
            step = 1 if code == "average_weeks" else 0.01
            found = [
                makes_sense(code, value)
                for value in (lowest - step, lowest, highest, highest + step)
            ]
            self.assertEqual(found, [False, True, True, False], code)

    def test_the_decree(self):
        for code in TYPED:
            top, bottom = AT_MOST.get(code), AT_LEAST.get(code)
            self.assertEqual(is_looser(code, 1_000), top is not None, code)
            self.assertEqual(is_looser(code, -1), bottom is not None, code)
            if top is not None:
                self.assertEqual([is_looser(code, v) for v in (top, top + 0.01)], [False, True])
            if bottom is not None:
                self.assertEqual(
                    [is_looser(code, v) for v in (bottom, bottom - 0.01)], [False, True]
                )

    def test_hours_of_a_clock(self):
        for hours, wanted in {
            0: time(0),
            8.5: time(8, 30),
            13.99: time(13, 59),
            23.99: time(23, 59),
            24: time(23, 59),
        }.items():
            self.assertEqual(to_time(hours), wanted, hours)

    def test_the_limits_of_an_organisation_without_settings(self):
        limits = Limits()
        self.assertEqual((limits.minutes("am"), limits.minutes("pm")), (210, 210))
        self.assertEqual((limits.morning[0], limits.afternoon[0]), (time(8, 30), time(14)))
        self.assertEqual({code: getattr(limits, code) for code in AT_MOST}, AT_MOST)
        self.assertEqual({code: getattr(limits, code) for code in AT_LEAST}, AT_LEAST)
        self.assertEqual(
            (limits.lunch_minutes, limits.speed_kmh, limits.detour, limits.warn_km, limits.bus_km),
            (45, 40, 1.3, 15, 5),
        )

    def test_limits_that_change_on_a_day(self):
        second, third = replace(Limits(), week_hours=40), replace(Limits(), average_weeks=16)
        limits = replace(Limits(), later=((date(2027, 1, 1), second), (date(2028, 1, 1), third)))
        for day, wanted in (
            (date(2026, 12, 31), limits),
            (date(2027, 1, 1), second),
            (date(2027, 12, 31), second),
            (date(2028, 1, 1), third),
        ):
            self.assertEqual(limits.on(day), wanted, day)
        self.assertEqual(limits.longest_average, 16)


class TestWishes(TestCase):
    """Costs are in hundredths; 200 for ten km at 0.2."""

    def cost(self, asked=None, person=None, slot=None, kept=None, change=0, **values):
        asked = request("R1", **{"km": 10} | (asked or {}))
        case = Board(problem([asked], [agent("A1", **(person or {}))], **values))
        return Wishes(case, kept, change).half_day(("R1", slot or am(4), "A1"))

    def test_weights(self):
        self.assertEqual(Weights(), Weights(200, 6, 0.2, 5, 10, 2000, 20, 4, 1000))

    def test_kilometres(self):
        for km, wanted in ((10, 200), (12.5, 250), (0, 0), (None, 0)):
            self.assertEqual(self.cost({"km": km}), wanted, km)

    def test_from_home_when_both_places_are_known(self):
        def far(one, other, detour):
            return 30 * detour if one[0] == "Loin" else None

        home = {"home": "Loin"}
        self.assertEqual(self.cost(person=home, distance=far), 780)
        self.assertEqual(self.cost(person={"home": "Ailleurs"}, distance=far), 200)
        self.assertEqual(self.cost(distance=far), 200)
        self.assertEqual(self.cost({"commune": ""}, home, distance=far), 200)

    def test_a_small_commune(self):
        for population, wanted in ((1999, -800), (2000, 200), (0, -800), (None, 200)):
            self.assertEqual(self.cost({"population": population}), wanted, population)

    def test_an_agent_who_was_not_wished(self):
        self.assertEqual(self.cost({"wished": frozenset({"A1", "A2"})}), 200)
        self.assertEqual(self.cost({"wished": frozenset({"A2"})}), 2200)

    def test_categories_above_the_one_asked(self):
        for asked, own, wanted in (
            ("C", "A", 1000),
            ("C", "B", 600),
            ("B", "A", 600),
            ("B", "B", 200),
            ("A", "C", 200),
            ("", "A", 200),
            ("C", "", 200),
        ):
            found = self.cost({"category": asked}, {"category": own})
            self.assertEqual(found, wanted, (asked, own))

    def test_another_day_than_those_asked(self):
        asked = {"slots": (am(4),), "alternatives": ((am(5),),)}
        self.assertEqual(self.cost(asked, slot=am(4)), 200)
        self.assertEqual(self.cost(asked, slot=am(5)), 100_200)
        self.assertEqual(self.cost({"slots": (am(4),)}, slot=am(5)), 200)

    def test_a_plan_in_force(self):
        """What stays is worth the change, in hundredths too; nothing without such a plan."""
        kept = {("R1", am(4)): "A1", ("R1", pm(4)): "A2"}
        self.assertEqual(self.cost(kept=kept, change=1000), 200 - 100_000)
        self.assertEqual(self.cost(kept=kept, change=1000, slot=pm(4)), 200)
        self.assertEqual(self.cost(kept=kept, change=1000, slot=am(5)), 200)
        self.assertEqual(self.cost(kept=kept), 200)
        self.assertEqual(self.cost(change=1000), 200)


class TestFinished(TestCase):
    def plan(self, asked, person, chosen, **values):
        case = Board(problem(asked, [person], **values))
        found = {(one.request, one.half_day): one.agent for one in chosen}
        return finished(case, found, "greedy", 0)

    def rules(self, asked, person, chosen, **values):
        """(rule, day and half) of the report on a plan."""
        notices = self.plan(asked, person, chosen, **values).notices
        return [(one.rule, one.half_day) for one in notices]

    def test_the_contract_of_a_week_is_exceeded_by_more_than_an_hour(self):
        """A morning has 3 h 30: an hour more than 2 h 30."""
        for hours, wanted in ((2.5, []), (2.49, [("part_time", am(4))]), (None, []), (5, [])):
            person, asked = agent(weekly_hours=hours), request(slots=(am(6),))
            self.assertEqual(self.rules([asked], person, given("R1", "A1", am(6))), wanted, hours)

    def test_each_week_beyond_the_contract_is_reported(self):
        asked = request(slots=(am(4), pm(4), am(12), am(18), pm(20)))
        found = self.rules([asked], agent(weekly_hours=4), given("R1", "A1", *asked.slots))
        self.assertEqual(found, [("part_time", am(4)), ("part_time", am(18))])

    def test_a_long_way_at_noon_is_reported_once_for_two_requests(self):
        asked = [request("R1", slots=(am(4), am(5))), request("R2", slots=(pm(4), pm(5)))]
        chosen = given("R1", "A1", am(4), am(5)) + given("R2", "A1", pm(4), pm(5))
        for km, wanted in ((15, [("travel", pm(4))]), (14.9, []), (None, []), (0, [])):
            found = self.rules(asked, agent(), chosen, distance=lambda *_, km=km: km)
            self.assertEqual(found, wanted, km)
        alone = given("R1", "A1", am(4))
        self.assertEqual(self.rules(asked, agent(), alone, distance=lambda *_: 40), [])

    def test_an_arrival_put_off_by_the_council_of_the_day_before(self):
        """Until 23 h: eleven hours later it is 10 h; until 21 h 30, the usual 8 h 30."""
        for end, start in ((time(23), time(10)), (time(21, 30), None)):
            late = Evening(date(2027, 1, 4), time(20), end)
            asked = request(slots=(pm(4), am(5), pm(5)), evenings=(late,))
            plan = self.plan([asked], agent(), given("R1", "A1", *asked.slots))
            self.assertEqual([one.start for one in plan.assignments], [None, start, None])
            found = [(one.rule, one.half_day) for one in plan.notices]
            self.assertEqual(found, [("rest", am(5))] if start else [])

    def test_the_end_stated_of_the_day_before_is_that_of_its_evening(self):
        """Of a whole day that ends with a council at 23 h, or of an afternoon that runs into it."""
        for first, begin in (((am(4), pm(4)), time(20)), ((pm(4),), time(17))):
            late = Evening(date(2027, 1, 4), begin, time(23))
            asked = request(slots=(*first, am(5)), evenings=(late,))
            limits = replace(Limits(), amplitude_hours=15)
            plan = self.plan([asked], agent(), given("R1", "A1", *asked.slots), limits=limits)
            (notice,) = [one for one in plan.notices if one.rule == "rest"]
            self.assertIn("23 h", notice.reason.replace("\u00a0", " "))

    def test_of_two_rules_that_put_off_as_much_rest_is_reported(self):
        """Monday until 23 h 30, rest until 10 h 30; Tuesday until 22 h 30, twelve hours before."""
        first, second = (
            Evening(date(2027, 1, day), time(20), end)
            for day, end in ((4, time(23, 30)), (5, time(22, 30)))
        )
        asked = request(slots=(pm(4), am(5), pm(5)), evenings=(first, second))
        plan = self.plan([asked], agent(), given("R1", "A1", *asked.slots))
        self.assertEqual([one.start for one in plan.assignments][1], time(10, 30))
        self.assertIn(("rest", am(5)), [(one.rule, one.half_day) for one in plan.notices])

    def test_the_time_shown_is_that_of_the_search(self):
        begin = perf_counter()
        plan = solve(problem([request()], [agent()]), seconds=10)
        self.assertTrue(0 <= plan.seconds <= perf_counter() - begin)

    def test_other_days_than_those_asked_are_named_once(self):
        asked = request(slots=(am(4), pm(4)), alternatives=((am(6), pm(6)),))
        plan = self.plan([asked], agent(), given("R1", "A1", am(6), pm(6)))
        (notice,) = [one for one in plan.notices if one.rule == "other_days"]
        self.assertEqual(notice.reason.count("06/01/2027"), 1)
        self.assertEqual(self.rules([asked], agent(), given("R1", "A1", am(4))), [])

    def test_a_plan_of_half_days_that_nobody_knows_is_written_as_it_is(self):
        asked = request(slots=(am(4),))
        plan = self.plan([asked], agent(), given("R9", "A1", am(4)) + given("R1", "A9", am(4)))
        self.assertEqual(
            [(one.request, one.agent) for one in plan.assignments], [("R1", "A9"), ("R9", "A1")]
        )

    def test_a_plan_that_reaches_what_is_possible_is_the_best(self):
        asked = [request("R1", slots=(am(4), am(5)))]
        for chosen, optimal in (((am(4), am(5)), True), ((am(4),), False)):
            plan = self.plan(asked, agent(), given("R1", "A1", *chosen))
            self.assertEqual((plan.optimal, plan.bound), (optimal, 2))


class TestPlaces(TestCase):
    def test_the_way_within_a_commune_is_nothing_however_it_is_named(self):
        places = Places(["Metz", "Woippy"], ["57463", "57751"])
        for one, other in (
            (("Metz", "57463"), ("METZ", "")),
            (("", "57463"), ("", "57463")),
            (("Nulle-Part", ""), ("NULLE-PART", "")),
        ):
            self.assertEqual(places.distance(one, other, 1.3), 0.0, (one, other))

    def test_a_way_by_road(self):
        """Metz (49.10812, 6.19598) and Woippy (49.16417, 6.15761), as on a flat map."""
        places = Places(["Metz", "Woippy"], ["57463", "57751"])
        straight = places.distance(("Metz", ""), ("", "57751"), 1)
        north, east = 49.16417 - 49.10812, (6.19598 - 6.15761) * cos(radians(49.14))
        self.assertAlmostEqual(straight, 111.195 * hypot(north, east), places=2)
        self.assertAlmostEqual(places.distance(("Metz", ""), ("", "57751"), 1.3), 1.3 * straight)
        self.assertAlmostEqual(places.distance(("", "57751"), ("Metz", ""), 1), straight)
        self.assertAlmostEqual(places.distance(("", "57463"), ("Woippy", ""), 1), straight)
        self.assertIsNone(places.distance(("Metz", ""), ("Nulle-Part", ""), 1.3))


class TestExclusions(TestCase):
    def test_an_exclusion_for_a_time_stops_a_request_that_lies_within(self):
        """Days 4, 5 and 6 January; both ends of the exclusion count."""
        asked = request(slots=(am(4), am(5), am(6)))
        for first, last, stopped in (
            (4, 6, True),
            (None, 6, True),
            (4, None, True),
            (5, 6, False),
            (4, 5, False),
            (None, 5, False),
            (5, None, False),
        ):
            start, end = (day and date(2027, 1, day) for day in (first, last))
            person = agent(exclusions=(Exclusion(asked.commune, "refus", start, end),))
            found = [stop.rule for stop in stops(asked, person, Limits())]
            self.assertEqual(found, ["exclusion"] if stopped else [], (first, last))


class TestTime(TestCase):
    def test_how_the_solver_shares_its_time(self):
        """Of 100 seconds 97 are for the search: one worker has 40 % of them, then many go on to
        70 %; the rest is for the wishes."""
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(am(4),))]
        case = Board(problem(asked, [agent(), agent("A2")]))
        begin = perf_counter()
        search = Search(case, begin, 100, 1, None, None)
        ends = []

        def look(_model, _best, end, *_more):
            ends.append(end - begin)
            return None, case.bound

        search._solve = look
        self.assertEqual(search._most(MagicMock(), {}), {})
        self.assertEqual([round(end / 97, 1) for end in ends], [0.4, 0.7])
        ends.clear()
        most = {("R1", am(4)): "A1", ("R2", am(4)): "A2"}
        self.assertEqual(search._most(MagicMock(), most), most)
        self.assertEqual(len(ends), 1)  # it is proven: nobody looks for more


class TestDiary(TestCase):
    def test_an_evening_is_refused_when_the_next_morning_is_already_taken(self):
        """A council until 1 h 30 leaves nothing of a morning; until 23 h it begins at 10 h."""
        for end, fits in ((time(1, 30), False), (time(23), True)):
            late = Evening(date(2027, 1, 4), time(20), end)
            council = request("R1", slots=(pm(4),), evenings=(late,))
            morning = request("R2", slots=(am(5),))
            diary = Diary(agent(), Board(problem([council, morning], [agent()])))
            self.assertTrue(diary.fits(pm(4), council))
            diary.add(am(5), morning)
            self.assertEqual(diary.fits(pm(4), council), fits, end)


class TestRepaired(TestCase):
    def test_as_many_half_days_by_those_who_are_wished(self):
        """A1, who did it, is gone; the greedy takes A2, though A3 is the one wished."""
        asked = request(slots=(am(4),), wished=frozenset({"A3"}))
        case = problem([asked], [agent("A2"), agent("A3")])
        for solver, wanted in (("greedy", "A2"), ("cpsat", "A3")):
            plan = repaired(case, Plan(given("R1", "A1", am(4))), solver=solver)
            self.assertEqual([one.agent for one in plan.assignments], [wanted], solver)
        self.assertGreater(plan.seconds, 0)
        self.assertEqual(repaired(case, Plan(()), solver="greedy").seconds, 0)


class TestTakenOut(TestCase):
    def test_of_two_half_days_that_are_too_long_together_the_first_stays_or_the_locked_one(self):
        """What the solver chose in spite of the hours, once its rounds are over."""
        asked = [request("R1", slots=(pm(4),)), request("R2", slots=(am(4),))]
        chosen = {("R1", pm(4)): "A1", ("R2", am(4)): "A1"}
        limits = replace(Limits(), day_hours=4)
        for locked, kept in (((), ("R2", am(4))), (given("R1", "A1", pm(4)), ("R1", pm(4)))):
            case = Board(problem(asked, [agent()], limits=limits, locked=locked))
            search = Search(case, perf_counter(), 10, 1, None, None)
            self.assertEqual(search._legal(chosen), {kept: "A1"})
