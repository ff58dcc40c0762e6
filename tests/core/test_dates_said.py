"""Dates on the pages of the portal and in letters: one way to write them."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

ROOT = Path(__file__).parents[2]
# `commune.letter` (in full, with the weekday, the hour) and `res.company` (in lists) write them.
OTHER_WAYS = re.compile(
    r"""widget'?"?:?\s*'?"?date|strftime|format_date|format_datetime|t-field="[^"]*date[^"]*\""""
)


@tagged("post_install", "-at_install")
class TestDatesSaid(BaseCase):
    def test_no_page_and_no_letter_writes_dates_its_own_way(self):
        pages = [*ROOT.glob("views/portal/*.xml"), ROOT / "views/core/legal_templates.xml"]
        letters = ROOT.glob("data/*/*mail_template*.xml")
        found = [
            f"{path.relative_to(ROOT)}: {said.group()}"
            for path in (*pages, *letters)
            for said in OTHER_WAYS.finditer(path.read_text())
        ]
        self.assertEqual(found, [])
