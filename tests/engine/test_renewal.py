"""Which renewal a day belongs to, and for which renewal a census counted."""

import unittest
from datetime import date

from engine.opendata.renewal import general_renewal, renewal_of_census


class TestRenewal(unittest.TestCase):
    def test_a_term_starts_on_the_day_of_the_poll(self):
        for day, poll in [
            (date(2026, 3, 14), date(2020, 3, 15)),
            (date(2026, 3, 15), date(2026, 3, 15)),
            (date(2032, 2, 29), date(2026, 3, 15)),
            (date(2038, 3, 1), date(2038, 3, 1)),
            (date(1999, 1, 1), date(2014, 3, 23)),
        ]:
            with self.subTest(day=day):
                self.assertEqual(general_renewal(day), poll)

    def test_the_census_of_three_years_before_the_poll_counts(self):
        """In force on 1 January 2020: census of 2017; on 1 January 2026: of 2023."""
        polls = {year: renewal_of_census(year) for year in range(2016, 2027)}
        found = {year: poll.year for year, poll in polls.items() if poll}
        self.assertEqual(found, {2017: 2020, 2023: 2026})

    def test_an_unknown_census_counts_for_no_poll(self):
        self.assertIsNone(renewal_of_census(0))
        self.assertIsNone(renewal_of_census(False))
