"""Several tables on one sheet, one below the other, each with its chart under it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter

from .workbook import LINE_HEIGHT, Column, write_value

CHART_LINES, CHART_SIZE = 17, {"width": 900, "height": 320}
FIRST, OTHER = 42, 13  # widths, in characters
LONG_SPAN = 4  # columns of a long text, beside its own
HEADING_LINES = 3
LONG_LINE = OTHER * (LONG_SPAN + 1)
COLOURS = ("#1f4e79", "#8fb4d6", "#b8860b")  # same colours as the printed charts


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its title. kind: its native chart, `column`, `line` or `bar`; empty: none.

    drawn: places of the columns that it draws. long: the last column holds texts of some lines.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence] = field(default_factory=list)
    kind: str = ""
    drawn: Sequence[int] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """A sheet of such tables, under a line of warning or of date.

    >>> from .workbook import workbook
    >>> block = Block("Demandes", [Column("Mois"), Column("Reçues", "integer")], [["janvier", 3]])
    >>> workbook([Stack("Demandes", [block])])[:2]
    b'PK'
    """

    name: str
    blocks: Sequence[Block]
    notice: str = ""
    total_label: str = "Total"

    def add_to(self, book, formats, bold, header, notice, last_line=""):
        """Called by `workbook`, as it writes its own sheets."""
        return _write_stack(book, self, formats, bold, header, notice, last_line)


def _write_stack(book, stack, formats, bold, header, notice, last_line):
    """:param formats, bold, header: {kind of column: format}"""
    page = book.add_worksheet(stack.name)
    page.set_column(0, 0, FIRST)
    page.set_column(1, 20, OTHER)
    title = book.add_format({"bold": True, "font_size": 13, "font_color": "#1f4e79"})
    top = 0
    if stack.notice:
        page.write_string(0, 0, stack.notice, notice)
        top = 2
    for block in stack.blocks:
        page.write_string(top, 0, block.title, title)
        bottom = _write_block(page, block, top + 1, formats, bold, header, stack.total_label)
        if block.kind and block.rows:
            page.insert_chart(
                bottom + 1,
                0,
                _add_chart(book, stack.name, block, top + 1),
                {"object_position": 1, "description": block.title},
            )
            bottom += CHART_LINES + 1
        top = bottom + 2
    if last_line:
        page.write_string(top, 0, last_line, notice)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&L&A&R&P / &N")
    return page


def _write_block(page, block, top, formats, bold, header, total_label):
    """:return: the first line below"""
    page.set_row(top, LINE_HEIGHT * HEADING_LINES)
    for place, column in enumerate(block.columns):
        page.write_string(top, place, column.header, header[column.kind])
    last = len(block.columns) - 1
    if block.long:
        name = block.columns[-1].header
        page.merge_range(top, last, top, last + LONG_SPAN, name, header["text"])
    for line, row in enumerate(block.rows, start=top + 1):
        for place, (column, value) in enumerate(zip(block.columns, row, strict=True)):
            if block.long and place == last:
                page.merge_range(line, place, line, place + LONG_SPAN, value, formats["text"])
                page.set_row(line, LINE_HEIGHT * (1 + len(value) // LONG_LINE))
            else:
                write_value(page, line, place, column.kind, value, formats[column.kind])
    bottom = top + 1 + len(block.rows)
    if not (block.rows and any(column.total for column in block.columns)):
        return bottom
    page.write_string(bottom, 0, total_label, bold["text"])
    for place, column in enumerate(block.columns[1:], start=1):
        if column.total:
            letter = xlsxwriter.utility.xl_col_to_name(place)
            known = round(sum(row[place] or 0 for row in block.rows), 2)
            formula = f"=SUM({letter}{top + 2}:{letter}{bottom})"
            page.write_formula(bottom, place, formula, bold[column.kind], known)
        else:
            page.write_blank(bottom, place, None, bold["text"])
    return bottom + 1


def _add_chart(book, name, block, top):
    drawn = book.add_chart({"type": block.kind})
    first, last = top + 1, top + len(block.rows)
    for rank, place in enumerate(block.drawn):
        colour = {"color": COLOURS[rank % len(COLOURS)]}
        drawn.add_series(
            {
                **({"line": colour} if block.kind == "line" else {"fill": colour}),
                "name": [name, top, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "data_labels": {"value": True} if len(block.rows) <= 15 else {},
            }
        )
    title = block.title
    if len(block.drawn) == 1 and len(block.columns) > 2:
        title = f"{title} – {block.columns[block.drawn[0]].header}"
    drawn.set_title({"name": title, "name_font": {"size": 13}})
    drawn.set_size(CHART_SIZE)
    if block.kind == "bar":
        drawn.set_y_axis({"reverse": True, "interval_unit": 1})
    if len(block.drawn) == 1:
        drawn.set_legend({"none": True})
    else:
        drawn.set_legend({"position": "bottom"})
    return drawn
