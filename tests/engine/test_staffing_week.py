"""Hours on the limits: exactly what the rules allow, then a minute or a hundred metres more."""

from datetime import date, time, timedelta
from unittest import TestCase

from staffing_cases import MONDAY, agent, am, days, given, plain, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import Evening, Limits, Pattern, check, greedy, half_days


def weekly(text):
    return read_pattern(text).weekly


# Twenty minutes after six hours have tests of their own (test_staffing_limits.py).
NO_BREAK = Limits(break_after_hours=24)


def evening(day, *end, start=(17, 30)):
    return Evening(day, time(*start), time(*end))


class TestLimits(TestCase):
    def list_rules(self, asked, person, start=None):
        """(rule, sentence) when one person takes everything."""
        case = problem([asked], [person], limits=NO_BREAK)
        plan = given(asked.code, person.code, *asked.slots, start=start)
        return [(one.rule, plain(one.reason)) for one in check(case, plan)]

    def filled(self, asked, person):
        return greedy(problem([asked], [person], limits=NO_BREAK)).filled

    def test_ten_hours_in_a_day(self):
        """3 h 30 twice, and three hours of council from 17:30; the day begins at 8:30."""
        for end, expected in (
            ((20, 30), []),
            (
                (20, 31),
                [("day_hours", "10 h 01 de travail dans la journée (10 h au plus)")],
            ),
        ):
            asked = request(evenings=(evening(MONDAY, *end),))
            found = [one for one in self.list_rules(asked, agent()) if one[0] == "day_hours"]
            self.assertEqual(found, expected)

    def test_forty_eight_hours_in_a_week(self):
        """Six days of seven hours and three councils of two hours: 48 hours."""
        slots = days("lun-sam:J", MONDAY, date(2027, 1, 9))
        person = agent(pattern=weekly("lun-sam:J"))
        for minute, expected, filled in (
            (30, [], 12),
            (31, [("week_hours", "48 h 01 de travail dans la semaine (48 h au plus)")], 11),
        ):
            ends = {0: 30, 2: 30, 4: minute}
            evenings = tuple(
                evening(MONDAY + timedelta(days=day), 19, end) for day, end in ends.items()
            )
            asked = request(slots=slots, evenings=evenings)
            self.assertEqual(self.list_rules(asked, person), expected)
            self.assertEqual(self.filled(asked, person), filled)

    def test_forty_four_hours_on_average(self):
        """Six days of seven hours and a council of two hours, for twelve weeks: 44 hours."""
        last = MONDAY + timedelta(weeks=12, days=-1)
        slots = days("lun-sam:J", MONDAY, last)
        person = agent(pattern=weekly("lun-sam:J"))
        for minute, expected, filled in (
            (30, [], 144),
            (31, ["44 h 01 en moyenne sur 12 semaines (44 h au plus)"], 143),
        ):
            evenings = tuple(
                evening(MONDAY + timedelta(weeks=week), 19, minute) for week in range(12)
            )
            asked = request(slots=slots, evenings=evenings)
            self.assertEqual([text for _rule, text in self.list_rules(asked, person)], expected)
            self.assertEqual(self.filled(asked, person), filled)

    def test_a_free_week_counts_for_nothing(self):
        """Eleven weeks of 48 hours, then none: 528 hours in twelve weeks are 44 on average."""
        slots = days("lun-sam:J", MONDAY, MONDAY + timedelta(weeks=11, days=-1))
        evenings = tuple(
            evening(MONDAY + timedelta(weeks=week, days=day), 19, 30)
            for week in range(11)
            for day in (0, 2, 4)
        )
        asked = request(slots=slots, evenings=evenings)
        person = agent(pattern=weekly("lun-sam:J"))
        self.assertEqual(self.list_rules(asked, person), [])
        self.assertEqual(self.filled(asked, person), 132)

    def test_thirteen_weeks_are_not_an_average_of_twelve(self):
        """44 h 01 for eleven weeks, then 42 hours: the average of twelve stays under."""
        slots = days("lun-sam:J", MONDAY, MONDAY + timedelta(weeks=12, days=-1))
        evenings = tuple(evening(MONDAY + timedelta(weeks=week), 19, 31) for week in range(11))
        asked = request(slots=slots, evenings=evenings)
        self.assertEqual(self.list_rules(asked, agent(pattern=weekly("lun-sam:J"))), [])

    def test_a_seventh_day(self):
        """Seven mornings are 24 h 30 and leave no rest of 35 hours."""
        asked = request(slots=days("lun-dim:M", MONDAY, date(2027, 1, 10)))
        person = agent(pattern=weekly("lun-dim:M"))
        decree = "décret n° 2000-815, art. 3, I"
        # From noon to 8:30.
        rest = f"20 h 30 de repos d'affilée dans la semaine (35 h au moins : {decree})"
        wanted = [("weekly_rest", rest)]
        self.assertEqual(self.list_rules(asked, person), wanted)
        six = request(slots=days("lun-sam:M", MONDAY, date(2027, 1, 10)))
        self.assertEqual(self.list_rules(six, person), [])

    def test_seven_days_over_two_weeks(self):
        """From Thursday to Wednesday no week has seven days."""
        asked = request(slots=days("lun-dim:M", date(2027, 1, 7), date(2027, 1, 13)))
        self.assertEqual(self.list_rules(asked, agent(pattern=weekly("lun-dim:M"))), [])

    def test_eleven_hours_of_rest(self):
        """A council until 21:30 leaves the usual morning; until 21:31 it is a minute late."""
        for minute, expected in (
            (30, []),
            (31, [("rest", "prise de poste à 8 h 30 : pas avant 8 h 31 (repos de 11 h)")]),
        ):
            asked = request(slots=(pm(4), am(5)), evenings=(evening(MONDAY, 21, minute),))
            self.assertEqual(self.list_rules(asked, agent()), expected)

    def test_rest_after_midnight(self):
        """The council ends at 0:15: not before 11:15."""
        late = evening(MONDAY, 0, 15, start=(20, 0))
        asked = request(slots=(pm(4), am(5)), evenings=(late,))
        wanted = ("rest", "prise de poste à 8 h 30 : pas avant 11 h 15 (repos de 11 h)")
        self.assertEqual(self.list_rules(asked, agent()), [wanted])
        self.assertEqual(self.filled(asked, agent()), 2)

    def test_a_day_off_between_is_rest_enough(self):
        late = evening(MONDAY, 23, 30, start=(20, 0))
        asked = request(slots=(pm(4), am(6)), evenings=(late,))
        self.assertEqual(self.list_rules(asked, agent()), [])

    def test_twelve_hours_from_beginning_to_end(self):
        for minute, expected in (
            (30, []),
            (31, [("amplitude", "prise de poste à 8 h 30 : pas avant 8 h 31 (amplitude de 12 h)")]),
        ):
            asked = request(evenings=(evening(MONDAY, 20, minute, start=(19, 0)),))
            self.assertEqual(self.list_rules(asked, agent()), expected)

    def test_who_arrives_late_works_less(self):
        """A council until 22:01: 1 h 59, 3 h 30 and 4 h 31 from 10:01; a minute more from 10:00."""
        asked = request(evenings=(evening(MONDAY, 22, 1),))
        self.assertEqual(self.list_rules(asked, agent(), start=time(10, 1)), [])
        self.assertEqual(
            self.list_rules(asked, agent(), start=time(10)),
            [
                ("amplitude", "prise de poste à 10 h : pas avant 10 h 01 (amplitude de 12 h)"),
                ("day_hours", "10 h 01 de travail dans la journée (10 h au plus)"),
            ],
        )

    def test_a_council_is_worked_by_who_holds_the_last_half_day(self):
        """The afternoon's agent has the council; the morning's agent goes home."""
        asked = request(evenings=(evening(MONDAY, 21, 0),))
        people = [agent("A1"), agent("A2")]
        plan = (*given("R1", "A1", am(4)), *given("R1", "A2", pm(4)))
        self.assertEqual(check(problem([asked], people, limits=NO_BREAK), plan), [])

    def test_way_at_noon(self):
        """Two hours at noon less 45 minutes of lunch: 75 minutes, 50 km at 40 km/h."""
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(pm(4),))]
        plan = (*given("R1", "A1", am(4)), *given("R2", "A1", pm(4)))
        for km, expected in (
            (50, []),
            (
                50.4,
                ["trajet R1 – R2 (50 km) et pause de 45 min : 121 min pour 120 min"],
            ),
        ):
            case = problem(asked, [agent()], distance=lambda one, other, _detour, km=km: km)
            self.assertEqual([plain(one.reason) for one in check(case, plan)], expected)
            self.assertEqual(greedy(case).filled, 1 if expected else 2)

    def test_the_way_at_noon_is_work(self):
        """30 km are 45 minutes: with 7 hours and a council of 2 h 16, ten hours and a minute."""
        for end, expected in (((19, 45), []), ((19, 46), ["day_hours"])):
            asked = [
                request("R1", slots=(am(4),)),
                request("R2", slots=(pm(4),), evenings=(evening(MONDAY, *end),)),
            ]
            plan = (*given("R1", "A1", am(4)), *given("R2", "A1", pm(4)))
            case = problem(asked, [agent()], distance=lambda one, other, _detour: 30)
            self.assertEqual([one.rule for one in check(case, plan)], expected)
            self.assertEqual(greedy(case).filled, 1 if expected else 2)


class TestPattern(TestCase):
    def test_first_and_last_day_included(self):
        mornings = Pattern(weekly("lun-ven:M"))
        found = half_days(mornings, MONDAY, date(2027, 1, 6))
        self.assertEqual(found, (am(4), am(5), am(6)))

    def test_dates_named_one_by_one_within_the_period(self):
        named = Pattern(dated=frozenset({pm(5), am(4), am(8)}))
        self.assertEqual(half_days(named, MONDAY, date(2027, 1, 5)), (am(4), pm(5)))
        both = Pattern(weekly("lun:M"), frozenset({pm(5)}))
        self.assertEqual(half_days(both, MONDAY, date(2027, 1, 5)), (am(4), pm(5)))
        self.assertEqual(half_days(both, MONDAY, date(2027, 1, 8), dates=[am(7)]), (pm(5), am(7)))

    def test_holidays_of_both_years(self):
        closed = {2026: {date(2026, 12, 31)}, 2027: {date(2027, 1, 1)}}
        mornings = Pattern(weekly("lun-ven:M"))
        found = half_days(mornings, date(2026, 12, 30), date(2027, 1, 4), closed.get)
        self.assertEqual([slot.date.isoformat() for slot in found], ["2026-12-30", "2027-01-04"])

    def test_an_empty_pattern(self):
        self.assertFalse(Pattern())
        self.assertTrue(Pattern(dated=frozenset({am(4)})))
        self.assertTrue(Pattern(weekly("lun:M")))
        self.assertEqual(Pattern(weekly("lun:J mar:A")).halves(0), ("am", "pm"))
        self.assertEqual(Pattern(weekly("lun:J mar:A")).halves(1), ("pm",))
