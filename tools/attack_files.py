"""Files and mails made to exhaust their reader: small to send, huge or slow to read."""

import io
import zipfile
import zlib

# As the national directory of elected officials names them, for the reader to go on.
TITLES = [
    "Code de la commune",
    "Nom de l'élu",
    "Prénom de l'élu",
    "Code sexe",
    "Date de début du mandat",
    "Date de début de la fonction",
    "Libellé de la fonction",
]
ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="A">{rows}</table:table>
 </office:spreadsheet></office:body></office:document-content>"""
LAUGHS = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha ha ha ha ha ha">{entities}]>"""
SHEET = """<?xml version="1.0"?>{doctype}<worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>
 </worksheet>"""
BOOK = """<?xml version="1.0"?><workbook
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
 <sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"""
RELATIONS = """<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
 Target="worksheets/sheet1.xml"/></Relationships>"""


def pack(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods(rows):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return pack({"mimetype": kind, "content.xml": ODS.format(rows=rows)})


def xlsx(rows, doctype="", **more):
    sheet = SHEET.format(rows=rows, doctype=doctype)
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return pack({**parts, **more})


def laughs(depth=9):
    """Entities that hold ten times each other: 10^depth laughs."""
    lines = "".join(f'<!ENTITY a{n} "{("&a%s;" % (n - 1 or "")) * 10}">' for n in range(1, depth))
    return LAUGHS.format(entities=lines)


def picture(side):
    """A PNG of one colour: a few hundred bytes for a square of this side."""
    line = b"\x00" + b"\x00" * (side // 8)
    data = zlib.compress(line * side, 9)

    def chunk(name, content):
        check = zlib.crc32(name + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + name + content + check

    size = side.to_bytes(4, "big") * 2
    head = chunk(b"IHDR", size + bytes((1, 0, 0, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def ods_row(texts, rows=1, columns=1):
    """A line of LibreOffice, there `rows` times, each cell `columns` times."""
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
    )
    cells = "".join(f"{cell}<text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def xlsx_row(number, texts, more=""):
    cells = "".join(
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for n, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}{more}</row>'


def books():
    """{name: bytes} of spreadsheets that no reader may swallow; those with the titles of a true
    file are read to their end.

    Sizes are chosen to be seen without harming the machine: some seconds, some hundred megabytes.
    """
    titles, person = ods_row(TITLES), ["57463", "ROUX", "Zoé", "F", "2026-03-15", "", ""]
    first = xlsx_row(1, TITLES)
    far = [xlsx_row(n, [], f'<c r="XFD{n}"><v>1</v></c>') for n in range(2, 1500)]
    long_text = "<row><c t='inlineStr'><is><t>" + "x" * 60_000_000 + "</t></is></c></row>"
    return {
        "lignes-repetees.ods": ods(titles + ods_row(person, 400_000)),
        "cellules-repetees.ods": ods(titles + ods_row(["x"], 2000, 2000)),
        "colonnes-repetees.ods": ods(titles + ods_row(["x"], 1, 9_999_999)),
        "colonne-lointaine.xlsx": xlsx(first + "".join(far)),
        "texte-immense.xlsx": xlsx(long_text),
        "entites.xlsx": xlsx("<row><c><v>&a8;</v></c></row>", laughs()),
        "archive.xlsx": pack({"xl/workbook.xml": b"\x00" * 300_000_000}),
        "lignes.csv": b"a;b\n" * 1_500_000,
        "ligne-sans-fin.csv": b'"' + b"a" * 8_000_000,
        "vide.xlsx": b"",
        "faux.ods": b"PK\x03\x04" + b"\x00" * 100,
    }


def uploads():
    """{name: bytes} for the forms of the portal."""
    return {
        "photo.png": picture(13_000),
        "photo-immense.png": picture(60_000),
        "annexe.docx": pack({"[Content_Types].xml": "", "word/document.xml": b" " * 300_000_000}),
        "tableau.ods": books()["lignes-repetees.ods"],
        "image.svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 100_000,
        "a" * 5_000 + ".pdf": b"%PDF-1.4",
        "nul\x00.pdf": b"%PDF-1.4",
    }


def mails():
    """{what: mail} for the reader of incoming mail."""
    head = "To: demandes@exemple.invalid\r\nMessage-Id: <{n}@exemple.invalid>\r\n"
    plain = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    long_sender = "From: " + "a.b-" * 2500 + "@exemple.invalid\r\n"
    many = "From: " + ", ".join(f"a{n}@exemple.invalid" for n in range(3000)) + "\r\n"
    usual = "From: maire@exemple.invalid\r\n"
    body = "Bonjour,\r\n" + "> " * 20_000 + "\r\n" + ("-" * 200 + "\r\n") * 2000
    deep = "<div>" * 20_000 + "x"
    found = {
        "expéditeur de 10 ko": long_sender + "Subject: essai\r\n" + head + plain + "Bonjour",
        "expéditeur sans fin": 'From: "' + "<" * 10_000 + "\r\nSubject: e\r\n" + head + plain,
        "3 000 expéditeurs": many + "Subject: essai\r\n" + head + plain + "Bonjour",
        "objet de 100 ko": usual + "Subject: " + "Re: " * 25_000 + "\r\n" + head + plain,
        "objet en parenthèses": usual + "Subject: " + "[(" * 20_000 + "\r\n" + head + plain,
        "corps en citations": usual + "Subject: essai\r\n" + head + plain + body,
        "corps en blancs": usual + "Subject: e\r\n" + head + plain + " " * 100_000 + "x",
        "HTML profond": usual + "Subject: e\r\n" + head + "Content-Type: text/html\r\n\r\n" + deep,
    }
    for name, sender in {
        "lettres": "a" * 10_000,
        "arobases": "a@" * 5_000,
        "points": "a." * 5_000 + "@",
        "chevrons": "<a@" * 3_000,
        "blancs": "a" + " " * 10_000 + "@b.fr",
    }.items():
        found[f"expéditeur en {name}"] = f"From: {sender}\r\nSubject: e\r\n{head}{plain}Bonjour"
    return {what: mail.replace("{n}", str(n)) for n, (what, mail) in enumerate(found.items())}
