"""Times are written as the organisation writes them: 14 h 05, never 2:05 PM nor 14:05:00."""

import re
from datetime import datetime
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .common import CommuneCase

ROOT = Path(__file__).resolve().parents[1]
# A widget that writes a time by the language of the reader, with its seconds.
WIDGET = re.compile(r"t-options(?:-widget)?=\"[^\"]*\bdatetime\b(?![^\"]*date_only)[^\"]*\"")
# A time written by hand; what a machine reads (a value of a field, a file) has no space before.
BY_HAND = re.compile(r"%[Hh-]*I\b|%p\b| %H:%M\b|\bh:mm\b|HH:mm a|(?<!_)format_(?:date)?time\(")
FOLDERS = ("models", "controllers", "reports", "wizards", "views", "data")
# Lists of proof and files for other software.
MACHINES = {
    "models/committees/attendance/proof.py",
    "reports/committees/attendance_dispatch_xlsx.py",
}


class TestClocksOfTheCode(BaseCase):
    def test_no_time_is_left_to_the_language_of_the_reader(self):
        wrong = []
        for folder in FOLDERS:
            for path in (ROOT / folder).rglob("*.*"):
                name = str(path.relative_to(ROOT))
                if path.suffix not in (".py", ".xml") or name in MACHINES:
                    continue
                text = path.read_text("utf-8")
                wrong += [(name, found[0]) for found in WIDGET.finditer(text)]
                wrong += [(name, found[0]) for found in BY_HAND.finditer(text)]
        self.assertEqual(wrong, [])


@tagged("post_install", "-at_install")
class TestClocks(CommuneCase):
    def test_a_moment_in_french_is_of_twenty_four_hours(self):
        letter = self.env["commune.letter"].with_context(lang="fr_FR")
        text = letter._format_datetime(datetime(2027, 7, 14, 12, 5))  # noqa: DTZ001 (naive UTC)
        self.assertEqual(text.replace("\xa0", " "), "14 juillet 2027 à 14 h 05")
        winter = letter._format_datetime(datetime(2027, 1, 4, 8, 0))  # noqa: DTZ001
        self.assertEqual(winter.replace("\xa0", " "), "4 janvier 2027 à 9 h")
        self.assertEqual(letter._format_datetime(False), "")
