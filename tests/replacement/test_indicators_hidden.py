"""Answers of a few persons: not exposed by a choice of periods or by repeated reads."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_replacement_evaluation import COMMUNE, EvaluationCase

JANUARY = date(2027, 1, 1)


@tagged("post_install", "-at_install")
class TestIndicatorsHidden(EvaluationCase):
    def _evaluated(self, number, **values):
        """Missions of the first weeks of 2027, one each week: the last commune is unhappy."""
        missions = self.env["commune.replacement.mission"]
        for rank in range(number):
            start = date(2027, 1, 4) + timedelta(weeks=rank)
            mission = self._finished(date_start=start, date_end=start + timedelta(days=4))
            last = {"score_punctuality": "1", "again": "no"} if rank == number - 1 else {}
            self._of(mission, "commune")._answer({**COMMUNE, **last})
            missions += mission
        return missions

    def _at(self, today):
        companies = self.env.registry["res.company"]
        self.startPatcher(patch.object(companies, "_get_today", lambda company: today))

    def _get_text(self, who, start, end, code="again", key="commune"):
        figures = self.env["commune.replacement.figures"].with_user(getattr(self, who))
        rows = {(row["code"], row["key"]): row for row in figures._get_rows(start, end)}
        row = rows[code, key]
        return row["value"], row["count"], row["text"]

    def test_two_periods_that_overlap_reveal_nothing_by_their_difference(self):
        """Six answers until the day of the last mission, five until the day before."""
        last = max(self._evaluated(6).mapped("date_end"))
        self._at(date(2027, 12, 1))
        periods = [(JANUARY, last), (JANUARY, last - timedelta(days=1))]
        six, five = [self._get_text("coordinator", *period)[:2] for period in periods]
        self.assertEqual((round(six[0], 4), six[1]), (round(5 / 6, 4), 6))
        self.assertEqual(five, (1, 5))
        for who in ("reader", "referent", "officer"):
            for period in periods:
                value, count, text = self._get_text(who, *period)
                self.assertEqual((value, count), (None, 0), who)
                self.assertIn("once it is over", text)
                for code in ("satisfaction", "marks"):
                    key = "commune" if code == "satisfaction" else "commune-4"
                    self.assertEqual(self._get_text(who, *period, code, key)[:2], (None, 0))

    def test_a_year_is_shown_to_all_once_it_is_over(self):
        """While it runs, one more answer from one day to the next would reveal itself."""
        self._evaluated(6)
        year = JANUARY, date(2027, 12, 31)
        self._at(date(2027, 12, 31))
        self.assertEqual(self._get_text("reader", *year)[:2], (None, 0))
        self._at(date(2028, 1, 1))
        value, count, _text = self._get_text("reader", *year)
        self.assertEqual((round(value, 4), count), (round(5 / 6, 4), 6))
        for other in (
            (JANUARY, date(2027, 6, 30)),
            (date(2026, 1, 1), date(2027, 12, 31)),
            (date(2026, 12, 31), date(2027, 12, 31)),
        ):
            self.assertEqual(self._get_text("reader", *other)[:2], (None, 0))

    def test_the_year_before_is_shown_as_the_year_is(self):
        self._evaluated(6)
        self._at(date(2028, 3, 1))
        screens = self.env["commune.replacement.indicators"].with_user(self.reader)
        for end, expected in ((date(2028, 12, 31), "83.3"), (date(2028, 12, 30), "once it is")):
            screen = screens.create({"date_start": date(2028, 1, 1), "date_end": end})
            lines = screen.line_ids.filtered(lambda line: line.code == "again")
            line = lines.filtered(lambda line: line.key == "commune")
            self.assertIn("once it is over", line.figure_text)
            self.assertIn(expected, line.before_text.replace(",", "."))

    def _end(self, number, cause):
        """Missions that end after their first day, with a cause."""
        for rank in range(number):
            start = date(2027, 3, 1) + timedelta(weeks=rank)
            mission = self._mission(date_start=start, date_end=start + timedelta(days=4))
            change = self.env["commune.replacement.mission.change"].with_user(self.coordinator)
            change.create(
                {
                    "mission_id": mission.id,
                    "kind": "early_end",
                    "last_day": start + timedelta(days=1),
                    "by": "commune",
                    "cause": cause,
                    "reason": "Essai",
                }
            ).action_change()
            self.assertEqual(mission.sudo().end_cause, cause)
        return mission

    def test_the_cause_of_early_ends_is_shown_from_five_on(self):
        self._at(date(2028, 1, 1))
        year = JANUARY, date(2027, 12, 31)
        self._end(4, "need")
        # Not even which causes were noted.
        found = self._get_text("coordinator", *year, "early_cause", "")
        self.assertEqual(found[:2], (None, 0))
        start = date(2027, 5, 3)
        mission = self._mission(date_start=start, date_end=start + timedelta(days=4))
        mission._end_early(start + timedelta(days=1), "agent", "Essai", "agent_fault")
        mission = self._mission(date_start="2027-05-10", date_end="2027-05-14")
        mission._end_early(date(2027, 5, 11), "agent", "Essai")
        for who, counts in (("coordinator", (4, 1)), ("reader", (0, 0))):
            values = [
                self._get_text(who, *year, "early_cause", cause)[:2]
                for cause in ("need", "agent_fault")
            ]
            # Six missions ended, all of them early; the cause of one is not known.
            self.assertEqual(values, [(4 / 6, counts[0]), (1 / 6, counts[1])])

    def test_the_cause_of_an_early_end_is_read_by_the_coordination_alone(self):
        mission = self._end(1, "commune_fault")
        self.assertEqual(mission.with_user(self.coordinator).end_cause, "commune_fault")
        mission.invalidate_recordset()
        for who in ("reader", "officer"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                mission.with_user(getattr(self, who)).read(["end_cause"])
