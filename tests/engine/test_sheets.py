"""Workbooks, read back as a spreadsheet reads them."""

import io
import unittest
import zipfile
from datetime import date

from lxml import etree
from openpyxl import load_workbook

from engine.sheets import Column, Sheet, workbook
from engine.sheets.charts import Chart, ChartPage

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


class TestQuotients(unittest.TestCase):
    def test_an_average_of_totals_is_in_their_line(self):
        """(1 + 2.01) / 300 = 0.0100…, where the averages of the lines add up to 0.02."""
        columns = [
            Column("Commune"),
            Column("Habitants", "integer", total=True),
            Column("Montant", "amount", total=True),
            Column("Par habitant", "amount", per=(2, 1)),
        ]
        rows = [["A", 100, 1, 0.01], ["B", 200, 2.01, 0.01]]
        empty = [["A", 0, 0, 0]]
        book = workbook([Sheet("Une", columns, rows), Sheet("Vide", columns, empty)])
        for data_only, last in ((True, 0.01), (False, '=IF(B4=0,"",ROUND(C4/B4,2))')):
            page = load_workbook(io.BytesIO(book), data_only=data_only).worksheets[0]
            self.assertEqual(page["D4"].value, last)
        page = load_workbook(io.BytesIO(book), data_only=True).worksheets[1]
        self.assertIn(page["D3"].value, ("", None))


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

    def test_header_totals_and_notice_are_highlighted(self):
        """In bold; a thin line under the header and above the totals, none elsewhere."""
        lines = {cell: self.page[cell] for cell in ("A1", "A2", "A3", "A6", "E6")}
        self.assertEqual(
            {
                cell: (at.font.bold, at.border.top.style, at.border.bottom.style)
                for cell, at in lines.items()
            },
            {
                "A1": (True, None, None),
                "A2": (True, None, "thin"),
                "A3": (False, None, None),
                "A6": (True, "thin", None),
                "E6": (True, "thin", None),
            },
        )
        self.assertTrue(self.page["A2"].alignment.wrap_text)
        self.assertTrue(self.page["A3"].alignment.wrap_text)
        self.assertEqual(self.page.row_dimensions[2].height, 30)

    def test_printed_on_a4_one_page_wide(self):
        setup, margins = self.page.page_setup, self.page.page_margins
        self.assertEqual((setup.paperSize, setup.fitToHeight), (9, 0))
        self.assertTrue(self.page.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual(
            (margins.left, margins.right, margins.top, margins.bottom), (0.4, 0.4, 0.6, 0.6)
        )

    def test_the_total_is_there_before_the_spreadsheet_computes_it(self):
        content = workbook([Sheet("Communes", COLUMNS, ROWS)])
        page = load_workbook(io.BytesIO(content), data_only=True).active
        self.assertEqual((page["B5"].value, page["E5"].value), (70860, 112.5))
        self.assertEqual(page.freeze_panes, "B2")
        self.assertEqual(page.auto_filter.ref, "A1:E4")

    def test_no_total_without_a_column_to_sum_or_without_rows(self):
        for sheet in (Sheet("S", [Column("Nom")], [["a"]]), Sheet("S", COLUMNS)):
            page = load_workbook(io.BytesIO(workbook([sheet]))).active
            self.assertNotIn("Total", [cell.value for cell in page["A"]])

    def test_properties_are_kept(self):
        self.assertEqual(self.book.properties.title, "Annuaire")
        self.assertEqual(self.book.properties.creator, "Metz Métropole")


class TestCharts(unittest.TestCase):
    def pages(self, *charts, notice=""):
        """The drawing of a page with these charts, and the text of each chart."""
        figures = Sheet("Coûts", COLUMNS, ROWS, notice=notice)
        content = workbook([figures], chart_pages=[ChartPage("Graphiques", charts)])
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(name for name in archive.namelist() if "charts/chart" in name)
            drawing = etree.fromstring(archive.read("xl/drawings/drawing1.xml"))
            page = archive.read("xl/worksheets/sheet2.xml").decode()
            return drawing, page, [archive.read(name).decode() for name in names]

    def test_a_chart_draws_the_columns_of_its_lines(self):
        """Header on line 2 of the sheet (a notice is above), figures on lines 3 to 5."""
        chart = Chart("Habitants", "Coûts", 0, (1, 4), 2, 4, "column")
        _drawing, _page, (text,) = self.pages(chart, notice="Essai")
        for reference in ("$A$3:$A$5", "$B$2", "$B$3:$B$5", "$E$2", "$E$3:$E$5"):
            self.assertIn(f"<c:f>Coûts!{reference}<", text)
        self.assertIn("Habitants", text)
        self.assertIn("<c:legend>", text)

    def test_bars_read_from_the_top_and_one_series_needs_no_legend(self):
        one = Chart("Un", "Coûts", 0, (1,), 1, 3)
        pie = Chart("Parts", "Coûts", 0, (1,), 1, 3, "pie")
        _drawing, _page, (bar, cake) = self.pages(one, pie)
        self.assertIn('<c:orientation val="maxMin"/>', bar)
        self.assertNotIn("<c:legend>", bar)
        self.assertIn("<c:legend>", cake)

    def test_many_bars_make_a_taller_chart_and_the_next_one_is_under(self):
        """40 lines of 18 pixels: 720, so 36 rows of 20 pixels, and two rows between."""
        tall = Chart("Haut", "Coûts", 0, (1,), 1, 40)
        column = Chart("Bas", "Coûts", 0, (1,), 1, 40, "column")
        drawing, page, _texts = self.pages(tall, column, Chart("Fin", "Coûts", 0, (1,), 1, 3))
        rows = [int(node.text) for node in drawing.iter("{*}row")]
        # From, to; from, to: 380 pixels are 19 rows.
        self.assertEqual(rows, [0, 36, 38, 57, 59, 78])
        self.assertIn('showGridLines="0"', page)
        self.assertIn('orientation="portrait"', page)
        self.assertIn('paperSize="9"', page)


if __name__ == "__main__":
    unittest.main()
