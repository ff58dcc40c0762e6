"""Rates, medians and hours that could be given, at their limits."""

from datetime import date
from fractions import Fraction
from unittest import TestCase

from engine.indicators import Contract, available_hours, median, rate, repeated


class TestFigures(TestCase):
    def test_the_value_in_the_middle(self):
        self.assertEqual(median([5, 1, 9, 3, 7]).value, 5)
        self.assertEqual(median([40, 1, 2, 10, 20, 30]).value, 15)

    def test_twice_is_enough_to_come_back(self):
        self.assertEqual(repeated({"accounts": 2, "payroll": 1}).value, Fraction(2, 3))

    def test_a_rate_is_shown_unless_it_is_hidden(self):
        self.assertFalse(rate(1, 2).hidden)

    def test_hours_stop_on_the_last_day(self):
        """From a Monday to the Sunday before another."""
        mondays = Contract({(0, "am")})
        hours = available_hours(
            mondays, date(2027, 1, 4), date(2027, 1, 10), (), lambda half, day: Fraction(3)
        )
        self.assertEqual(hours, 3)
