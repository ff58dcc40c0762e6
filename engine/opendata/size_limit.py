"""Limits of the work that a file may cost, in proportion to its size.

They stop decompression bombs. A real file takes some ten times more room unpacked than packed; a
bomb takes a thousand times more. The reference is the largest file to read, the municipal
councillors of France (511,225 lines, 65 MB of CSV): 30 MB as .xlsx, 22 MB as .ods. Small files
have a floor, for a short table that repeats the same value on every line.
"""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024
# Bytes of XML: the national file has 9 for each byte of its .xlsx, 41 for each of its .ods.
XML_FLOOR, XML_RATIO = 16 * _MEGABYTE, 100
# Elements, cells declared as repeated, without empty rows: 0.8 for each byte of the .ods.
CELLS_FLOOR, CELLS_RATIO = 400_000, 2
# Characters kept in memory: 4 for each byte of the .ods.
TEXT_FLOOR, TEXT_RATIO = 8 * _MEGABYTE, 8
# Bytes and lines of a CSV file that was compressed: 7 bytes and 0.04 line for each byte.
CSV_FLOOR, CSV_RATIO = 8 * _MEGABYTE, 30
LINES_FLOOR, LINES_RATIO = 200_000, 0.5


class TooMuch(Exception):
    """A file unpacks to much more than its size lets expect."""


@dataclass(slots=True)
class Budget:
    """Remaining budget of the reading of one workbook, over all its sheets.

    xml: bytes to unpack. cells: elements and repetitions. text: characters to keep.
    """

    xml: int
    cells: int
    text: int

    @classmethod
    def of(cls, size: int) -> "Budget":
        """The budget of a file of `size` bytes."""
        return cls(
            XML_FLOOR + XML_RATIO * size,
            CELLS_FLOOR + CELLS_RATIO * size,
            TEXT_FLOOR + TEXT_RATIO * size,
        )

    def take(self, xml: int = 0, cells: int = 0, text: int = 0) -> None:
        """Pay for some work before it is done.

        :raises TooMuch: nothing is left
        """
        self.xml -= xml
        self.cells -= cells
        self.text -= text
        if self.xml < 0 or self.cells < 0 or self.text < 0:
            raise TooMuch
