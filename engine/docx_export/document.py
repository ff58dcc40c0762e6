"""Document of headings, paragraphs, lists and tables, the elements of an act of an assembly.

Any other HTML element keeps its text and loses its formatting.
"""

import importlib.util
import io
import re

from lxml import etree, html

from ..text import curl_page

MIME_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "fr-FR"
BLOCKS = ("p", "h1", "h2", "h3", "ul", "ol", "table")
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
BOLD = ("b", "strong", "th")
ITALIC = ("i", "em")
# Control characters that XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def is_available() -> bool:
    """Whether python-docx is installed.

    >>> is_available()
    True
    """
    return importlib.util.find_spec("docx") is not None


def from_html(text: str, title: str, author: str) -> bytes:
    """The DOCX of a piece of HTML, typeset as the PDF is.

    >>> from_html("<p>Vu le code</p>", "Délibération", "Metz Métropole")[:2]  # an archive
    b'PK'

    :param title, author: properties of the file, read aloud by a screen reader
    """
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, LANGUAGE
    _set_up(document)
    page = _FORBIDDEN.sub("", curl_page(str(text)))
    root = html.fragment_fromstring(page, create_parent="div")
    _add_blocks(document, root)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document):
    """A4, margins of 2.5 cm, a readable letter, text checked as French."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    for name, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        fonts.set(qn("w:ascii"), "Calibri")
        fonts.set(qn("w:hAnsi"), "Calibri")
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = etree.SubElement(properties, qn("w:lang"))
    language.set(qn("w:val"), LANGUAGE)


def _add_blocks(document, node, style=None):
    """Add blocks in order; text between them becomes paragraphs."""
    loose = [(node.text or "", ())]
    for child in node:
        if not isinstance(child.tag, str):  # a comment
            loose.append((child.tail or "", ()))
            continue
        if child.tag in BLOCKS or _holds_blocks(child):
            _flush(document, loose, style)
            _add_block(document, child, style)
        else:
            loose += _runs(child, ())
        loose.append((child.tail or "", ()))
    _flush(document, loose, style)


def _holds_blocks(node):
    return any(child.tag in BLOCKS for child in node.iterdescendants()) or node.tag in (
        "div",
        "section",
        "header",
    )


def _flush(document, runs, style):
    if any(text.strip() for text, _marks in runs):
        _write_runs(document.add_paragraph(style=style), runs)
    runs.clear()


def _add_block(document, node, style):
    if node.tag in HEADINGS:
        _write_runs(document.add_heading(level=HEADINGS[node.tag]), _runs(node, ()))
    elif node.tag in ("ul", "ol"):
        name = "List Bullet" if node.tag == "ul" else "List Number"
        for item in node.iterchildren("li"):
            _add_blocks(document, item, name)
    elif node.tag == "table":
        _add_table(document, node)
    elif _holds_blocks(node):
        _add_blocks(document, node, style)
    else:
        runs = _runs(node, ())
        if runs:
            _write_runs(document.add_paragraph(style=style), runs)


def _runs(node, marks):
    """[(text, marks)] of a node and what it holds, in order; a line break is `\\n`."""
    if not isinstance(node.tag, str):
        return []
    if node.tag in BOLD:
        marks = (*marks, "bold")
    if node.tag in ITALIC:
        marks = (*marks, "italic")
    runs = [("\n", marks)] if node.tag == "br" else []
    if node.text:
        runs.append((node.text, marks))
    for child in node:
        runs += _runs(child, marks)
        if child.tail:
            runs.append((child.tail, marks))
    return runs


def _write_runs(paragraph, runs):
    """Spaces of the source are one space, as in a browser; those that do not break are kept."""
    last = " "
    for text, marks in runs:
        if text != "\n":
            text = re.sub(r"[ \t\r\n]+", " ", text)
            if last.endswith((" ", "\n")):
                text = text.lstrip(" ")
        if not text:
            continue
        run = paragraph.add_run(text)
        run.bold = "bold" in marks or None
        run.italic = "italic" in marks or None
        last = text


def _add_table(document, node):
    rows = [list(row.iterchildren("td", "th")) for row in node.iterdescendants("tr")]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for cell, source in zip(cells, row, strict=False):
            paragraph = cell.paragraphs[0]
            if "number" in (source.get("class") or "").split():
                paragraph.alignment = 2  # to the right
            _write_runs(paragraph, _runs(source, ()))
    document.add_paragraph()
