"""Workbooks, read back as a spreadsheet reads them."""

import io
import unittest
from datetime import date

from openpyxl import load_workbook

from engine.sheets import Column, Sheet, workbook

COLUMNS = [
    Column("Code INSEE"),
    Column("Habitants", "integer", total=True),
    Column("Depuis", "date", width=12),
    Column("Part", "percent"),
    Column("Montant", "amount", total=True),
]
ROWS = [
    ["01001", 860, date(2026, 3, 15), 0.25, 12.5],
    ["2A004", 70000, None, None, 100],
    ["=1+1", False, "", 1, None],
]


class TestSheets(unittest.TestCase):
    def setUp(self):
        content = workbook(
            [
                Sheet("Communes", COLUMNS, ROWS, notice="Essai"),
                Sheet("Un nom de feuille vraiment beaucoup trop long", COLUMNS),
            ],
            {"title": "Annuaire", "author": "Metz Métropole"},
        )
        self.book = load_workbook(io.BytesIO(content))
        self.page = self.book["Communes"]

    def test_codes_stay_text_with_their_leading_zeros(self):
        self.assertEqual(self.page["A3"].value, "01001")
        self.assertEqual(self.page["A3"].number_format, "@")

    def test_text_is_never_a_formula(self):
        self.assertEqual(self.page["A5"].value, "=1+1")
        self.assertEqual(self.page["A5"].data_type, "s")

    def test_figures_and_dates_are_values(self):
        self.assertEqual(self.page["B4"].value, 70000)
        self.assertEqual(self.page["C3"].value.date(), date(2026, 3, 15))
        self.assertEqual(self.page["C3"].number_format, "dd/mm/yyyy")
        self.assertEqual(self.page["D3"].value, 0.25)

    def test_what_is_not_known_is_empty_not_zero(self):
        for cell in ("C4", "D4", "B5", "C5", "E5"):
            self.assertIsNone(self.page[cell].value, cell)

    def test_totals_follow_the_filter(self):
        self.assertEqual(self.page["B6"].value, "=SUBTOTAL(109,B3:B5)")
        self.assertEqual(self.page["E6"].value, "=SUBTOTAL(109,E3:E5)")
        self.assertEqual(self.page["A6"].value, "Total")

    def test_header_is_frozen_filtered_and_repeated_on_paper(self):
        self.assertEqual(self.page["A1"].value, "Essai")
        self.assertEqual([cell.value for cell in self.page[2]], [c.header for c in COLUMNS])
        self.assertEqual(self.page.freeze_panes, "B3")
        self.assertEqual(self.page.auto_filter.ref, "A2:E5")
        self.assertEqual(self.page.print_title_rows, "$2:$2")
        self.assertEqual(self.page.page_setup.orientation, "landscape")
        self.assertEqual(self.page.page_setup.fitToHeight, 0)
        self.assertEqual(self.page.column_dimensions["C"].width, 12.7109375)

    def test_an_empty_sheet_keeps_its_header_and_name_is_cut(self):
        self.assertEqual(self.book.sheetnames[1], "Un nom de feuille vraiment beau")
        self.assertEqual(self.book.worksheets[1]["A1"].value, "Code INSEE")

    def test_properties_are_kept(self):
        self.assertEqual(self.book.properties.title, "Annuaire")
        self.assertEqual(self.book.properties.creator, "Metz Métropole")


if __name__ == "__main__":
    unittest.main()
