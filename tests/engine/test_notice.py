"""The last day to send a notice, by hand from the calendar."""

import contextlib
import io
import json
import os
import subprocess
import sys
import unittest
from datetime import date
from pathlib import Path

from engine.calendar.__main__ import main, run
from engine.calendar.messages import CalendarError
from engine.calendar.notice import NoticeRule, last_sending_date, parse_rule
from engine.calendar.working_days import WorkingDays
from engine.text.cli import CommandError

ROOT = Path(__file__).resolve().parents[2]
# Armistice, Christmas and the day after (Alsace-Moselle), New Year, Good Friday, Easter Monday,
# Labour Day, Victory, Ascension, Whit Monday, 14 July, Assumption, All Saints.
CLOSED = {
    date(2026, 4, 3),
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 8),
    date(2026, 5, 14),
    date(2026, 5, 25),
    date(2026, 7, 14),
    date(2026, 11, 1),
    date(2026, 11, 11),
    date(2026, 12, 25),
    date(2026, 12, 26),
    date(2027, 1, 1),
}
# rule, meeting, last sending day
CASES = [
    # five clear days: the eve of the fifth day before
    ("clear_days:5", "2026-12-14", "2026-12-08"),  # Monday -> Tuesday
    ("clear_days:5", "2026-12-15", "2026-12-09"),
    ("clear_days:5", "2026-12-18", "2026-12-12"),  # Friday -> Saturday: counts all the same
    ("clear_days:5", "2026-12-19", "2026-12-13"),  # Saturday -> Sunday
    ("clear_days:5", "2026-12-31", "2026-12-25"),  # sent on a holiday: nothing moves
    ("clear_days:5", "2027-01-04", "2026-12-29"),  # over the new year
    ("clear_days:5", "2027-03-01", "2027-02-23"),  # February of 28 days
    ("clear_days:5", "2028-03-01", "2028-02-24"),  # February of 29 days
    ("clear_days:5", "2028-02-29", "2028-02-23"),
    ("clear_days:5", "2026-03-30", "2026-03-24"),  # the clocks change on the 29th
    ("clear_days:5", "2026-10-26", "2026-10-20"),  # the clocks change on the 25th
    ("clear_days:5", "2026-03-20", "2026-03-14"),  # installation of the council
    # three clear days
    ("clear_days:3", "2026-12-14", "2026-12-10"),
    ("clear_days:3", "2026-05-18", "2026-05-14"),  # sent on Ascension day
    ("clear_days:3", "2027-01-02", "2026-12-29"),
    # one clear day: emergency
    ("clear_days:1", "2026-12-14", "2026-12-12"),
    ("clear_days:1", "2028-03-01", "2028-02-28"),
    ("clear_days:0", "2026-12-14", "2026-12-13"),
    ("clear_days:8", "2026-09-01", "2026-08-23"),
    # Alsace-Moselle: three days at least, the day before in an emergency
    ("calendar_days:3", "2026-12-14", "2026-12-11"),
    ("calendar_days:1", "2026-12-14", "2026-12-13"),
    ("calendar_days:3", "2026-12-26", "2026-12-23"),  # Saint Stephen
    ("calendar_days:3", "2026-04-07", "2026-04-04"),  # the days of Easter count
    ("calendar_days:3", "2027-01-01", "2026-12-29"),
    ("calendar_days:3", "2028-03-02", "2028-02-28"),
    ("calendar_days:0", "2026-12-14", "2026-12-14"),
    ("calendar_days:15", "2026-03-10", "2026-02-23"),
    # working days: own rule
    ("working_days:10", "2026-12-14", "2026-11-30"),
    ("working_days:1", "2026-12-14", "2026-12-11"),  # Monday -> Friday
    ("working_days:5", "2026-11-13", "2026-11-05"),  # over 11 November
    ("working_days:1", "2026-12-27", "2026-12-24"),  # Sunday after the two holidays
    ("working_days:3", "2027-01-04", "2026-12-29"),  # over New Year's Day
    ("working_days:2", "2026-05-18", "2026-05-13"),  # Friday 15 works, Ascension does not
    ("working_days:10", "2026-04-13", "2026-03-26"),  # over Good Friday and Easter Monday
    ("working_days:5", "2026-05-11", "2026-04-30"),  # over 8 May and 1 May
    ("none", "2026-12-14", "2026-12-14"),
]


class TestLastSendingDate(unittest.TestCase):
    def setUp(self):
        self.working = WorkingDays(closed=CLOSED)

    def test_the_cases_of_the_calendar(self):
        for text, meeting, expected in CASES:
            with self.subTest(rule=text, meeting=meeting):
                found = last_sending_date(
                    parse_rule(text), date.fromisoformat(meeting), self.working
                )
                self.assertEqual(found.isoformat(), expected)

    def test_there_are_enough_cases(self):
        self.assertGreaterEqual(len(CASES), 34)

    def test_clear_days_are_the_days_between_the_two(self):
        """Whatever the month or the year, exactly `days` whole days are between."""
        for start in range(date(2026, 1, 1).toordinal(), date(2028, 12, 31).toordinal(), 7):
            meeting = date.fromordinal(start)
            for days in (0, 1, 3, 5, 10):
                last = last_sending_date(NoticeRule("clear_days", days), meeting)
                self.assertEqual((meeting - last).days - 1, days)

    def test_without_a_calendar_working_days_are_monday_to_friday(self):
        found = last_sending_date(NoticeRule("working_days", 3), date(2026, 11, 13))
        self.assertEqual(found, date(2026, 11, 10))


class TestRules(unittest.TestCase):
    def test_a_rule_is_read(self):
        self.assertEqual(parse_rule(" clear_days:5 "), NoticeRule("clear_days", 5))
        self.assertEqual(parse_rule("none"), NoticeRule("none", 0))

    def test_what_is_not_a_rule_is_reported(self):
        for text, code in [
            ("", "unknown_unit"),
            ("jours:5", "unknown_unit"),
            ("clear_days", "bad_days"),
            ("clear_days:", "bad_days"),
            ("clear_days:-1", "bad_days"),
            ("clear_days:5.5", "bad_days"),
            ("clear_days:\u0665", "bad_days"),
            ("clear_days:367", "too_many_days"),
            ("clear_days:999999999", "too_many_days"),
        ]:
            with self.subTest(text=text), self.assertRaises(CalendarError) as caught:
                parse_rule(text)
            self.assertEqual(caught.exception.code, code)


class TestCommandLine(unittest.TestCase):
    def test_the_answer_is_json(self):
        text = run(["notice", "--rule", "clear_days:5", "--meeting=2026-12-14"])
        self.assertEqual(json.loads(text), {"last_sending_date": "2026-12-08"})

    def test_an_error_is_one_line_and_code_2(self):
        for arguments in (
            [],
            ["avis"],
            ["notice"],
            ["notice", "--rule", "clear_days:5"],
            ["notice", "--rule"],
            ["notice", "--rule", "--meeting", "2026-12-14"],
            ["notice", "--rule", "clear_days:5", "--meeting", "14/12/2026"],
            ["notice", "--rule", "clear_days:5", "--meeting", "2026-02-30"],
            ["notice", "--rule", "clear_days:5", "--meeting", "20261214"],
            ["notice", "--rule", "clear_days:5", "--meeting", "0001-01-02"],
            ["notice", "--rule", "demain\nmatin", "--meeting", "2026-12-14"],
            ["notice", "--rule", "clear_days:5", "--meeting", "2026-12-14", "--force"],
            ["notice", "--rule", "clear_days:5", "--meeting", "2026-12-14", "oui"],
        ):
            with self.subTest(arguments=arguments):
                streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
                with (
                    contextlib.redirect_stdout(streams[0]),
                    contextlib.redirect_stderr(streams[1]),
                ):
                    self.assertEqual(main(arguments), 2)
                self.assertEqual(streams[0].buffer.getvalue(), b"")
                self.assertEqual(streams[1].buffer.getvalue().count(b"\n"), 1)

    def test_an_option_without_its_value_is_named(self):
        for arguments in (["--rule"], ["--rule", "--meeting=2026-12-14"], ["--rule="]):
            with self.assertRaises(CommandError) as caught:
                run(["notice", *arguments])
            self.assertEqual(caught.exception.code, "missing_value", arguments)
            self.assertIn("--rule", str(caught.exception))

    def test_clear_days_need_no_library(self):
        """Python without its site packages: `holidays` cannot be found."""
        command = [sys.executable, "-S", "-m", "engine.calendar", "notice", "--rule"]
        environment = {**os.environ, "PYTHONPATH": ""}

        def call(rule):
            return subprocess.run(
                [*command, rule, "--meeting", "2026-12-14"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )

        done = call("clear_days:5")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(json.loads(done.stdout), {"last_sending_date": "2026-12-08"})
        refused = call("working_days:5")
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))
        self.assertIn("holidays", refused.stderr)
        self.assertEqual(refused.stderr.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
