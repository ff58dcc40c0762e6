"""Workbooks and archives of a few kilobytes that were made to fill a memory or to take hours."""

import io
import zipfile
from functools import cache

from rne_cases import HEADER

MEGABYTE = 1024 * 1024
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
PERSON = ("57463", "ROUX", "Zoé", "F", "2026-03-15", "", "")


def zipped(method=zipfile.ZIP_DEFLATED, **members):
    """An archive; a member is a text, bytes, or a list of pieces written one after the other."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, member in members.items():
            pieces = member if isinstance(member, list) else [member]
            with archive.open(name, "w") as stream:
                for piece in pieces:
                    stream.write(piece if isinstance(piece, bytes) else piece.encode())
    return content.getvalue()


def excel(*rows, texts="", sheets=1):
    """A workbook whose sheets are all the same part; `texts` are its shared texts."""
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION}"><sheets>'
        + "".join(f'<sheet name="F{n}" sheetId="{n}" r:id="a"/>' for n in range(sheets))
        + "</sheets></workbook>"
    )
    link = '<Relationships><Relationship Id="a" Target="worksheets/a.xml"/></Relationships>'
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": link,
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{texts}</sst>',
            "xl/worksheets/a.xml": [
                f'<worksheet xmlns="{SHEET}"><sheetData>',
                *rows,
                "</sheetData></worksheet>",
            ],
        }
    )


def line(number, cells, more=""):
    """A row of Excel whose cells hold their texts."""
    texts = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCDEFG", cells, strict=True)
        if text
    )
    return f'<row r="{number}">{texts}{more}</row>'


def document(*rows, before=""):
    """A workbook of LibreOffice."""
    names = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    return zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{
            "content.xml": [
                f"{before}<office:document-content {names}><office:body><office:spreadsheet>"
                '<table:table table:name="F">',
                *rows,
                "</table:table></office:spreadsheet></office:body></office:document-content>",
            ]
        },
    )


def row(cells, rows=1, columns=1):
    """A row of LibreOffice, there `rows` times, each cell `columns` times."""
    texts = "".join(
        f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>{text}</text:p>'
        "</table:table-cell>"
        for text in cells
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{texts}</table:table-row>'


TITLES = row(HEADER)
ENTITIES = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "aaaaaaaaaa">'
    for n in range(11)
)


@cache
def oversized():
    """The bombs, made once."""
    return tuple(_oversized())


def _oversized():
    """Name and workbook: each would cost much more than what it weighs."""
    inner = f"<table:table>{row('x', 1000, 1000)}</table:table>"
    yield "rows repeated", document(TITLES, row(["a" * 30], 1_000_000))
    yield "rows and columns repeated", document(TITLES, row("x", 1000, 1000))
    yield "many rows repeated", document(TITLES, *[row("x", 500, 500)] * 500)
    yield "a table in a cell", document(TITLES, row([f"x</text:p>{inner}<text:p>"], 999, 999))
    yield "a long text", document(TITLES, row(["a" * 40_000]))
    yield (
        "a longer text",
        document("<table:table-row><table:table-cell><text:p>", *["a" * MEGABYTE] * 20),
    )
    yield "a long attribute", document('<table:table-row a="', *["a" * MEGABYTE] * 20, '"/>')
    yield "a long remark", document("<!--", *["a" * MEGABYTE] * 20, "-->")
    yield "blanks", document(*[" " * MEGABYTE] * 60)
    yield "many names", document("".join(f"<a{n}/>" for n in range(20_000)))
    yield "many attributes", document("".join(f'<a b{n}="" c{n}=""/>' for n in range(20_000)))
    far = '<row><c r="XFD1"><v>1</v></c></row>'
    yield "the last column", excel(line(1, HEADER), *[far * 1000] * 60)
    yield "tiny cells", excel("<row>", *["<c/>" * 100_000] * 20, "</row>")
    yield "tiny rows", excel(*["<row/>" * 100_000] * 20)
    yield "a sheet named many times", excel(*["<row/>" * 1000], sheets=5_000)
    yield (
        "a text named many times",
        excel('<row><c t="s"><v>0</v></c></row>' * 2000, texts=f"<si><t>{'a' * 30_000}</t></si>"),
    )
    yield "many shared texts", excel(texts="<si><t>a</t></si>" * 300_000)
    yield "large shared texts", excel(texts=f"<si><t>\U0001f600{'a' * 30_000}</t></si>" * 400)
    yield "ends of grids", excel('<row r="1048576"><c><v>1</v></c></row>', sheets=50)


def broken():
    """Name and workbook: each declares something impossible."""
    for times in ("-5", "0", "abc", "9" * 3000, "9" * 6000, "1e3"):
        yield f"{times[:9]} rows", document(TITLES, row("x", times))
        yield f"{times[:9]} columns", document(TITLES, row("x", 1, times))
    yield "beyond the grid", document(TITLES, row("x", 2_000_000))
    yield "entities", document("&e10;", before=f"<!DOCTYPE a [{ENTITIES}]>")
    yield (
        "a file of ours",
        document("&e;", before='<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
    )
    yield "depth", document("<a>" * 100_000 + "</a>" * 100_000)
    yield (
        "a shared text that is not there",
        excel('<row><c t="s"><v>-1</v></c></row>', texts="<si/>"),
    )
    yield "a date that is none", excel('<row r="x"><c><v>1</v></c></row>')
