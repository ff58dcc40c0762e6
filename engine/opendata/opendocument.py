"""Sheets of an OpenDocument workbook (.ods)."""

import zipfile

from .size_limit import Budget
from .workbook import COLUMNS, ROWS, SheetText
from .xml_parts import Attributes, PartReader, attribute

_CELLS = ("table-cell", "covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")


def opendocument_sheets(archive: zipfile.ZipFile, budget: Budget) -> list[SheetText]:
    """The sheets, in the order of the workbook.

    :raises budget.TooMuch: the workbook is made to explode
    :raises: one of `workbook.ERRORS` when the file is damaged
    """
    reader = _Content(budget)
    reader.walk(archive, "content.xml")
    return reader.sheets


class _Content(PartReader):
    """The rows of all the sheets.

    number: rows of the sheet so far. cells: of the row, up to the last one that holds
    something. column: index of the next cell. inside: depth of the current cell, 0 outside.
    """

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.sheets: list[SheetText] = []
        self.number, self.column, self.inside = 0, 0, 0
        self.rows_repeated, self.repeated = 1, 1
        self.cells: list[str] = []
        self.value: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """A sheet, a row, a cell; a table inside a cell is no part of the sheet."""
        if self.inside:
            if name == "p" and self.depth == self.inside + 1 and self.value is None:
                self.wanted = True
        elif name in _CELLS:
            self.inside = self.depth
            self.repeated = _times(attributes, "number-columns-repeated")
            self.value = _value(attributes) if attributes else None
        elif name == "table-row":
            self.cells, self.column = [], 0
            self.rows_repeated = _times(attributes, "number-rows-repeated")
        elif name == "table":
            self.sheets.append(SheetText(attribute(attributes, "name"), self.budget))
            self.number = 0

    def end(self, name: str) -> None:
        """The end of what began."""
        if self.inside:
            if self.depth == self.inside:
                self._keep()
                self.inside = 0
            elif self.wanted and self.depth == self.inside + 1:
                self.wanted = False
                self.pieces.append(" ")
        elif name == "table-row" and self.sheets:
            self._add_row()

    def _keep(self) -> None:
        text = " ".join((self.taken() if self.value is None else self.value).split())
        if text:
            if self.column + self.repeated > COLUMNS:
                raise ValueError(self.repeated)
            self.budget.take(cells=self.repeated - 1, text=len(text) * (self.repeated - 1))
            self.cells.extend("" for _gap in range(self.column - len(self.cells)))
            self.cells.extend([text] * self.repeated)
        self.column += self.repeated

    def _add_row(self) -> None:
        if self.cells:
            if self.number + self.rows_repeated > ROWS:
                raise ValueError(self.rows_repeated)
            self.sheets[-1].add(self.number + 1, self.cells, self.rows_repeated)
            self.cells = []
        self.number += self.rows_repeated


def _times(attributes: Attributes, name: str) -> int:
    """Number of repetitions of a row or a cell; empty ones fill the grid up to its end.

    :raises ValueError: not a number from 1
    """
    times = int(attribute(attributes, name) or 1) if attributes else 1
    if times < 1:
        raise ValueError(times)
    return times


def _value(attributes: Attributes) -> str | None:
    """A date or a number as it is stored; None for what is known by its text."""
    kind = attribute(attributes, "value-type")
    if kind == "date":
        return attribute(attributes, "date-value")
    return attribute(attributes, "value") if kind in _NUMBERS else None
