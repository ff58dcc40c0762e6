"""Ten thousand days billed by pieces, in any order, with cancellations: one bill of the day."""

from unittest import TestCase

from billing_cases import days_due


class TestDays(TestCase):
    def test_ten_thousand_days_owe_one_bill_of_the_day(self):
        for seed in range(10_000):
            for done, billed, due in days_due(seed):
                self.assertEqual(billed, due, f"day {seed}, {done}")
