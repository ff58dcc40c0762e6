"""Sheets of self-adhesive labels: sizes as sold in France, and where each label falls.

All measures are in millimetres from the top left corner of an A4 sheet (210 × 297).
"""

from collections.abc import Sequence
from dataclasses import dataclass

A4_WIDTH, A4_HEIGHT = 210, 297
POINTS_PER_MM = 72 / 25.4
# Mean width of a character, in parts of the size of the font, of the font of the documents.
CAPITAL_WIDTH, SMALL_WIDTH = 0.60, 0.50
LARGEST_FONT, SMALLEST_FONT, LINE_HEIGHT = 10.5, 6.5, 1.2
# A line too long at this size is narrowed: the label stays as large as its neighbours.
NARROWED_FONT = 9


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """A sheet of labels: how many across and down, and their size."""

    code: str
    columns: int
    rows: int
    width: float
    height: float
    gap_x: float = 0
    gap_y: float = 0
    padding: float = 4

    @property
    def count(self) -> int:
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """Margin on the left: the labels are centred on the sheet."""
        return (A4_WIDTH - self.columns * self.width - (self.columns - 1) * self.gap_x) / 2

    @property
    def top(self) -> float:
        return (A4_HEIGHT - self.rows * self.height - (self.rows - 1) * self.gap_y) / 2

    def place(self, position: int) -> tuple[float, float]:
        """Top left corner of a label, numbered from 0, along the lines."""
        row, column = divmod(position, self.columns)
        return (
            round(self.left + column * (self.width + self.gap_x), 2),
            round(self.top + row * (self.height + self.gap_y), 2),
        )


FORMATS = {
    label.code: label
    for label in (
        LabelFormat("3x8", columns=3, rows=8, width=70, height=37, padding=5),
        LabelFormat("2x8", columns=2, rows=8, width=99.1, height=33.9, gap_x=2.5),
        LabelFormat("3x7", columns=3, rows=7, width=63.5, height=38.1, gap_x=2.5),
    )
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label on its sheet: its corner, its lines, how much each is narrowed (1: not at all) and
    the size of its font in points."""

    x: float
    y: float
    lines: tuple[str, ...]
    narrowed: tuple[float, ...]
    font_size: float


def _across(line: str, label: LabelFormat) -> float:
    """The size at which a line fills the width of a label, in points."""
    width = sum(CAPITAL_WIDTH if char.isupper() or char.isdigit() else SMALL_WIDTH for char in line)
    return (label.width - 2 * label.padding) * POINTS_PER_MM / (width or 1)


def font_size(lines: Sequence[str], label: LabelFormat) -> float:
    """The largest size, in half points, at which the lines fit in a label; a line too long for
    `NARROWED_FONT` is narrowed rather than set smaller."""
    across = min((_across(line, label) for line in lines), default=LARGEST_FONT)
    down = (label.height - 6) * POINTS_PER_MM / (LINE_HEIGHT * max(1, len(lines)))
    size = min(LARGEST_FONT, max(across, NARROWED_FONT), down)
    return max(SMALLEST_FONT, int(size * 2) / 2)


def sheets(
    addresses: Sequence[Sequence[str]], label: LabelFormat, start: int = 1
) -> list[list[Label]]:
    """Labels, sheet by sheet.

    >>> three_across = FORMATS["3x8"]
    >>> first, second = sheets([["METZ"]] * 25, three_across)
    >>> len(first), len(second), (first[1].x, first[1].y)
    (24, 1, (70.0, 0.5))

    :param start: position of the first label on the first sheet, 1 for the first one: a sheet
        that was begun can be finished
    :raises ValueError: when there is no such position
    """
    if not 1 <= start <= label.count:
        raise ValueError(start)
    pages: list[list[Label]] = []
    for index, lines in enumerate(addresses, start=start - 1):
        sheet, position = divmod(index, label.count)
        if sheet >= len(pages):
            pages.append([])
        x, y = label.place(position)
        size = font_size(lines, label)
        narrowed = tuple(min(1.0, round(_across(line, label) / size, 3)) for line in lines)
        pages[sheet].append(Label(x, y, tuple(lines), narrowed, size))
    return pages
