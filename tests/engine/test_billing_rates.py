"""What an agent costs on each day, whatever the order in which its changes are typed."""

import unittest
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from engine.billing import Rate, change_rate, move_rate, rate_on

START = date(2027, 3, 1)


class TestRates(unittest.TestCase):
    def test_each_change_holds_from_its_day_on(self):
        """Three changes typed in any order of days, against a calendar that is written over."""
        for firsts in product(range(1, 9), repeat=3):
            calendar = {day: "A" for day in range(10)}
            history, now = [], Rate(date.max, "A", Decimal(1))
            for first, category in zip(firsts, "BCD", strict=True):
                former, now = now, Rate(date.max, category, Decimal(1))
                history = change_rate(history, START + timedelta(days=first), former, now)
                calendar |= dict.fromkeys(range(first, 10), category)
            found = {
                day: rate_on(history, START + timedelta(days=day), now).category for day in calendar
            }
            self.assertEqual(found, calendar, firsts)

    def test_the_day_of_the_last_change_is_corrected(self):
        """B since the 5th, then known to be since the 3rd, then since the 8th."""
        now = Rate(date.max, "B", Decimal(1))
        former = Rate(date.max, "A", Decimal(1))
        history = change_rate([], START + timedelta(days=4), former, now)
        for first in (2, 7):
            history = move_rate(history, START + timedelta(days=first), now)
            found = [rate_on(history, START + timedelta(days=n), now).category for n in range(9)]
            self.assertEqual(found, ["A"] * first + ["B"] * (9 - first))

    def test_what_was_not_known_is_taken_from_what_came_after(self):
        """No cost was typed in March: the one of April serves, and the category of March stays."""
        now = Rate(date.max, "A", Decimal("41.06"))
        history = change_rate([], date(2027, 4, 1), Rate(date.max, "B"), now)
        found = rate_on(history, START, now)
        self.assertEqual((found.category, found.hourly_cost), ("B", Decimal("41.06")))

    def test_one_value_never_changes_the_other(self):
        """Categories and costs, typed in any order of days, against two independent calendars."""
        for days in product(range(1, 6), repeat=4):
            calendars = {"category": ["A"] * 7, "hourly_cost": [Decimal(1)] * 7}
            history, now = [], Rate(date.max, "A", Decimal(1))
            for first, name, value in zip(
                days,
                ("category", "hourly_cost") * 2,
                ("B", Decimal(2), "C", Decimal(3)),
                strict=True,
            ):
                former, now = now, replace(now, **{name: value})
                history = change_rate(history, START + timedelta(days=first), former, now)
                calendars[name][first:] = [value] * (7 - first)
            found = [rate_on(history, START + timedelta(days=n), now) for n in range(7)]
            for name, expected in calendars.items():
                self.assertEqual([getattr(rate, name) for rate in found], expected, days)

    def test_moving_a_change_leaves_the_other_value(self):
        """Cost 2 since the 4th, category B since the 6th: known since the 3rd, or the 9th, the
        category moves alone."""
        day = [START + timedelta(days=n) for n in range(10)]
        first, cost, now = (
            Rate(date.max, category, Decimal(cost)) for category, cost in ("A1", "A2", "B2")
        )
        history = change_rate([], day[3], first, cost)
        history = change_rate(history, day[5], cost, now)
        for moved in (2, 8):
            found = [rate_on(move_rate(history, day[moved], now), one, now) for one in day]
            self.assertEqual(
                "".join(rate.category for rate in found), "A" * moved + "B" * (10 - moved)
            )
            self.assertEqual([int(rate.hourly_cost) for rate in found], [1] * 3 + [2] * 7)
