"""Sheets of a workbook (.xlsx of Excel, .ods of LibreOffice) as CSV texts.

Only what a table needs is read: texts, numbers as they are stored, and dates in ISO form, which
a spreadsheet keeps as numbers of days with a format. A file that a colleague opened and saved
again is read as if it had stayed a CSV file. The rows are written as they are met: empty rows and
columns declared up to the end of the grid cost nothing.
"""

import csv
import io
import zipfile
import zlib
from xml.parsers import expat

from .size_limit import Budget

# The grid of a spreadsheet.
COLUMNS = 16_384
ROWS = 1_048_576
# Empty rows that cost as much as a cell: a word at the end of the grid is not a bomb.
_GAPS = 4
# What makes a workbook that cannot be read; BadZipFile is an Exception of its own.
ERRORS = (
    expat.ExpatError,
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


class SheetText:
    """The CSV text of a sheet; line numbers match the sheet."""

    def __init__(self, name: str, budget: Budget):
        self.name, self.budget = name, budget
        self.height = 0
        self.times = 1
        self.content = io.BytesIO()
        self.writer = csv.writer(self, delimiter="\t", lineterminator="\n")

    def add(self, number: int, cells: list[str], times: int = 1) -> None:
        """Write a row that holds something.

        :param number: of the row, from 1
        :param times: how many rows in succession are the same
        :raises budget.TooMuch: the sheet is made to explode
        """
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        gap = number - 1 - self.height
        size = sum(map(len, cells)) + len(cells)
        repeated = (times - 1) * len(cells)
        self.budget.take(cells=gap // _GAPS + repeated, text=gap + size * times)
        self.content.write(b"\n" * gap)
        self.times = times
        self.writer.writerow(cells)
        self.height = number - 1 + times

    def write(self, line: str) -> None:  # pylint: disable=method-required-super
        """Receive a row from the writer of CSV."""
        self.content.write(line.encode() * self.times)


def csv_of_sheets(archive: zipfile.ZipFile, budget: Budget) -> list[tuple[str, bytes]]:
    """Name and CSV text of each sheet that holds something.

    :raises budget.TooMuch: the workbook is made to explode
    :raises: one of `ERRORS` when it is damaged
    """
    from .excel import excel_sheets
    from .opendocument import opendocument_sheets

    names = set(archive.namelist())
    read = opendocument_sheets if "content.xml" in names else excel_sheets
    return [
        (sheet.name, sheet.content.getvalue()) for sheet in read(archive, budget) if sheet.height
    ]
