"""What an agent costs on each day, whatever the order in which its changes are typed."""

import unittest
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
                history = change_rate(history, START + timedelta(days=first), now)
                now = Rate(date.max, category, Decimal(1))
                calendar |= dict.fromkeys(range(first, 10), category)
            found = {
                day: rate_on(history, START + timedelta(days=day), now).category for day in calendar
            }
            self.assertEqual(found, calendar, firsts)

    def test_the_day_of_the_last_change_is_corrected(self):
        """B since the 5th, then known to be since the 3rd, then since the 8th."""
        now = Rate(date.max, "B", Decimal(1))
        history = change_rate([], START + timedelta(days=4), Rate(date.max, "A", Decimal(1)))
        for first in (2, 7):
            history = move_rate(history, START + timedelta(days=first))
            found = [rate_on(history, START + timedelta(days=n), now).category for n in range(9)]
            self.assertEqual(found, ["A"] * first + ["B"] * (9 - first))

    def test_what_was_not_known_is_taken_from_what_came_after(self):
        """No cost was typed in March: the one of April serves, and the category of March stays."""
        history = change_rate([], date(2027, 4, 1), Rate(date.max, "B"))
        found = rate_on(history, START, Rate(date.max, "A", Decimal("41.06")))
        self.assertEqual((found.category, found.hourly_cost), ("B", Decimal("41.06")))
