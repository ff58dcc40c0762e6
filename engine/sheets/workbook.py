"""Workbooks that can be worked with: frozen and filtered headers, real dates and figures, and
codes kept as text so that their leading zeros stay.
"""

import io
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter

from ..text import curl, round_cent
from .charts import ChartPage, write_page

LINE_HEIGHT = 15  # points
LEAST_LINES = 2  # of a heading
ARROW = 3  # characters that the arrow of the filter hides
BOLD = 1.15  # how much wider a bold character is
LONGEST_NAME = 31  # characters: what Excel allows in the name of a sheet
FORMATS = {
    "text": {"num_format": "@", "indent": 1},  # away from the figure of the column before
    "integer": {"num_format": "#,##0", "align": "right"},
    "amount": {"num_format": "#,##0.00", "align": "right"},
    "percent": {"num_format": "0.0 %", "align": "right"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
}
HEADER = {
    "bold": True,
    "bg_color": "#E6EAF0",
    "bottom": 1,
    "valign": "vcenter",
    "text_wrap": True,
}
HEADERS = {  # a heading is aligned as its values
    kind: {name: values[name] for name in ("align", "indent") if name in values}
    for kind, values in FORMATS.items()
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what its values are.

    kind: `text`, `integer`, `amount`, `date` or `percent` (a fraction: 0.5 is shown as 50 %).
    width: in characters. total: sum the column in a last line. per: places of the two columns
    whose totals are divided, the first by the second, in that line (an average is no sum).
    """

    header: str
    kind: str = "text"
    width: float = 14
    total: bool = False
    per: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns, its rows (one value per column) and a line printed above."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence] = field(default_factory=list)
    notice: str = ""
    total_label: str = "Total"


def workbook(
    sheets: Sequence[Sheet],
    properties: dict | None = None,
    chart_pages: Sequence[ChartPage] = (),
    last_line: str = "",
) -> bytes:
    """The XLSX file of these sheets (or stacks of tables), then of these pages of charts.

    >>> columns = [Column("Code Insee"), Column("Habitants", "integer")]
    >>> workbook([Sheet("Communes", columns, [["01004", 900]])])[:2]  # an XLSX file is an archive
    b'PK'

    :param properties: title, author, company, comments of the file
    :param last_line: written under each sheet, out of what is sorted and added up
    """
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "remove_timezone": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(properties or {})
        formats = {
            kind: book.add_format({"valign": "top", "text_wrap": True, **values})
            for kind, values in FORMATS.items()
        }
        bold = {
            kind: book.add_format({"bold": True, "top": 1, **values})
            for kind, values in FORMATS.items()
        }
        header = {kind: book.add_format(HEADER | values) for kind, values in HEADERS.items()}
        notice = book.add_format({"bold": True, "font_color": "#9C2B00"})
        for sheet in sheets:
            if not isinstance(sheet, Sheet):
                page = sheet.add_to(book, formats, bold, header, notice, last_line)
                page.set_header(_get_header(properties or {}))
                continue
            page = _write_sheet(book, sheet, formats, bold, header, notice)
            page.set_header(_get_header(properties or {}))
            if last_line:  # a line of headers, perhaps a notice, the rows, their total, a gap
                page.write_string(len(sheet.rows) + 4, 0, last_line, notice)
        headers = {
            sheet.name[:LONGEST_NAME]: (1 if sheet.notice else 0, [c.header for c in sheet.columns])
            for sheet in sheets
            if isinstance(sheet, Sheet)
        }
        for page in chart_pages:
            write_page(book, page, headers)
    return stream.getvalue()


def _get_header(properties):
    """At the head of each page printed: whose workbook it is, and its title.

    >>> _get_header({"company": "Metz Métropole", "title": "Voirie & réseaux"})
    '&LMetz Métropole&RVoirie && réseaux'
    """
    organisation, title = (
        properties.get(name, "").replace("&", "&&")[:120] for name in ("company", "title")
    )
    return f"&L{organisation}&R{title}" if organisation or title else ""


def _write_sheet(book, sheet, formats, bold, header, notice):
    name = sheet.name[:LONGEST_NAME]
    page = book.add_worksheet(name)
    top = 0
    if sheet.notice:
        page.write_string(0, 0, sheet.notice, notice)
        top = 1
    sizes = [_measure_heading(column) for column in sheet.columns]
    page.set_row(top, LINE_HEIGHT * max((LEAST_LINES, *(lines for _width, lines in sizes))))
    for index, (column, (width, _lines)) in enumerate(zip(sheet.columns, sizes, strict=True)):
        page.set_column(index, index, width)
        page.write_string(top, index, column.header, header[column.kind])
    for line, row in enumerate(sheet.rows, start=top + 1):
        for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            write_value(page, line, index, column.kind, value, formats[column.kind])
    last = top + len(sheet.rows)
    _write_totals(page, sheet, top, last, bold)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, max(last, top), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&L&A&R&P / &N")
    return page


def _measure_heading(column):
    """Width of a column in which no word of its heading is cut, and lines of the heading there.

    >>> _measure_heading(Column("Déplacements (€)", "amount", 10))
    (17, 2)
    >>> _measure_heading(Column("Part fixe et heures – € par habitant", "amount", 14))
    (14, 4)
    """
    longest = max(map(len, column.header.split()), default=0)
    width = max(column.width, math.ceil(longest * BOLD) + ARROW)
    room = max(longest, int((width - ARROW) / BOLD))
    return width, len(textwrap.wrap(column.header, room))


def write_value(page, line, index, kind, value, style):
    """Write one value as what it is; an empty one leaves an empty cell, never a zero."""
    if value is None or value is False or value == "":
        page.write_blank(line, index, None, style)
    elif kind == "text":
        page.write_string(line, index, curl(str(value)), style)
    elif kind == "date":
        page.write_datetime(line, index, value, style)
    else:
        page.write_number(line, index, value, style)


def _write_totals(page, sheet, top, last, bold):
    if not (sheet.rows and any(column.total for column in sheet.columns)):
        return
    page.write_string(last + 1, 0, sheet.total_label, bold["text"])
    for index, column in enumerate(sheet.columns):
        if column.total:
            letter = xlsxwriter.utility.xl_col_to_name(index)
            known = round(sum(row[index] or 0 for row in sheet.rows), 2)
            # 109: sum of the lines that the filter shows
            formula = f"=SUBTOTAL(109,{letter}{top + 2}:{letter}{last + 1})"
            page.write_formula(last + 1, index, formula, bold[column.kind], known)
        elif column.per:
            _write_quotient(page, sheet, last + 1, index, bold)


def _write_quotient(page, sheet, line, index, bold):
    """In the line of totals, one of them by another, to the cent; empty when nothing is counted."""
    places = sheet.columns[index].per
    above, below = (f"{xlsxwriter.utility.xl_col_to_name(at)}{line + 1}" for at in places)
    sums = [Decimal(str(sum(row[at] or 0 for row in sheet.rows))) for at in places]
    known = float(round_cent(sums[0] / sums[1])) if sums[1] else ""
    formula = f'=IF({below}=0,"",ROUND({above}/{below},2))'
    page.write_formula(line, index, formula, bold[sheet.columns[index].kind], known)
