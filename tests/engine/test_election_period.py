"""The restricted period before elections and yearly dates, checked against a printed calendar."""

import unittest
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from engine.calendar import is_restricted, next_on, restricted_from

POLLS = Path(__file__).resolve().parents[2] / "data/territory/election_data.xml"


class TestRestrictedPeriod(unittest.TestCase):
    def test_it_begins_on_the_first_day_of_the_sixth_month_before_that_of_the_poll(self):
        for poll, start in [
            ((2014, 3, 23), (2013, 9, 1)),  # municipal, as answered to the Senate
            ((2007, 4, 22), (2006, 10, 1)),  # presidential, answer of 2007
            ((2007, 6, 10), (2006, 12, 1)),  # deputies, same answer
            ((2026, 3, 31), (2025, 9, 1)),
            ((2026, 3, 1), (2025, 9, 1)),
            ((2027, 12, 5), (2027, 6, 1)),
            ((2027, 1, 5), (2026, 7, 1)),
        ]:
            with self.subTest(poll=poll):
                self.assertEqual(restricted_from(date(*poll)), date(*start))

    def test_its_first_and_last_days_are_in_it(self):
        rounds = date(2032, 3, 14), date(2032, 3, 21)
        for day, expected in [
            ((2031, 8, 31), False),
            ((2031, 9, 1), True),
            ((2032, 3, 14), True),
            ((2032, 3, 21), True),
            ((2032, 3, 22), False),
        ]:
            with self.subTest(day=day):
                self.assertEqual(is_restricted(date(*day), *rounds), expected)

    def test_without_a_second_round_it_ends_with_the_first(self):
        poll = date(2029, 6, 10)
        self.assertTrue(is_restricted(date(2029, 6, 10), poll))
        self.assertFalse(is_restricted(date(2029, 6, 11), poll))


class TestElectionsOfTheCalendar(unittest.TestCase):
    """Constitution, article 7: the second round of a presidential election is on the fourteenth day
    after the first; code électoral, L55 and L56: a Sunday, then the Sunday that follows."""

    def test_each_round_is_a_sunday_at_its_distance(self):
        polls = ElementTree.parse(POLLS).findall("record")
        self.assertGreater(len(polls), 7)
        for poll in polls:
            values = {field.get("name"): field.text for field in poll.findall("field")}
            with self.subTest(poll=poll.get("id")):
                first = date.fromisoformat(values["first_round"])
                self.assertEqual(first.strftime("%w"), "0")
                one_round = values["kind"] in ("senators", "european")
                self.assertEqual("last_round" not in values, one_round)
                if not one_round:
                    last = date.fromisoformat(values["last_round"])
                    expected = 14 if values["kind"] == "presidential" else 7
                    self.assertEqual((last - first).days, expected)

    def test_the_presidential_poll_of_2027_is_that_of_the_council_of_ministers(self):
        """Announced on 1 July 2026; the powers of the president end on 13 May 2027, between 20 and
        35 days after the first round."""
        text = POLLS.read_text("utf-8")
        _before, _id, poll = text.partition('id="election_presidential_2027"')
        self.assertIn("2027-04-18", poll[: poll.index("</record>")])
        self.assertIn((date(2027, 5, 13) - date(2027, 4, 18)).days, range(20, 36))


class TestNextOn(unittest.TestCase):
    def test_the_day_itself_is_over(self):
        for after, expected in [
            ((2026, 9, 29), (2026, 9, 30)),
            ((2026, 9, 30), (2027, 9, 30)),
            ((2026, 12, 31), (2027, 9, 30)),
        ]:
            with self.subTest(after=after):
                self.assertEqual(next_on(9, 30, date(*after)), date(*expected))

    def test_a_short_month_has_its_last_day(self):
        self.assertEqual(next_on(2, 29, date(2026, 12, 1)), date(2027, 2, 28))
        self.assertEqual(next_on(2, 29, date(2027, 12, 1)), date(2028, 2, 29))
