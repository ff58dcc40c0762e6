"""Small files made to explode are refused before the work is done; honest ones are read."""

import gzip
import io
import struct
import tracemalloc
import zipfile
from unittest import TestCase

from bomb_cases import (
    MEGABYTE,
    PERSON,
    TITLES,
    broken,
    document,
    excel,
    line,
    oversized,
    row,
    zipped,
)
from rne_cases import HEADER, table

from engine.opendata import RneError, read
from engine.opendata.inflate import Inflated
from engine.opendata.size_limit import CELLS_FLOOR, TEXT_FLOOR, XML_FLOOR, Budget, TooMuch
from engine.opendata.workbook import ROWS, csv_of_sheets

GOOD = table([PERSON])
LINE = b"57463;ROUX;Zo\xc3\xa9;F;2026-03-15;;\n"
BLOCK = 1 << 16
HEAVY = (
    "rows and columns repeated",
    "a longer text",
    "the last column",
    "large shared texts",
)


class TestBombs(TestCase):
    def refuse(self, name, content, *codes):
        """The file is refused in one sentence that names it."""
        with self.assertRaises(RneError) as caught:
            read([(name, content)], ["57463"])
        self.assertIn(caught.exception.code, codes)
        self.assertIn(name, str(caught.exception))
        self.assertNotIn("\n", str(caught.exception))

    def test_a_workbook_that_explodes_is_refused_in_a_sentence(self):
        for name, content in oversized():
            with self.subTest(name):
                self.assertLess(len(content), 400_000)
                self.refuse("elus.ods", content, "oversized")

    def test_a_workbook_of_attributes_or_levels_is_refused_in_a_sentence(self):
        """Decision 033: this is why a workbook is read in the server."""
        names = " ".join(f'a{number}="x"' for number in range(300_000))
        for name, sheet, code in (
            ("attributes", f"<row {names}><c><v>1</v></c></row>", "oversized"),
            ("levels", "<a>" * 200_000, "damaged_workbook"),
            ("cells", "<row>" + "<c/>" * 450_000 + "</row>", "oversized"),
        ):
            with self.subTest(name):
                self.refuse("elus.xlsx", excel(sheet), code)

    def test_the_work_stops_at_what_the_size_of_the_file_allows(self):
        for name, content in oversized():
            budget, given = Budget.of(len(content)), Budget.of(len(content))
            with self.subTest(name), zipfile.ZipFile(io.BytesIO(content)) as archive:
                with self.assertRaises(TooMuch):
                    csv_of_sheets(archive, budget)
                self.assertLessEqual(given.xml - budget.xml, given.xml + BLOCK)
                self.assertLess(given.xml, XML_FLOOR + 101 * len(content))

    def test_the_memory_is_not_filled(self):
        for name, content in oversized():
            if name in HEAVY:
                tracemalloc.start()
                try:
                    with self.subTest(name), self.assertRaises(RneError):
                        read([("elus.ods", content)], ["57463"])
                    peak = tracemalloc.get_traced_memory()[1]
                finally:
                    tracemalloc.stop()
                self.assertLess(peak, 60 * MEGABYTE, name)

    def test_the_more_a_file_weighs_the_more_it_may_hold(self):
        small, large = Budget.of(0), Budget.of(30 * MEGABYTE)
        self.assertEqual((small.xml, small.cells, small.text), (XML_FLOOR, CELLS_FLOOR, TEXT_FLOOR))
        # The municipal councillors of France: 511,225 lines of 16 columns, 901 MB of XML in an
        # .ods of 22 MB.
        self.assertGreater(Budget.of(22 * MEGABYTE).xml, 901_613_058)
        self.assertGreater(Budget.of(22 * MEGABYTE).cells, 2 * 16 * 511_225)
        self.assertGreater(large.text, 83_000_000)

    def test_a_workbook_that_makes_no_sense_is_damaged(self):
        for name, content in broken():
            with self.subTest(name):
                self.refuse("elus.ods", content, "damaged_workbook")

    def test_an_archive_that_says_what_is_not_is_refused(self):
        pieces = [LINE * 40_000] * 20
        for size, code in ((1000, "damaged_archive"), (2**31, "oversized")):
            content = bytearray(zipped(**{"a.csv": [GOOD, *pieces]}))
            struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, size)
            with self.subTest(size):
                self.refuse("a.zip", bytes(content), code, "damaged_at_line")

    def test_archives_that_explode(self):
        many = {f"{number}.csv": GOOD for number in range(300)}
        nested = zipped(**{f"{n}.zip": zipped(**{"a.csv": bytes(MEGABYTE)}) for n in range(10)})
        cases = {
            "one member": zipped(**{"a.csv": [GOOD, *[LINE * 40_000] * 20]}),
            "many members": zipped(**many),
            "a directory without end": zipped(**{f"{n}": b"" for n in range(1500)}),
            "a name of a kind": zipped(mimetype=bytes(MEGABYTE), **{"content.xml": "<a/>"}),
        }
        for name, content in cases.items():
            with self.subTest(name):
                self.refuse("a.zip", content, "oversized", "wrong_format")
        images = {f"xl/media/{n}.png": b"" for n in range(1500)}
        book = zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}, **images)
        self.refuse("elus.xlsx", book, "oversized")
        self.refuse("a.zip", nested, "binary_file", "no_header")

    def test_gzipped_files_that_explode(self):
        long = GOOD + LINE * 400_000
        cases = {
            "many lines": gzip.compress(long),
            "twice over": gzip.compress(gzip.compress(long * 4)),
            "blank lines": gzip.compress(GOOD + b"\n" * 1_000_000),
            "a line without end": gzip.compress(GOOD + b"a;" * MEGABYTE),
            "pieces without end": gzip.compress(gzip.compress(b"") * 30_000),
        }
        for name, content in cases.items():
            with self.subTest(name):
                self.refuse("a.csv.gz", content, "oversized")

    def test_other_ways_to_compress_are_not_tried(self):
        for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            with self.subTest(method):
                self.refuse("a.zip", zipped(method, **{"a.csv": GOOD}), "wrong_format")

    def test_a_workbook_with_a_password_says_so(self):
        content = bytearray(excel(line(1, HEADER)))
        for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
            start = content.find(mark)
            while start >= 0:
                content[start + place] |= 1
                start = content.find(mark, start + 1)
        self.refuse("elus.xlsx", bytes(content), "encrypted_archive")

    def test_pieces_of_a_gzip_file_are_read_one_after_the_other(self):
        for size in (1, 7, 65536, 200_000):
            parts = [bytes(range(256)) * 300, b"", b"x" * size]
            packed = b"".join(map(gzip.compress, parts))
            for end in (b"", bytes(100)):
                stream = io.BufferedReader(Inflated(io.BytesIO(packed + end), MEGABYTE), 4096)
                self.assertEqual(stream.read(), b"".join(parts))
            with self.assertRaises(EOFError):
                Inflated(io.BytesIO(packed[:-5]), MEGABYTE).readall()
            with self.assertRaises(TooMuch):
                Inflated(io.BytesIO(packed), 70_000).readall()


class TestHonestWorkbooks(TestCase):
    """What spreadsheets write by themselves is no bomb."""

    def names(self, content, **found):
        result = read([("elus", content)], ["57463"])
        return [(mandate.line, mandate.last_name) for mandate in result.mandates]

    def test_empty_rows_up_to_the_end_of_the_grid(self):
        end = row([""], ROWS - 2, 16_384)
        self.assertEqual(self.names(document(TITLES, row(PERSON), end)), [(2, "ROUX")])
        empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 200_000))
        content = excel(line(1, HEADER), line(2, PERSON), empty)
        self.assertEqual(self.names(content), [(2, "ROUX")])

    def test_a_style_in_the_last_column(self):
        rows = [line(n, PERSON, f'<c r="XFD{n}" s="1"/>') for n in range(2, 2000)]
        content = excel(line(1, HEADER), *rows)
        result = read([("elus.xlsx", content)], ["57463"])
        self.assertEqual((result.rows_read, result.issues), (1998, []))

    def test_a_word_in_the_last_row_or_in_the_last_column(self):
        last = f'<row r="{ROWS}"><c r="B{ROWS}" t="str"><v>fin</v></c></row>'
        self.assertEqual(self.names(excel(line(1, HEADER), line(2, PERSON), last)), [(2, "ROUX")])
        note = '<c r="XFD1" t="str"><v>note</v></c>'
        self.assertEqual(self.names(excel(line(1, HEADER, note), line(2, PERSON))), [(2, "ROUX")])

    def test_rows_left_out_and_rows_repeated_keep_the_numbers_of_the_lines(self):
        content = document(row([""], 4), TITLES, row([""], 2000), row(PERSON, 2), row(PERSON))
        result = read([("elus.ods", content)], ["57463"])
        self.assertEqual(result.rows_kept, 3)
        self.assertEqual(result.layouts[0].header_line, 5)
        self.assertEqual(result.mandates[0].line, 2006)

    def test_paragraphs_spans_and_remarks_of_a_cell(self):
        name = (
            "<text:span>DE LA</text:span></text:p><office:annotation><text:p>vu</text:p>"
            "</office:annotation><text:p>TOUR"
        )
        content = document(TITLES, row([PERSON[0], name, *PERSON[2:]]))
        self.assertEqual(self.names(content), [(2, "DE LA TOUR")])
