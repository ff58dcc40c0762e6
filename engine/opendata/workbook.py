"""Sheets of a workbook (.xlsx of Excel, .ods of LibreOffice) as rows of texts.

Only what a table needs is read: texts, numbers as they are stored, and dates in ISO form, which
a spreadsheet keeps as numbers of days with a format. A file that a colleague opened and saved
again is read as if it had stayed a CSV file.
"""

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta

from .codes import Memo
from .opendocument import opendocument_sheets
from .xml_parts import attribute, local, parsed

Sheet = tuple[str, list[list[str]]]

_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
# Formats of dates that every workbook knows without defining them.
_DATE_FORMATS = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LETTERS = re.compile(r"[A-Z]{1,3}")
_DIGITS = "0123456789"
_COLUMNS = 16_384
_ROWS = 1_048_576
# What makes a workbook that cannot be read; BadZipFile is an Exception of its own.
ERRORS = (
    ET.ParseError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def csv_of_sheets(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    """Name and CSV text of each sheet that holds something; line numbers are those of the sheet.

    :raises: one of `ERRORS` when the workbook is damaged
    """
    names = set(archive.namelist())
    read = opendocument_sheets if "content.xml" in names else _excel_sheets
    result = []
    for name, rows in read(archive):
        if any(any(row) for row in rows):
            text = io.StringIO()
            writer = csv.writer(text, delimiter="\t", lineterminator="\n")
            writer.writerows([[" ".join(cell.split()) for cell in row] for row in rows])
            result.append((name, text.getvalue().encode()))
    return result


def _excel_sheets(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    book = parsed(archive, "xl/workbook.xml")
    targets = {
        attribute(node, "Id"): attribute(node, "Target")
        for node in parsed(archive, "xl/_rels/workbook.xml.rels")
    }
    texts = _shared_texts(archive)
    dates = _date_styles(archive)
    since_1904 = any(
        attribute(node, "date1904") in ("1", "true")
        for node in book.iter()
        if local(node) == "workbookPr"
    )
    for node in book.iter():
        if local(node) == "sheet":
            target = targets[attribute(node, "id")]
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            if "worksheets" in path:
                read = _Sheet(texts, dates, _EPOCHS[since_1904])
                yield attribute(node, "name"), read.rows(archive, path)


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    path = "xl/sharedStrings.xml"
    if path not in archive.namelist():
        return []
    return [_text(node) for node in parsed(archive, path) if local(node) == "si"]


def _text(node: ET.Element) -> str:
    """The text of a cell, whatever its colours; how to pronounce it (Japanese) is no part of it."""
    if local(node) == "t":
        return node.text or ""
    return "".join(_text(child) for child in node if local(child) != "rPh")


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    """Numbers of the styles of cells that show a date."""
    path = "xl/styles.xml"
    if path not in archive.namelist():
        return set()
    styles = parsed(archive, path)
    formats = set(_DATE_FORMATS)
    for node in styles.iter():
        if local(node) == "numFmt":
            shape = _NOT_FORMAT.sub("", attribute(node, "formatCode")).lower()
            if "y" in shape or "d" in shape or "mmm" in shape:
                formats.add(int(attribute(node, "numFmtId")))
    cells = next((node for node in styles if local(node) == "cellXfs"), ())
    return {
        index
        for index, node in enumerate(cells)
        if int(attribute(node, "numFmtId") or 0) in formats
    }


class _Sheet:
    """Reads the cells of one sheet of Excel."""

    def __init__(self, texts: list[str], dates: set[int], epoch: date):
        self.texts, self.dates, self.epoch = texts, dates, epoch
        self.columns = Memo(_column)

    def rows(self, archive: zipfile.ZipFile, path: str) -> list[list[str]]:
        """The rows; an empty one stands for each row that the sheet leaves out."""
        found: list[list[str]] = []
        with archive.open(path) as stream:
            for _event, node in ET.iterparse(stream):  # nosec B314: expat stops entities that explode
                if node.tag.endswith("}row"):
                    number = int(node.get("r") or len(found) + 1)
                    if len(found) < number <= _ROWS:
                        found.extend([] for _gap in range(number - len(found) - 1))
                        found.append(self._row(node))
                    node.clear()
        return found

    def _row(self, row: ET.Element) -> list[str]:
        cells: list[str] = []
        for node in row:
            index = self.columns[node.get("r", "").rstrip(_DIGITS)]
            index = len(cells) if index < 0 else index
            if len(cells) <= index < _COLUMNS:
                cells.extend("" for _gap in range(index - len(cells)))
                cells.append(self._cell(node))
        return cells

    def _cell(self, node: ET.Element) -> str:
        kind = node.get("t", "")
        if kind == "inlineStr":
            return _text(node)
        value = next((child.text or "" for child in node if child.tag.endswith("}v")), "").strip()
        if kind == "e" or not value:
            return ""
        if kind == "s":
            return self.texts[int(value)]
        if kind in ("", "n") and int(node.get("s") or 0) in self.dates:
            days = int(float(value))
            return (self.epoch + timedelta(days=days)).isoformat() if days > 0 else ""
        return value


def _column(letters: str) -> int:
    """Index of a column from its letters: A is 0, AA is 26; -1 when there is none."""
    if not _LETTERS.fullmatch(letters):
        return -1
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
