"""Limits are data, valid at a date: other values than on the command line."""

from dataclasses import replace
from datetime import date, time
from unittest import TestCase

from staffing_cases import agent, am, days, given, plain, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import (
    Board,
    Evening,
    HalfDay,
    Limits,
    check,
    dated,
    explain,
    solve,
    stops,
    what_if_absent,
)
from engine.staffing.agent_schedule import Diary
from engine.staffing.hours import Clock
from engine.staffing.limits import RANGES, UNITS, is_looser, makes_sense
from engine.staffing.objective import Wishes

LIMITS = Limits(morning=(time(8, 30), time(12)), afternoon=(time(13, 30), time(17)))
DECREE = "décret n° 2000-815, art. 3, I"
NEW_YEAR = date(2027, 1, 1)
VALUES = {
    "morning_start": 8.5,
    "morning_end": 12,
    "afternoon_start": 13.5,
    "afternoon_end": 17,
    "day_hours": 10,
    "amplitude_hours": 12,
    "rest_hours": 11,
    "weekly_rest_hours": 35,
    "week_hours": 48,
    "average_hours": 44,
    "average_weeks": 12,
    "break_after_hours": 6,
    "break_minutes": 20,
    "lunch_minutes": 45,
    "speed_kmh": 40,
    "detour": 1.3,
    "warn_km": 15,
    "bus_km": 5,
}


def broken(limits, asked, plan, km=None, **person):
    """(rule, sentence) of what a plan breaks."""
    return [
        (one.rule, plain(one.reason))
        for one in check(
            problem(asked, [agent(**person)], limits=limits, distance=lambda *_places: km), plan
        )
    ]


class TestLimits(TestCase):
    def evening(self, day, start, end):
        """A whole day and a meeting after it, for one agent."""
        slots = (HalfDay(day, "am"), HalfDay(day, "pm"))
        asked = request(slots=slots, evenings=(Evening(day, start, end),))
        return [asked], given("R1", "A1", *slots)

    def test_the_road_at_noon_follows_the_hours_of_the_organisation(self):
        """An hour and a half at noon, 45 minutes of lunch: 45 minutes of road, 30 km at 40 km/h."""
        asked = [request(slots=(am(4),)), request("R2", slots=(pm(4),))]
        plan = (*given("R1", "A1", am(4)), *given("R2", "A1", pm(4)))
        self.assertEqual(broken(LIMITS, asked, plan, km=30), [])
        found = broken(LIMITS, asked, plan, km=31)
        self.assertEqual([rule for rule, _text in found], ["travel"])
        # 31 km take 46 minutes and a half: with 45 of lunch, 91 and a half for 90.
        self.assertIn("pause de 45 min : 92 min pour 90 min", found[0][1])
        # With an hour for lunch, half an hour of road: 20 km.
        long_lunch = replace(LIMITS, lunch_minutes=60)
        self.assertEqual(broken(long_lunch, asked, plan, km=20), [])
        self.assertEqual([r for r, _t in broken(long_lunch, asked, plan, km=21)], ["travel"])

    def test_nine_hours_a_day(self):
        """Two half-days of 3 h 30, then two hours: nine hours; one minute more is too much."""
        nine = replace(LIMITS, day_hours=9)
        monday = date(2027, 1, 4)
        self.assertEqual(broken(nine, *self.evening(monday, time(17, 30), time(19, 30))), [])
        found = broken(nine, *self.evening(monday, time(17, 30), time(19, 31)))
        self.assertEqual(found, [("day_hours", "9 h 01 de travail dans la journée (9 h au plus)")])

    def test_a_rule_that_changes_on_new_years_day(self):
        """Nine hours and a half: allowed on 30 December, no longer on 6 January."""
        limits = replace(LIMITS, later=((NEW_YEAR, replace(LIMITS, day_hours=9)),))
        for day, wanted in ((date(2026, 12, 30), []), (date(2027, 1, 6), ["day_hours"])):
            found = broken(limits, *self.evening(day, time(17, 30), time(20)))
            self.assertEqual([rule for rule, _text in found], wanted, day)

    def test_hours_that_change_on_new_years_day(self):
        """A meeting until 22:00 and eleven hours of rest: 9:00, which is the new opening."""
        late = replace(LIMITS, morning=(time(9), time(12)))
        limits = replace(LIMITS, later=((NEW_YEAR, late),))
        for first, second, wanted in (
            (date(2026, 12, 29), date(2026, 12, 30), ["rest"]),
            (date(2027, 1, 5), date(2027, 1, 6), []),
        ):
            slots = (HalfDay(first, "pm"), HalfDay(second, "am"))
            asked = [request(slots=slots, evenings=(Evening(first, time(20), time(22)),))]
            found = broken(limits, asked, given("R1", "A1", *slots))
            self.assertEqual([rule for rule, _text in found], wanted, first)
            if wanted:
                self.assertIn("8 h 30 : pas avant 9 h (repos de 11 h)", found[0][1])

    def test_thirty_five_hours_of_rest_a_week(self):
        """Saturday until 21:30, then Monday 8:30: 35 hours; until 22:30: 34 hours."""
        slots = (*days("lun-ven:J", date(2027, 1, 4), date(2027, 1, 8)), pm(9), am(11))
        person = {"pattern": read_pattern("lun-sam:J").weekly}
        for end, wanted in ((time(21, 30), []), (time(22, 30), ["weekly_rest"])):
            asked = [request(slots=slots, evenings=(Evening(date(2027, 1, 9), time(20), end),))]
            found = broken(LIMITS, asked, given("R1", "A1", *slots), **person)
            self.assertEqual([rule for rule, _text in found], wanted)
        self.assertEqual(
            found[0][1], f"34 h de repos d'affilée dans la semaine (35 h au moins : {DECREE})"
        )

    def test_the_monday_that_is_planned_already_shortens_the_rest(self):
        """Saturday until 22:30 fits, unless the agent begins on Monday at 8:30: 34 hours."""
        week = days("lun-ven:J", date(2027, 1, 4), date(2027, 1, 8))
        evening = Evening(date(2027, 1, 9), time(20), time(22, 30))
        late, usual = request("R1", slots=(pm(9),), evenings=(evening,)), request("R2")
        person = agent(pattern=read_pattern("lun-sam:J").weekly)
        for known, fits in ((week, True), ((*week, am(11)), False)):
            diary = Diary(person, Board(problem([late, usual], [person])))
            for slot in known:
                diary.add(slot, usual)
            self.assertEqual(diary.fits(pm(9), late), fits)

    def test_forty_hours_of_rest_take_a_half_day_away(self):
        """Saturday 17:30 to Monday 8:30 is 39 h; from noon, or until 14:00, it is 44 h 30: of
        fourteen half-days thirteen. Without that Monday nothing is too much."""
        for last, filled in ((11, 13), (9, 12)):
            with self.subTest(last=last):
                self._fill_forty_hours(date(2027, 1, last), filled)

    def _fill_forty_hours(self, last, filled):
        slots = days("lun-sam:J", date(2027, 1, 4), last)
        person = agent(pattern=read_pattern("lun-sam:J").weekly)
        asked = problem(
            [request(slots=slots)], [person], limits=replace(LIMITS, weekly_rest_hours=40)
        )
        for solver in ("greedy", "cpsat"):
            plan = solve(asked, solver, seconds=10)
            self.assertEqual(check(asked, plan), [])
            self.assertEqual(plan.filled, filled, solver)

    def test_half_days_too_long_for_one_day(self):
        """Six hours and a half a day at most: one half-day of 3 h 30 a day, five a week."""
        slots = days("lun-ven:J", date(2027, 1, 4), date(2027, 1, 8))
        asked = problem([request(slots=slots)], [agent()], limits=replace(LIMITS, day_hours=6.5))
        for solver in ("greedy", "cpsat"):
            plan = solve(asked, solver, seconds=10)
            self.assertEqual(check(asked, plan), [])
            self.assertEqual(plan.filled, 5, solver)

    def test_a_day_of_thirteen_hours_is_no_day_of_twelve(self):
        """8:00 to 12:00, then 17:00 to 21:00: both halves stretch over thirteen hours."""
        wide = replace(LIMITS, morning=(time(8), time(12)), afternoon=(time(17), time(21)))
        asked = problem([request(slots=(am(4), pm(4)))], [agent()], limits=wide)
        plan = solve(asked, "greedy")
        self.assertEqual(plan.assignments[0].start, time(9))
        self.assertEqual(check(asked, plan), [])

    def test_twenty_minutes_of_break_before_six_hours(self):
        """From 13:30 without a break: no work may *reach* six hours; 17:20 is twenty minutes."""
        decree = f"({DECREE})"
        for start, end, limits, wanted in (
            (time(17), time(19, 29), LIMITS, []),
            (time(17), time(19, 30), LIMITS, [f"6 h d'affilée sans pause de 20 min {decree}"]),
            (time(17, 19), time(20), LIMITS, [f"6 h 30 d'affilée sans pause de 20 min {decree}"]),
            (time(17, 20), time(19, 50), LIMITS, []),
            (time(17), time(19, 30), replace(LIMITS, break_after_hours=7), []),
            (
                time(17),
                time(18),
                replace(LIMITS, break_after_hours=4),
                ["4 h 30 d'affilée sans pause de 20 min (règle de l'établissement)"],
            ),
        ):
            asked, plan = self.evening(date(2027, 1, 4), start, end)
            found = [text for rule, text in broken(limits, asked, plan) if rule == "break"]
            self.assertEqual(found, wanted, (start, end))

    def test_no_way_of_planning_takes_a_day_without_its_break(self):
        """Of three afternoons the one with a council from 17:00 to 20:00 stays without agent,
        with the reason; a manual move has the same message."""
        late = Evening(date(2027, 1, 5), time(17), time(20))
        asked = request(slots=(pm(4), pm(5), pm(6)), evenings=(late,))
        planned = problem([asked], [agent()], limits=LIMITS)
        for solver in ("greedy", "cpsat"):
            plan = solve(planned, solver, seconds=10)
            self.assertEqual(check(planned, plan), [])
            self.assertEqual([one.half_day for one in plan.assignments], [pm(4), pm(6)], solver)
            found = explain(Board(planned), plan, "R1")
            self.assertIn("6 h 30 d'affilée sans pause", plain(found.text))
        by_hand = given("R1", "A1", pm(5))
        self.assertEqual([one.rule for one in check(planned, by_hand)], ["break"])
        many = problem([asked], [agent(f"A{n}") for n in range(40)], limits=LIMITS)
        plan = solve(many, seconds=10)  # proven for any set of eligible agents
        self.assertEqual((plan.filled, plan.optimal), (2, True))
        repair = what_if_absent(planned, plan, "A2", date(2027, 1, 4), date(2027, 1, 4))
        self.assertEqual(repair.plan.filled, 2)

    def test_half_days_without_a_break_between_them(self):
        """8:30 to 12:15, 12:30 to 16:00: a quarter of an hour is no break, so half a day each."""
        short = replace(
            LIMITS, morning=(time(8, 30), time(12, 15)), afternoon=(time(12, 30), time(16))
        )
        slots = days("lun-ven:J", date(2027, 1, 4), date(2027, 1, 8))
        for limits, filled in ((short, 5), (replace(short, break_minutes=15), 10)):
            planned = problem([request(slots=slots)], [agent()], limits=limits)
            for solver in ("greedy", "cpsat"):
                plan = solve(planned, solver, seconds=10)
                self.assertEqual(check(planned, plan), [])
                self.assertEqual(plan.filled, filled, solver)

    def test_an_evening_within_the_afternoon_counts_once(self):
        """13:30 to 17:00 and 16:00 to 20:00: 13:30 to 20:00, 390 minutes."""
        for start, end, minutes, last in (
            (time(16), time(20), 390, time(20)),
            (time(17), time(20), 390, time(20)),
            (time(17, 30), time(20), 360, time(20)),
            (time(15), time(16), 210, time(17)),
            (time(13), time(14), 240, time(17)),
        ):
            day = date(2027, 1, 4)
            asked = request(slots=(pm(4),), evenings=(Evening(day, start, end),))
            found = Clock(LIMITS, lambda *_places: None).day(day, {"pm": asked})
            self.assertEqual((found.minutes, found.end.time()), (minutes, last), (start, end))

    def test_roads_that_change_on_new_years_day(self):
        """20 km in a straight line: 26 km at 1.3, 40 km at 2; 30 km fit in 45 minutes at noon.

        At 40 km/h then at 30: 26 km fit, then 22.5 km are the most.
        """
        for later in ({"detour": 2}, {"speed_kmh": 30}):
            limits = replace(LIMITS, later=((NEW_YEAR, replace(LIMITS, **later)),))
            for day, wanted in ((date(2026, 12, 30), []), (date(2027, 1, 6), ["travel"])):
                morning, afternoon = HalfDay(day, "am"), HalfDay(day, "pm")
                given_problem = problem(
                    [request(slots=(morning,)), request("R2", slots=(afternoon,))],
                    [agent()],
                    limits=limits,
                    distance=lambda one, other, detour: 20 * detour,
                )
                plan = (*given("R1", "A1", morning), *given("R2", "A1", afternoon))
                found = [one.rule for one in check(given_problem, plan)]
                self.assertEqual(found, wanted, (later, day))
                for solver in ("greedy", "cpsat"):
                    filled = solve(given_problem, solver).filled
                    self.assertEqual(filled, 1 if wanted else 2, (later, day, solver))

    def test_the_same_two_communes_before_and_after(self):
        """One plan over New Year: on each day its own detour, 26 km then 40 km."""
        limits = replace(LIMITS, warn_km=30, later=((NEW_YEAR, replace(LIMITS, detour=2)),))
        before, after = date(2026, 12, 30), date(2027, 1, 6)
        first = request(slots=(HalfDay(before, "am"), HalfDay(after, "am")))
        second = request("R2", slots=(HalfDay(before, "pm"), HalfDay(after, "pm")))
        given_problem = problem(
            [first, second],
            [agent()],
            limits=limits,
            distance=lambda one, other, detour: 20 * detour,
        )
        plan = (*given("R1", "A1", *first.slots), *given("R2", "A1", *second.slots))
        found = [(one.rule, one.half_day.date) for one in check(given_problem, plan)]
        self.assertEqual(found, [("travel", after)])
        for solver in ("greedy", "cpsat"):
            self.assertEqual(solve(given_problem, solver).filled, 3, solver)

    def test_a_long_way_is_reported_with_the_detour_of_its_day(self):
        """20 km in a straight line, reported from 30 km: 26 km at 1.3, 32 km at 1.6."""
        limits = replace(
            Limits(), warn_km=30, later=((NEW_YEAR, replace(Limits(), warn_km=30, detour=1.6)),)
        )
        for day, wanted in ((date(2026, 12, 30), []), (date(2027, 1, 6), ["travel"])):
            asked = [
                request(slots=(HalfDay(day, "am"),)),
                request("R2", slots=(HalfDay(day, "pm"),)),
            ]
            plan = solve(
                problem(
                    asked,
                    [agent()],
                    limits=limits,
                    distance=lambda one, other, detour: 20 * detour,
                ),
                "greedy",
            )
            self.assertEqual([one.rule for one in plan.notices], wanted, day)

    def test_the_way_from_home_follows_the_detour_of_the_request(self):
        """An agent not wished costs 20, a km 0.2: 60 km cost 15.6 at 1.3, but 24 at 2."""
        limits = replace(LIMITS, later=((NEW_YEAR, replace(LIMITS, detour=2)),))
        far = agent("A1", home="Loin")
        near = agent("A2", home="Ici")
        for day, wanted in ((date(2026, 12, 30), "A1"), (date(2027, 1, 6), "A2")):
            asked = request(slots=(HalfDay(day, "am"),), wished=frozenset({"A1"}))
            given_problem = problem(
                [asked],
                [far, near],
                limits=limits,
                distance=lambda one, other, detour: 60 * detour if one[0] == "Loin" else 0,
            )
            wishes = Wishes(Board(given_problem))
            costs = {one: wishes.half_day(("R1", asked.slots[0], one)) for one in ("A1", "A2")}
            self.assertEqual(min(costs, key=costs.get), wanted, day)

    def test_a_commune_is_served_on_each_day_of_the_request(self):
        """6 km: served up to 8 km, then up to 5 km only."""
        limits = replace(Limits(), bus_km=8, later=((NEW_YEAR, Limits()),))
        walker, before, after = agent(licence=False), date(2026, 12, 30), date(2027, 1, 6)
        for dates, wanted in (
            ([before], []),
            ([after], ["licence"]),
            ([before, after], ["licence"]),
        ):
            asked = request(slots=tuple(HalfDay(day, "am") for day in dates), km=6)
            self.assertEqual([stop.rule for stop in stops(asked, walker, limits)], wanted, dates)

    def test_values_that_make_sense(self):
        self.assertEqual(set(RANGES), set(UNITS))
        self.assertEqual([code for code in VALUES if not makes_sense(code, VALUES[code])], [])
        for code, value in (
            ("day_hours", 30),
            ("week_hours", 500),
            ("rest_hours", 200),
            ("detour", 0.1),
            ("break_minutes", 0.001),
            ("average_weeks", 0.3),
            ("average_weeks", 1.5),
            ("morning_start", 0),
        ):
            self.assertFalse(makes_sense(code, value), code)

    def test_values_looser_than_the_decree(self):
        """Values of the decree are not; a step beyond is, on the side that protects less."""
        self.assertEqual([code for code in VALUES if is_looser(code, VALUES[code])], [])
        for code, value in (
            ("day_hours", 10.5),
            ("amplitude_hours", 13),
            ("week_hours", 49),
            ("average_hours", 45),
            ("average_weeks", 13),
            ("break_after_hours", 6.5),
            ("rest_hours", 10.5),
            ("weekly_rest_hours", 34),
            ("break_minutes", 15),
        ):
            self.assertTrue(is_looser(code, value), code)
            self.assertFalse(is_looser(code, 2 * VALUES[code] - value), code)

    def test_values_of_records(self):
        self.assertEqual(set(VALUES), set(UNITS))
        found = dated(
            [
                (date(2026, 10, 1), VALUES),
                (NEW_YEAR, VALUES | {"afternoon_start": 14, "day_hours": 9}),
            ]
        )
        self.assertEqual(found.on(date(2026, 1, 1)), found)  # the first ones hold before too
        self.assertEqual(found.on(date(2026, 12, 31)).afternoon, (time(13, 30), time(17)))
        self.assertEqual(found.on(NEW_YEAR).afternoon, (time(14), time(17)))
        self.assertEqual((found.day_hours, found.on(NEW_YEAR).day_hours), (10, 9))
        with self.assertRaises(KeyError):
            dated([(NEW_YEAR, {"day_hours": 9})])
