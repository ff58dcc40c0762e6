"""Sheets of an Excel workbook (.xlsx)."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from .codes import Memo
from .size_limit import Budget
from .workbook import COLUMNS, ROWS, SheetText
from .xml_parts import Attributes, PartReader, attribute

_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
# Formats of dates that every workbook knows without defining them.
_DATE_FORMATS = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LONGEST_FORMAT = 255
_LETTERS = re.compile(r"[A-Z]{1,3}")
_DIGITS = "0123456789"
# What a text costs in memory beside its characters.
_TEXT_COST = 50


def excel_sheets(archive: zipfile.ZipFile, budget: Budget) -> Iterator[SheetText]:
    """The sheets, in the order of the workbook.

    :raises budget.TooMuch: the workbook is made to explode
    :raises: one of `workbook.ERRORS` when the file is damaged
    """
    book, links, texts = _Book(budget), _Links(budget), _SharedTexts(budget)
    styles = _Styles(budget)
    book.walk(archive, "xl/workbook.xml")
    links.walk(archive, "xl/_rels/workbook.xml.rels")
    names = set(archive.namelist())
    for reader, path in ((texts, "xl/sharedStrings.xml"), (styles, "xl/styles.xml")):
        if path in names:
            reader.walk(archive, path)
    for name, link in book.sheets:
        target = links.targets[link]
        path = target[1:] if target.startswith("/") else f"xl/{target}"
        if "worksheets" in path:
            sheet = SheetText(name, budget)
            _Rows(sheet, texts.found, styles.dates(), _EPOCHS[book.since_1904]).walk(archive, path)
            yield sheet


class _Book(PartReader):
    """Name and link of each sheet; whether the days are counted from 1904."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        """A sheet, or the settings of the workbook."""
        if name == "sheet":
            self.sheets.append((attribute(attributes, "name"), attribute(attributes, "id")))
        elif name == "workbookPr" and attribute(attributes, "date1904") in ("1", "true"):
            self.since_1904 = True


class _Links(PartReader):
    """Reader of the paths of the parts."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """A link."""
        if name == "Relationship":
            self.targets[attribute(attributes, "Id")] = attribute(attributes, "Target")


class _Text(PartReader):
    """Reader of texts, without their formatting.

    aside: inside a phonetic guide (Japanese), which is not part of the text.
    """

    aside = 0

    def begin_text(self, name: str) -> None:
        """A piece of a text."""
        if name == "t":
            self.wanted = not self.aside
        elif name == "rPh":
            self.aside += 1

    def end_text(self, name: str) -> None:
        """The end of a piece."""
        if name == "t":
            self.wanted = False
        elif name == "rPh":
            self.aside -= 1


class _SharedTexts(_Text):
    """The texts that cells name by their number."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.found: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """A piece of a text."""
        self.begin_text(name)

    def end(self, name: str) -> None:
        """The end of a text."""
        self.end_text(name)
        if name == "si":
            text = " ".join(self.taken().split())
            self.budget.take(text=len(text) + _TEXT_COST)
            self.found.append(text)


class _Styles(PartReader):
    """The styles of cells that show a date."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.formats = set(_DATE_FORMATS)
        self.cells: list[int] = []
        self.inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        """A format, or a style of cells; no cell bears the number of those that may follow."""
        if name == "numFmt":
            shape = attribute(attributes, "formatCode")[:_LONGEST_FORMAT]
            shape = _NOT_FORMAT.sub("", shape).lower()
            if "y" in shape or "d" in shape or "mmm" in shape:
                self.formats.add(int(attribute(attributes, "numFmtId")))
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.cells.append(int(attribute(attributes, "numFmtId") or 0))

    def dates(self) -> set[int]:
        """The numbers of these styles."""
        return {index for index, format_id in enumerate(self.cells) if format_id in self.formats}


class _Rows(_Text):
    """The rows of one sheet.

    number: of the last row. cells: of the row so far, up to the last one that holds
    something. column: index of the next cell. index, kind, style: of the cell; its index
    is -1 when it is nowhere. inline: it holds a text of its own.
    """

    def __init__(self, sheet: SheetText, texts: list[str], dates: set[int], epoch: date):
        super().__init__(sheet.budget)
        self.sheet, self.texts, self.dates, self.epoch = sheet, texts, dates, epoch
        self.columns = Memo(_column)
        self.number, self.column, self.kind, self.style = 0, 0, "", ""
        self.cells: list[str] | None = None
        self.index, self.inline = -1, False

    def start(self, name: str, attributes: Attributes) -> None:
        """A row, a cell, its value or its text."""
        if name == "c":
            self._place(attributes.get("r", ""))
            self.kind, self.style = attributes.get("t", ""), attributes.get("s", "")
            self.inline = self.kind == "inlineStr" and self.index >= 0
        elif self.inline:
            self.begin_text(name)
        elif name == "v":
            self.wanted = self.index >= 0
        elif name == "row":
            number = int(attributes.get("r") or self.number + 1)
            self.cells = None
            if self.number < number <= ROWS:
                self.number, self.cells, self.column = number, [], 0

    def end(self, name: str) -> None:
        """The end of what began."""
        if name == "c":
            self._keep()
        elif self.inline:
            self.end_text(name)
        elif name == "v":
            self.wanted = False
        elif name == "row" and self.cells:
            self.sheet.add(self.number, self.cells)
            self.cells = None

    def _place(self, reference: str) -> None:
        """Column of a cell; -1 when its reference is invalid, or before the previous one."""
        self.index = -1
        if self.cells is not None:
            index = self.columns[reference.rstrip(_DIGITS)]
            index = self.column if index < 0 else index
            if self.column <= index < COLUMNS:
                self.index, self.column = index, index + 1

    def _keep(self) -> None:
        text = self._value(self.taken()) if self.pieces else ""
        if text and self.cells is not None:
            self.cells.extend("" for _gap in range(self.index - len(self.cells)))
            self.cells.append(text)
        self.index, self.inline = -1, False

    def _value(self, value: str) -> str:
        kind, value = self.kind, " ".join(value.split())
        if kind == "e" or not value:
            return ""
        if kind == "s":
            return self.texts[_number(value)]
        if kind in ("", "n") and int(self.style or 0) in self.dates:
            days = int(float(value))
            return (self.epoch + timedelta(days=days)).isoformat() if days > 0 else ""
        return value


def _number(text: str) -> int:
    """The number of a text.

    :raises ValueError: not a number from 0
    """
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _column(letters: str) -> int:
    """Index of a column from its letters: A is 0, AA is 26; -1 when there is none."""
    if not _LETTERS.fullmatch(letters):
        return -1
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
