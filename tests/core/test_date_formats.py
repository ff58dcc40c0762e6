"""Dates on the pages of the portal and in letters: one way to write them."""

import re
from datetime import date
from pathlib import Path

from odoo.tests import BaseCase, TransactionCase, freeze_time, tagged

ROOT = Path(__file__).parents[2]
# `commune.letter` (in full, with the weekday, the hour) and `res.company` (in lists) write them.
OTHER_WAYS = re.compile(
    r"""widget'?"?:?\s*'?"?date|strftime|(?<!\w)format_date(?:time)?\b|t-field="[^"]*date[^"]*\""""
)
# A pattern of babel, as it is given to `format_date`.
PATTERN = re.compile(r"""date_format=['"]([^'"]+)['"]""")


@tagged("post_install", "-at_install")
class TestDateFormats(BaseCase):
    def test_a_day_without_its_year_is_written_in_one_place(self):
        """That place adds the year when it is another one."""
        files = [*ROOT.glob("models/**/*.py"), *ROOT.glob("wizards/**/*.py")]
        files += [*ROOT.glob("reports/**/*.py"), *ROOT.glob("controllers/**/*.py")]
        found = [
            f"{path.relative_to(ROOT)}: {pattern}"
            for path in files
            for pattern in PATTERN.findall(path.read_text())
            if "d" in pattern and "M" in pattern and "y" not in pattern
        ]
        self.assertEqual(found, [])

    def test_no_page_and_no_letter_writes_dates_its_own_way(self):
        pages = [*ROOT.glob("views/portal/*.xml"), ROOT / "views/core/legal_templates.xml"]
        letters = ROOT.glob("data/*/*mail_template*.xml")
        found = [
            f"{path.relative_to(ROOT)}: {match.group()}"
            for path in (*pages, *letters)
            for match in OTHER_WAYS.finditer(path.read_text())
        ]
        self.assertEqual(found, [])


@tagged("post_install", "-at_install")
class TestShortDates(TransactionCase):
    def test_a_short_day_of_another_year_says_its_year(self):
        company = self.env.company.with_context(lang="fr_FR")
        days = {date(2026, 6, 15): "15 juin", date(2025, 12, 31): "31 déc. 2025"}
        days[date(2027, 1, 1)] = "1er janv. 2027"
        with freeze_time("2026-12-31 12:00:00"):
            for day, match in days.items():
                self.assertEqual(company._format_short_date(day), match)
            weekday = company._format_short_date(date(2027, 1, 1), "EEE d MMM")
            self.assertEqual(weekday, "ven. 1er janv. 2027")
