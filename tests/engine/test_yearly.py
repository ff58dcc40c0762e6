"""The yearly calendar of the sessions."""

import unittest
from datetime import date, timedelta

from engine.calendar.yearly import propose

HOLIDAYS = [
    (date(2027, 2, 20), date(2027, 3, 7)),  # winter, zone B
    (date(2027, 4, 17), date(2027, 5, 2)),  # spring, zone B
    (date(2027, 7, 3), date(2027, 8, 31)),
]


def why_not(day):
    return "holiday" if any(start <= day <= end for start, end in HOLIDAYS) else ""


class TestYearly(unittest.TestCase):
    def test_four_tuesdays_off_holidays(self):
        found = propose(date(2027, 1, 1), date(2027, 12, 31), 4, 1, why_not)
        days = [proposal.day for proposal in found]
        # middles of the quarters: 14 February, 16 May, 16 August, 15 November
        self.assertEqual(
            days,
            [date(2027, 2, 16), date(2027, 5, 18), date(2027, 9, 7), date(2027, 11, 16)],
        )
        self.assertTrue(all(day.weekday() == 1 for day in days))
        self.assertIn((date(2027, 8, 17), "holiday"), found[2].avoided)

    def test_two_committees_do_not_meet_on_the_same_day(self):
        first = [p.day for p in propose(date(2027, 1, 1), date(2027, 12, 31), 4, 1, why_not)]
        second = [
            p.day for p in propose(date(2027, 1, 1), date(2027, 12, 31), 4, 1, why_not, first)
        ]
        self.assertFalse(set(first) & set(second))

    def test_where_every_day_is_closed_nothing_is_proposed(self):
        found = propose(date(2027, 7, 5), date(2027, 8, 20), 1, 1, why_not)
        self.assertEqual([p.day for p in found], [None])
        self.assertTrue(found[0].avoided)

    def test_never_outside_the_period_nor_on_another_day(self):
        for count in range(1, 13):
            for weekday in range(7):
                for proposal in propose(
                    date(2026, 9, 1), date(2027, 6, 30), count, weekday, why_not
                ):
                    if proposal.day:
                        self.assertEqual(proposal.day.weekday(), weekday)
                        self.assertTrue(date(2026, 9, 1) <= proposal.day <= date(2027, 6, 30))
                        self.assertFalse(why_not(proposal.day))
                    self.assertEqual(len({d for d, _r in proposal.avoided}), len(proposal.avoided))

    def test_one_a_week_uses_each_day_once(self):
        found = propose(date(2027, 9, 6), date(2027, 10, 4), 4, 0, lambda _day: "")
        days = [proposal.day for proposal in found]
        self.assertEqual(days, [date(2027, 9, 6) + timedelta(weeks=n) for n in range(4)])

    def test_after_the_middle_then_before_it(self):
        """From 4 January to 1 February 2027 the Monday of the middle is the 18th."""
        for taken, day in (([], 18), ([18], 25), ([18, 25], 11)):
            days = [date(2027, 1, number) for number in taken]
            (found,) = propose(date(2027, 1, 4), date(2027, 2, 1), 1, 0, lambda _day: "", days)
            self.assertEqual(found.day, date(2027, 1, day))

    def test_the_last_day_of_the_period_may_be_proposed_not_its_end(self):
        """From Monday 4 to Monday 11 January 2027 excluded: Sunday 10 is the last day."""
        for weekday, day in ((0, 4), (6, 10)):
            (found,) = propose(date(2027, 1, 4), date(2027, 1, 11), 1, weekday, lambda _day: "")
            self.assertEqual(found.day, date(2027, 1, day))

    def test_a_day_belongs_to_one_part_of_the_period(self):
        """Two weeks from Monday 4 January 2027: the 11th is the second part's alone."""
        found = propose(
            date(2027, 1, 4), date(2027, 1, 18), 2, 0, lambda _day: "", [date(2027, 1, 4)]
        )
        self.assertEqual([proposal.day for proposal in found], [None, date(2027, 1, 11)])


if __name__ == "__main__":
    unittest.main()
