"""Files of the RNE that a spreadsheet opened and saved again, and other second-hand files."""

import gzip
import io
import random
import zipfile
from unittest import TestCase

from rne_cases import HEADER, table

from engine.opendata import RneError, archives, read

CODES = ["01004", "2A004", "57463"]
PERSONS = [
    ("57463", "N’GUESSAN", "Élodie", "mme", "2026-03-15", "2026-03-20"),
    ("01004", "DE LA TOUR-BRUN", "Jean-Éric", "m", "2026-03-15", "2026-03-20"),
    ("2A004", "L'HÔTE", "Ghjuvan", "m", "2026-03-22", None),
]
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def describe(result):
    """Values loaded for each person, in the order of `PERSONS`."""
    found = [
        (
            row.insee_code,
            row.last_name,
            row.first_name,
            row.civility,
            str(row.date_start),
            row.function_date and str(row.function_date),
        )
        for row in result.mandates
    ]
    return sorted(found, key=lambda row: -int(row[0], 16))


EXPECTED = sorted(
    [(code, name.replace("’", "'"), *rest) for code, name, *rest in PERSONS],
    key=lambda row: -int(row[0], 16),
)


def zipped(**members):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive.getvalue()


def cell(reference, value, style=0):
    """A cell of Excel: a number as a number, anything else as a text of its own."""
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def sheet(rows, space=SHEET, start=1):
    """The XML of a sheet: `rows` are lists of cells (letter, value, style)."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{letter}{number}", *rest) for letter, *rest in row)
        + "</row>"
        for number, row in enumerate(rows, start)
    )
    return f'<worksheet xmlns="{space}"><sheetData>{lines}</sheetData></worksheet>'


def excel(*sheets, space=SHEET, since_1904=False, style=164):
    """A workbook with the given sheets; by default style 1 is a date, style 2 is not."""
    names = range(1, len(sheets) + 1)
    book = (
        f'<workbook xmlns="{space}" xmlns:r="{RELATION}"><workbookPr date1904="{int(since_1904)}"/>'
        + "<sheets>"
        + "".join(f'<sheet name="Feuil{n}" sheetId="{n}" r:id="rId{n}"/>' for n in names)
        + "</sheets></workbook>"
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in names
    )
    styles = (
        f'<styleSheet xmlns="{space}"><numFmts><numFmt numFmtId="164"'
        ' formatCode="[$-40C]dd/mm/yyyy;@"/>'
        '<numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/>'
        '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
        f'<xf numFmtId="{style}"><alignment numFmtId="165"/></xf><xf numFmtId="165"/></cellXfs>'
        "</styleSheet>"
    )
    members = {f"xl/worksheets/sheet{n}.xml": text for n, text in zip(names, sheets, strict=True)}
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            "xl/styles.xml": styles,
        },
        **members,
    )


# 46096 days after 30 December 1899 is 15 March 2026; 46103 is the 22nd, 46101 the 20th.
ROWS = [
    [("A", "Titre du rapport")],
    [],
    list(zip("ABCDEFG", HEADER, strict=True)),
    [
        ("A", 57463),
        ("B", "N’GUESSAN"),
        ("C", "Élodie"),
        ("D", "F"),
        ("E", 46096, 1),
        ("G", 46101.4375, 1),
    ],
    [
        ("A", 1004, 2),
        ("B", "DE LA TOUR-BRUN"),
        ("C", "JEAN-ÉRIC"),
        ("D", "M"),
        ("E", 46096, 1),
        ("G", 46101, 1),
    ],
    [("A", "2A004"), ("B", "L'HÔTE"), ("C", "Ghjuvan"), ("D", "M"), ("E", 46103, 1)],
]


class TestExcel(TestCase):
    def test_a_workbook_is_read_as_its_csv_file(self):
        result = read([("elus.xlsx", excel(sheet(ROWS)))], CODES)
        self.assertEqual(describe(result), EXPECTED)
        self.assertEqual([row.line for row in result.mandates], [4, 5, 6])
        self.assertEqual((result.layouts[0].file, result.layouts[0].header_line), ("elus.xlsx", 3))

    def test_sheets_named_by_a_whole_path(self):
        """Some programs write `/xl/worksheets/sheet1.xml`, from the root of the file."""
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(excel(sheet(ROWS)))) as made,
            zipfile.ZipFile(out, "w") as to,
        ):
            for name in made.namelist():
                text = made.read(name).decode()
                to.writestr(name, text.replace('Target="worksheets/', 'Target="/xl/worksheets/'))
        plain = read([("elus.xlsx", excel(sheet(ROWS)))], CODES)
        self.assertEqual(describe(read([("elus.xlsx", out.getvalue())], CODES)), describe(plain))
        self.assertTrue(describe(plain))

    def test_the_strict_form_of_the_format(self):
        content = excel(sheet(ROWS, STRICT), space=STRICT)
        self.assertEqual(describe(read([("elus.xlsx", content)], CODES)), EXPECTED)

    def test_days_counted_from_1904(self):
        rows = [ROWS[2], [*ROWS[5][:4], ("E", 46103 - 1462, 1)]]
        result = read([("elus.xlsx", excel(sheet(rows), since_1904=True))], CODES)
        self.assertEqual(str(result.mandates[0].date_start), "2026-03-22")

    def test_a_cell_behind_another_is_left_out(self):
        """A cell A after B and C is nowhere: it does not become the next one, the sex."""
        behind = [*ROWS[5][:3], ("A", "M"), ("E", 46103, 1)]
        (row,) = read([("elus.xlsx", excel(sheet([ROWS[2], behind])))], CODES).mandates
        self.assertEqual((row.civility, str(row.date_start)), ("", "2026-03-22"))

    def test_day_zero_is_no_date(self):
        """A cell shown as a date that holds 0 was left empty by a formula."""
        for number, expected in ((0, None), (46103, "2026-03-22")):
            rows = [ROWS[2], [*ROWS[5], ("G", number, 1)]]
            (row,) = read([("elus.xlsx", excel(sheet(rows)))], CODES).mandates
            self.assertEqual(row.function_date and str(row.function_date), expected)

    def test_formats_of_dates_that_excel_knows_by_their_number(self):
        """14 is “15/03/2026”, 17 “mars-26”, 22 has the hour, 27 to 36 and 50 to 58 are Asian;
        13 is a fraction, 18 to 21 and 45 to 47 are hours, 37 an amount, 49 a text."""
        rows = [ROWS[2], [*ROWS[5][:4], ("E", 46103 - 1462, 1)]]
        for number in (14, 15, 16, 17, 22, 27, 36, 50, 58):
            with self.subTest(number):
                content = excel(sheet(rows), style=number, since_1904=True)
                (row,) = read([("elus.xlsx", content)], CODES).mandates
                self.assertEqual(str(row.date_start), "2026-03-22")
        # A code in one of the other formats stays a number: 57463, and no day of the year 2057.
        rows = [ROWS[2], [("A", 57463, 1), *ROWS[5][1:]]]
        for number in (0, 13, 18, 21, 23, 26, 37, 49, 59):
            with self.subTest(number):
                result = read([("elus.xlsx", excel(sheet(rows), style=number))], CODES)
                self.assertEqual([row.insee_code for row in result.mandates], ["57463"])

    def test_shared_texts_and_errors_of_formulas(self):
        text = sheet([ROWS[2]]).replace(
            "</sheetData>",
            '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><f>UPPER("x")</f>'
            '<v>LEROY</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="e"><v>#REF!</v></c>'
            '<c r="E2" t="d"><v>2026-03-15T00:00:00</v></c></row></sheetData>',
        )
        with zipfile.ZipFile(io.BytesIO(excel(text))) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members["xl/sharedStrings.xml"] = (
            f'<sst xmlns="{SHEET}"><si><t>57463</t></si><si><r><t>An</t></r><r><t>ne</t></r>'
            "<rPh><t>an</t></rPh></si></sst>"
        )
        row = read([("elus.xlsx", zipped(**members))], CODES).mandates[0]
        self.assertEqual((row.last_name, row.first_name, row.civility), ("LEROY", "Anne", ""))
        self.assertEqual(str(row.date_start), "2026-03-15")

    def test_a_sheet_that_is_no_list_of_officials_is_only_mentioned(self):
        content = excel(sheet([[("A", "Lisez-moi")]]), sheet(ROWS), sheet([]))
        result = read([("elus.xlsx", content)], CODES)
        self.assertEqual(describe(result), EXPECTED)
        self.assertEqual([issue.code for issue in result.issues], ["member_skipped"])
        self.assertIn("elus.xlsx/Feuil1", result.issues[0].message)

    def test_damaged_and_empty_workbooks(self):
        whole = excel(sheet(ROWS))
        cases = {
            "damaged_workbook": zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": "<a"}),
            "damaged_archive": whole[:-30],
            "empty_file": excel(sheet([])),
        }
        for code, content in cases.items():
            with self.subTest(code), self.assertRaises(RneError) as caught:
                read([("elus.xlsx", content)], CODES)
            self.assertEqual(caught.exception.code, code)
        noise = random.Random(3)
        for _round in range(80):
            content = bytearray(whole)
            for _change in range(4):
                content[noise.randrange(len(content))] = noise.randrange(256)
            try:
                read([("elus.xlsx", bytes(content))], CODES)
            except RneError as error:
                self.assertNotIn("\n", str(error))

    def test_entities_that_explode_are_refused(self):
        entities = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "aaaaaaaaaa">'
            for n in range(11)
        )
        book = f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><a>&e10;</a>'
        content = zipped(**{"[Content_Types].xml": "<a/>", "xl/workbook.xml": book})
        with self.assertRaises(RneError) as caught:
            read([("elus.xlsx", content)], CODES)
        self.assertEqual(caught.exception.code, "damaged_workbook")


class TestOpenDocument(TestCase):
    DAYS = {46096: "2026-03-15", 46101: "2026-03-20", 46103: "2026-03-22"}

    def cell(self, value, style=0):
        if isinstance(value, str):
            kind = 'office:value-type="string"'
        elif style == 1:
            kind = f'office:value-type="date" office:date-value="{self.DAYS[int(value)]}"'
        else:
            kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"

    def row(self, cells):
        by_letter = {letter: rest for letter, *rest in cells}
        texts = (
            self.cell(*by_letter[letter]) if letter in by_letter else "<table:table-cell/>"
            for letter in "ABCDEFG"
        )
        return f"<table:table-row>{''.join(texts)}</table:table-row>"

    def test_a_sheet_of_libreoffice(self):
        rows = "".join(map(self.row, ROWS))
        space = "urn:oasis:names:tc:opendocument:xmlns"
        content = (
            f'<office:document-content xmlns:office="{space}:office:1.0"'
            f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="F">{rows}'
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
            ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        members = {"mimetype": kind, "content.xml": content}
        result = read([("elus.ods", zipped(**members))], CODES)
        self.assertEqual(describe(result), EXPECTED)

    def test_a_sheet_with_a_very_long_name_is_reported_with_its_hundred_first_letters(self):
        self.assertEqual(archives._short("É" * 100), "É" * 100)
        self.assertEqual(archives._short("É" * 101), "É" * 99 + "…")


class TestSecondHand(TestCase):
    def rows(self, dates=("15/03/2026", "22/03/2026", "20/03/2026")):
        first, second, function = dates
        return [
            ("57463", "N’GUESSAN", "Élodie", "F", first, "", function),
            ("1004", "DE LA TOUR-BRUN", "Jean-Éric", "M", first, "", function),
            ("2A004", "L'HÔTE", "Ghjuvan", "M", second, "", ""),
        ]

    def test_gzipped_twice_or_inside_an_archive(self):
        packed = gzip.compress(table(self.rows()))
        for name, content in {
            "elus.csv.gz": gzip.compress(packed),
            "elus.zip": zipped(**{"elus.csv.gz": packed, "note.pdf": b"%PDF-1.7"}),
        }.items():
            with self.subTest(name):
                self.assertEqual(describe(read([(name, content)], CODES)), EXPECTED)

    def test_accents_written_twice_over_are_repaired(self):
        content = table(self.rows()).decode().encode().decode("latin-1").encode()
        self.assertEqual(describe(read([("elus.csv", content)], CODES)), EXPECTED)
        content = table([("57463", "JOÃO", "Conceição", "M", "15/03/2026", "", "")])
        row = read([("elus.csv", content)], CODES).mandates[0]
        self.assertEqual((row.last_name, row.first_name), ("JOÃO", "Conceição"))

    def test_dates_of_an_american_spreadsheet(self):
        content = table(self.rows(("03/15/2026", "03/22/2026", "03/20/2026")))
        result = read([("elus.csv", content)], CODES)
        self.assertEqual(describe(result), EXPECTED)
        self.assertEqual(result.layouts[0].date_formats, ("mm/dd/yyyy",))
        # 4 May, once a date of the column shows that the month comes first.
        content = table(self.rows(("05/04/2026", "03/22/2026", "")))
        found = {row.date_start.isoformat() for row in read([("a.csv", content)], CODES).mandates}
        self.assertEqual(found, {"2026-05-04", "2026-03-22"})

    def test_one_wrong_date_does_not_turn_the_others(self):
        rows = [("57463", f"NOM{n}", "Ana", "F", "05/04/2026", "", "") for n in range(9)]
        content = table([*rows, ("57463", "FAUX", "Luc", "M", "03/15/2026", "", "")])
        result = read([("elus.csv", content)], CODES)
        self.assertEqual({str(row.date_start) for row in result.mandates}, {"2026-04-05"})
        self.assertEqual([issue.code for issue in result.issues], ["bad_date"])

    def test_the_name_of_the_commune_is_not_the_name_of_the_person(self):
        for place in ("NOM_COM", "nom_dep", "Nom de la ville", "Nom de l’agglomération"):
            header = ("INSEE_COM", place, "NOM", "PRENOM", "DATE_DEBUT_MANDAT", "Civ.")
            content = table([("57463", "Metz", "LEROY", "Ana", "2026-03-15", "Mme")], header)
            with self.subTest(place):
                row = read([("elus.csv", content)], CODES).mandates[0]
                self.assertEqual((row.last_name, row.civility), ("LEROY", "mme"))
