"""Hours of one agent, in one commune or several, against the rules of working time."""

import unittest
from datetime import date, datetime, timedelta
from itertools import permutations

from engine.staffing import Limits, Stretch, find_overlaps, find_troubles
from engine.staffing.hours import Clock

MONDAY = date(2027, 1, 11)


def stretch(day, begin, end, place="Aubrive", key=1):
    """Hours of the Monday + `day`, as 8.5."""
    midnight = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time())
    return Stretch(midnight + timedelta(hours=begin), midnight + timedelta(hours=end), place, key)


def rules(stretches, keys=(1,), limits=None):
    found = find_troubles(stretches, limits or Limits(), set(keys))
    return [(one.rule, one.date.isoformat()) for one in found]


class TestWorkedHours(unittest.TestCase):
    def test_two_places_at_once_are_named_with_their_hours(self):
        both = [stretch(0, 8.5, 12), stretch(0, 11.75, 15, "Brault", 2)]
        for ordered in permutations(both):
            (found,) = find_troubles(ordered, Limits(), {1})
            self.assertEqual(found.rule, "overlap")
            self.assertEqual(
                found.reason, "Aubrive de 8 h 30 à 12 h et Brault de 11 h 45 à 15 h, en même temps"
            )

    def test_an_overlap_of_other_lines_is_not_reported_on_these_hours(self):
        others = [stretch(0, 8, 12, "Brault", 2), stretch(0, 9, 11, "Corny", 3)]
        self.assertEqual(rules([*others, stretch(0, 14, 17)]), [])
        self.assertEqual(len(find_overlaps(others)), 1)

    def test_a_long_stretch_overlaps_each_of_those_that_it_holds(self):
        found = find_overlaps(
            [stretch(0, 8, 18), stretch(0, 9, 10, "B", 2), stretch(0, 11, 12, "C", 3)]
        )
        self.assertEqual(
            [(a.place, b.place) for a, b in found], [("Aubrive", "B"), ("Aubrive", "C")]
        )

    def test_at_one_minute_interval_or_at_once(self):
        self.assertEqual(rules([stretch(0, 8, 12), stretch(0, 12, 14, "Brault", 2)]), [])
        at_once = [stretch(0, 8, 12), stretch(0, 12 - 1 / 60, 14, "Brault", 2)]
        self.assertEqual([rule for rule, _day in rules(at_once)], ["overlap"])

    def test_hours_of_a_day_over_both_communes(self):
        """5 h and 5 h are ten; one minute more is too much."""
        self.assertEqual(rules([stretch(0, 8, 13), stretch(0, 14, 19, "Brault", 2)]), [])
        more = [stretch(0, 8, 13), stretch(0, 14, 19 + 1 / 60, "Brault", 2)]
        (found,) = find_troubles(more, Limits(), {1})
        self.assertEqual((found.rule, found.date), ("day_hours", MONDAY))
        for part in (
            "10 h 01",
            "10 h au plus",
            "Aubrive de 8 h à 13 h",
            "Brault de 14 h à 19 h 01",
        ):
            self.assertIn(part, found.reason)

    def test_the_limit_is_that_of_the_day(self):
        """Eleven hours from Tuesday on, by a derogation."""
        loose = Limits(later=((MONDAY + timedelta(days=1), Limits(day_hours=11)),))
        for day, wanted in ((0, ["day_hours"]), (1, [])):
            worked = [stretch(day, 8, 13), stretch(day, 14, 19.5)]
            self.assertEqual([rule for rule, _day in rules(worked, limits=loose)], wanted)

    def test_the_stretch_of_a_day(self):
        worked = [stretch(0, 7, 9), stretch(0, 17.5, 19.25, "Brault", 2)]
        self.assertEqual(rules(worked), [("amplitude", "2027-01-11")])
        self.assertEqual(rules([stretch(0, 7, 9), stretch(0, 17.5, 19)]), [])

    def test_rest_is_judged_from_both_sides(self):
        """Until 22:00, then from 8:30: 10 h 30 of rest, whichever of the two is typed last."""
        worked = [stretch(0, 18, 22), stretch(1, 8.5, 12, "Brault", 2)]
        for key in (1, 2):
            self.assertEqual(rules(worked, [key]), [("rest", "2027-01-12")])
        self.assertEqual(rules([worked[0], stretch(1, 9, 12, "Brault", 2)]), [])
        self.assertEqual(rules([*worked, stretch(3, 9, 12, "Corny", 3)], [3]), [])

    def test_hours_of_a_week_by_commune(self):
        """Five days of 9 h are 45 h, and a Saturday of 3 h makes 48; four hours are too many."""
        week = [stretch(day, 8, 12) for day in range(5)]
        week += [stretch(day, 13, 18, "Brault", 2) for day in range(5)]
        limits = Limits(average_hours=48)
        self.assertEqual(rules([*week, stretch(5, 8, 11)], limits=limits), [])
        (found,) = find_troubles([*week, stretch(5, 8, 12)], limits, {1})
        self.assertEqual((found.rule, found.date), ("week_hours", MONDAY))
        for part in ("49 h", "48 h au plus", "Aubrive 24 h", "Brault 25 h"):
            self.assertIn(part, found.reason)

    def test_the_rest_of_a_week(self):
        """Seven days in a row: the longest night is of 14 h."""
        week = [stretch(day, 9, 12) for day in range(7)]
        self.assertEqual(rules(week), [("weekly_rest", "2027-01-11")])
        self.assertEqual(rules(week[:6]), [])

    def test_a_sentence_never_says_that_the_limit_is_above_itself(self):
        """Twelve weeks of 44 h, one of which has a minute more: 44 h 00 min 05 s on average. Ten
        hours and twenty seconds of work and of road: 10 h 01."""
        hours = [(8, 12), (13, 17.8)]  # 8.8 h a day, 44 h a week
        work = [
            stretch(7 * week + day, *span)
            for week in range(12)
            for day in range(5)
            for span in hours
        ]
        self.assertEqual(rules(work, [1]), [])
        found = find_troubles([*work, stretch(4, 18, 18 + 1 / 60)], Limits(), {1})
        self.assertEqual(
            {one.reason.split(" (")[0] for one in found}, {"44 h 01 en moyenne sur 12 semaines"}
        )
        text = Clock(Limits(), lambda *_: None).over("day_hours", MONDAY, 600 + 1 / 3, 10).reason
        self.assertEqual(text, "10 h 01 de travail dans la journée (10 h au plus)")

    def test_days_that_nobody_wrote_down_are_not_invented(self):
        """From Tuesday 9:00 to Sunday 23:00: nothing says that the Sunday before was worked, nor
        that the Monday after is; what is known of them counts, whichever is typed last."""
        week = [stretch(day, 9, 12) for day in range(1, 6)] + [stretch(6, 20, 23)]
        self.assertEqual(rules(week), [])
        # Forty hours: from Monday 0:00 to Tuesday 8:30 there are 32.5, and nothing known before.
        worked = [stretch(day, 8.5, 12) for day in range(1, 7)]
        self.assertEqual(rules(worked, limits=Limits(weekly_rest_hours=40)), [])
        # Sunday 22:01, then Tuesday 9:00: 34 h 59; at 22:00 it is 35 h.
        for end, wanted in ((22 + 1 / 60, [("weekly_rest", "2027-01-11")]), (22, [])):
            sunday = stretch(-1, 19, end, "Brault", 2)
            for key in (1, 2):
                self.assertEqual(rules([sunday, *week], [key]), wanted)
        # Saturday until 20:00: Monday 7:00 is 35 h later, 6:59 is not.
        week = [stretch(day, 9, 12) for day in range(5)] + [stretch(5, 17, 20)]
        for start, wanted in ((7, []), (7 - 1 / 60, [("weekly_rest", "2027-01-11")])):
            monday = stretch(7, start, 12, "Brault", 2)
            for key in (1, 2):
                self.assertEqual(rules([*week, monday], [key]), wanted)

    def test_a_rest_has_a_day_in_its_week(self):
        """Seven days in a row between two free days: no rest of theirs counts for the week."""
        week = [stretch(day, 9, 12) for day in range(7)]
        (found,) = find_troubles(week, Limits(), {1})
        self.assertIn("21 h de repos", found.reason)  # from noon to 9:00
        # Saturday noon to Tuesday noon: the Sunday of one week, the Monday of the next.
        worked = [stretch(day, 9, 12) for day in (*range(6), *range(9, 14))]
        self.assertEqual(rules([*worked, stretch(8, 12, 15)]), [])

    def test_the_mean_of_twelve_weeks(self):
        """Twelve weeks of 45 h; eleven, then one of 33 h, are 44 h."""

        def weeks(last):
            found = []
            for week in range(12):
                hours = last if week == 11 else 9
                found += [stretch(7 * week + day, 8, 12, key=week) for day in range(5)]
                found += [stretch(7 * week + day, 13, 9 + hours, key=week) for day in range(5)]
            return found

        self.assertIn(("average_hours", "2027-01-11"), rules(weeks(9), [0]))
        self.assertEqual(rules(weeks(6.6), [0]), [])
