"""Cells of workbooks, one by one: position, repetition, value as text."""

import io
import zipfile
from unittest import TestCase

from engine.opendata.size_limit import Budget, TooMuch
from engine.opendata.workbook import COLUMNS, ROWS, csv_of_sheets

RELATIONS = "urn:x:officeDocument/relationships"


def budget(xml=10**9, cells=10**9, text=10**9):
    return Budget(xml, cells, text)


def texts(members, cost=None):
    """Name of each sheet of an archive -> its lines, cells between bars."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    with zipfile.ZipFile(stream) as archive:
        return {
            name: text.decode().replace("\t", "|").split("\n")[:-1]
            for name, text in csv_of_sheets(archive, cost or budget())
        }


def excel(rows, styles="", shared="", book="", more=()):
    """Lines of a workbook of one sheet with these rows of XML."""
    members = {
        "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}">{book}<sheets>'
        '<sheet name="F" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    }
    if styles:
        members["xl/styles.xml"] = f"<styleSheet>{styles}</styleSheet>"
    if shared:
        members["xl/sharedStrings.xml"] = f"<sst>{shared}</sst>"
    return texts(members | dict(more)).get("F", [])


def row(*cells, number=None):
    return f"<row{f' r={chr(34)}{number}{chr(34)}' if number else ''}>{''.join(cells)}</row>"


def value(text, reference="", kind="", style=""):
    attributes = {"r": reference, "t": kind, "s": style}
    shown = "".join(f' {name}="{one}"' for name, one in attributes.items() if one)
    return f"<c{shown}><v>{text}</v></c>"


class TestExcel(TestCase):
    def test_the_position_of_a_cell(self):
        for cells, line in (
            ([value(1), value(2)], "1|2"),
            ([value(1, "A1"), value(2, "C1")], "1||2"),
            ([value(1, "B1"), value(2)], "|1|2"),
            ([value(1, "Z1"), value(2, "AA1")], "|" * 25 + "1|2"),
            ([value(1, "AZ1"), value(2, "BA1")], "|" * 51 + "1|2"),
            ([value(1, "ZZ1"), value(2, "AAA1")], "|" * 701 + "1|2"),
            # Behind another one, or nowhere: left out.
            ([value(1, "B1"), value(2, "A1"), value(3, "C1")], "|1|3"),
            ([value(1, "B1"), value(2, "B1")], "|1"),
            ([value(1), value(2, "ABCD1")], "1|2"),
            ([value(1), value(2, "XFD1")], "1" + "|" * (COLUMNS - 1) + "2"),
            ([value(1), value(2, "XFE1"), value(3)], "1|3"),
            # Empty ones take their place and leave no trace at the end.
            ([value(1), "<c/>", value(3)], "1||3"),
            ([value(1), value(""), value(" ")], "1"),
        ):
            with self.subTest(cells):
                self.assertEqual(excel(row(*cells)), [line])

    def test_the_position_of_a_row(self):
        one = value(1)
        for rows, lines in (
            (row(one) + row(one), ["1", "1"]),
            (row(one, number=3), ["", "", "1"]),
            (row(one, number=2) + row(value(2)), ["", "1", "2"]),
            (row(one, number=2) + row(value(2), number=4), ["", "1", "", "2"]),
            (row(one) + row() + row(value(3)), ["1", "", "3"]),
            # A row that comes again, or back, is left out.
            (row(one, number=2) + row(value(2), number=2), ["", "1"]),
            (row(one, number=2) + row(value(2), number=1) + row(value(3)), ["", "1", "3"]),
            (row(value("")), []),
        ):
            with self.subTest(rows):
                self.assertEqual(excel(rows), lines)

    def test_the_last_row_of_the_grid(self):
        self.assertEqual(len(excel(row(value(1), number=1_048_576))), 1_048_576)
        self.assertEqual(excel(row(value(1), number=1_048_577)), [])

    def test_kinds_of_values(self):
        shared = (
            "<si><t>un</t></si><si><r><t>deux</t></r><r><t> et\ndemi</t></r></si>"
            "<si><t>東</t><rPh><t>higashi</t></rPh><t>京</t></si>"
        )
        cells = [
            value(0, kind="s"),
            value(1, kind="s"),
            value(2, kind="s"),
            value("  a  b ", kind="str"),
            value("#N/A", kind="e"),
            value(1, kind="b"),
            value("1.50", kind="n"),
        ]
        self.assertEqual(excel(row(*cells), shared=shared), ["un|deux et demi|東京|a b||1|1.50"])

    def test_a_text_of_its_own(self):
        inline = '<c t="inlineStr"><is><r><t>un </t></r><t>mot</t><rPh><t>x</t></rPh></is></c>'
        self.assertEqual(excel(row(inline, value(2))), ["un mot|2"])
        self.assertEqual(excel("bruit" + row("bruit", value(2), inline)), ["2|un mot"])
        self.assertEqual(excel(row("<t>dehors</t>", value(2), "<f>A1+1</f>")), ["2"])

    def test_numbers_of_days(self):
        """Day 1 is 31 December 1899 and day 60 is 28 February 1900; 46096 is 15 March 2026."""
        styles = (
            '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf/></cellXfs>'
        )
        for text, style, wanted in (
            ("46096", "1", "2026-03-15"),
            ("46096.99", "1", "2026-03-15"),
            ("46096", "0", "46096"),
            ("46096", "2", "46096"),
            ("46096", "", "46096"),
            ("1", "1", "1899-12-31"),
        ):
            self.assertEqual(excel(row(value(text, style=style)), styles), [wanted], (text, style))
        self.assertEqual(excel(row(value(0, style="1"), value(2)), styles), ["|2"])
        self.assertEqual(excel(row(value("46096", kind="str", style="1")), styles), ["46096"])
        for shown, wanted in (("1", "2030-03-16"), ("true", "2030-03-16"), ("0", "2026-03-15")):
            book = f'<workbookPr date1904="{shown}"/>'
            self.assertEqual(excel(row(value("46096", style="1")), styles, book=book), [wanted])

    def test_formats_that_show_a_day(self):
        """By their number: 14 to 17, 22, 27 to 36, 50 to 58; or by their letters."""
        known = {number for number in range(1, 100) if self.shows(number)}
        self.assertEqual(known, {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
        for shape, shown in {
            "dd/mm": True,
            "yyyy": True,
            "mmm": True,
            "DD": True,
            "mm:ss": False,
            "0.00": False,
            "0 &quot;days&quot;": False,
            "[Red]0": False,
            "0\\d": False,
            "[$-40C]d": True,
        }.items():
            self.assertEqual(self.shows(164, shape), shown, shape)

    def shows(self, number, shape=""):
        formats = f'<numFmt numFmtId="{number}" formatCode="{shape}"/>' if shape else ""
        styles = f'{formats}<cellXfs><xf numFmtId="{number}"/></cellXfs>'
        return excel(row(value("46096", style="0")), styles) == ["2026-03-15"]


def opendocument(body, cost=None):
    """Lines of each sheet of an .ods with these tables."""
    names = 'xmlns:table="urn:t" xmlns:text="urn:x" xmlns:office="urn:o"'
    return texts({"content.xml": f"<office:body {names}>{body}</office:body>"}, cost)


def table(*rows, name="F"):
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def line(*cells, times=""):
    repeated = f' table:number-rows-repeated="{times}"' if times else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def cell(text="", times="", more="", name="table-cell"):
    repeated = f' table:number-columns-repeated="{times}"' if times else ""
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:{name}{repeated}{more}>{inside}</table:{name}>"


class TestOpenDocument(TestCase):
    def lines(self, *rows, cost=None):
        return opendocument(table(*rows), cost).get("F", [])

    def test_cells_that_are_repeated(self):
        for cells, wanted in (
            ([cell("a"), cell("b")], "a|b"),
            ([cell("a", 3), cell("b")], "a|a|a|b"),
            ([cell(times=2), cell("b")], "||b"),
            ([cell("a"), cell(times=2), cell("b", 2)], "a|||b|b"),
            ([cell("a"), cell("b", name="covered-table-cell"), cell("c")], "a|b|c"),
            ([cell("a"), cell(times=16_000)], "a"),
        ):
            self.assertEqual(self.lines(line(*cells)), [wanted], wanted)

    def test_rows_that_are_repeated(self):
        self.assertEqual(
            self.lines(
                line(cell("a"), times=2),
                line(cell(), times=2),
                line(cell("b")),
                line(cell(), times=1_000_000),
            ),
            ["a", "a", "", "", "b"],
        )

    def test_the_grid_is_not_exceeded(self):
        self.assertEqual(len(self.lines(line(cell("a", COLUMNS)))[0].split("|")), COLUMNS)
        self.assertEqual(len(self.lines(line(cell("a"), times=ROWS))), ROWS)
        for rows in (
            line(cell("a", COLUMNS + 1)),
            line(cell("a"), cell("b", COLUMNS)),
            line(cell("a"), times=ROWS + 1),
            line(cell("a")) + line(cell("a"), times=ROWS),
            line(cell("a", "0")),
            line(cell("a", -1)),
            line(cell("a"), times="0"),
        ):
            with self.subTest(rows), self.assertRaises(ValueError):
                self.lines(rows)

    def test_values(self):
        for kind, stored, text, wanted in (
            ("float", 'value="1.5"', "1,50", "1.5"),
            ("percentage", 'value="0.5"', "50 %", "0.5"),
            ("currency", 'value="12"', "12 €", "12"),
            ("date", 'date-value="2026-03-15"', "15/03/26", "2026-03-15"),
            ("string", "", "un  mot", "un mot"),
            ("boolean", 'boolean-value="true"', "VRAI", "VRAI"),
        ):
            more = f' office:value-type="{kind}" office:{stored}' if stored else ""
            self.assertEqual(self.lines(line(cell(text, more=more))), [wanted], kind)

    def test_paragraphs_of_a_cell(self):
        many = "<table:table-cell><text:p>un</text:p><text:p>mot</text:p></table:table-cell>"
        self.assertEqual(self.lines(line(many, cell("b"))), ["un mot|b"])
        note = (
            "<table:table-cell><office:annotation><text:p>note</text:p></office:annotation>"
            "<text:p>mot</text:p></table:table-cell>"
        )
        self.assertEqual(self.lines(line(note)), ["mot"])
        nested = f"<table:table-cell>{table(line(cell('x')), name='G')}</table:table-cell>"
        self.assertEqual(opendocument(table(line(nested, cell("b")))), {"F": ["|b"]})

    def test_sheets(self):
        both = table(line(cell("a")), name="A") + table(line(cell()), name="B")
        both += table(line(cell("c")), name="C")
        self.assertEqual(opendocument(both), {"A": ["a"], "C": ["c"]})
        self.assertEqual(opendocument(line(cell("x"))), {})
        self.assertEqual(opendocument("bruit" + table("bruit", line(cell("a")))), {"F": ["a"]})

    def test_what_is_repeated_is_paid_for(self):
        """Of 7 elements, the cells declared repeated and their letters; not one less."""
        rows = table(line(cell("ab", 5), times=3))
        # Elements: body, table, row, cell, paragraph; 4 cells again; 2 rows of 5 cells again.
        cells = 5 + 4 + 2 * 5
        # Letters: 4 times 2; 3 rows of 5 cells of 2 letters and a separator.
        letters = 4 * 2 + 3 * 5 * 3
        exact = {"cells": cells, "text": letters}
        self.assertEqual(len(opendocument(rows, budget(**exact))["F"]), 3)
        for name, needed in exact.items():
            with self.subTest(name), self.assertRaises(TooMuch):
                opendocument(rows, budget(**exact | {name: needed - 1}))

    def test_empty_rows_cost_a_quarter_of_a_cell_and_a_letter(self):
        rows = table(line(cell(), times=12), line(cell("a")))
        # Elements: body, table, 2 rows, 2 cells, paragraph; 12 rows left out.
        exact = {"cells": 7 + 3, "text": 12 + 2}
        self.assertEqual(len(opendocument(rows, budget(**exact))["F"]), 13)
        for name, needed in exact.items():
            with self.subTest(name), self.assertRaises(TooMuch):
                opendocument(rows, budget(**exact | {name: needed - 1}))
