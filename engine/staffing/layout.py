"""Layout of a planning line, for screens and documents: half-days side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .model import AM, PM, HalfDay, monday

WORKED_DAYS = 6  # of a week: nobody is sent on a Sunday


@dataclass(frozen=True)
class Cell:
    """Run of columns with the same content.

    kind: empty for a free half-day, `off` for one that is not worked, `absent`, or `slot`.
    keys: content of the run, one for each half-day.
    """

    kind: str
    first: int
    span: int = 1
    keys: tuple = ()


def columns(start: date, weeks: int) -> tuple[HalfDay, ...]:
    """Mornings and afternoons from Monday to Saturday.

    >>> found = columns(date(2026, 11, 26), 2)
    >>> len(found), str(found[0].date), found[-1].half, str(found[-1].date)
    (24, '2026-11-23', 'pm', '2026-12-05')

    :param start: any day of the first week
    """
    days = (
        monday(start) + timedelta(weeks=week, days=number)
        for week in range(weeks)
        for number in range(WORKED_DAYS)
    )
    return tuple(HalfDay(day, half) for day in days for half in (AM, PM))


def lay_out(
    shown: Sequence[HalfDay],
    held: Mapping[HalfDay, object],
    rest: Callable[[HalfDay], str] = lambda slot: "",
    same: Callable[[object, object], bool] | None = None,
) -> tuple[Cell, ...]:
    """The cells of a line, which fill the columns exactly.

    >>> shown = columns(date(2026, 11, 23), 1)[:4]
    >>> [(c.kind, c.span, c.keys) for c in lay_out(shown, {shown[1]: "A", shown[2]: "B"})]
    [('', 1, ()), ('slot', 1, ('A',)), ('slot', 1, ('B',)), ('', 1, ())]
    >>> joined = lay_out(shown, {shown[1]: "A", shown[2]: "B"}, same=lambda a, b: True)
    >>> [(cell.kind, cell.first, cell.span) for cell in joined]
    [('', 0, 1), ('slot', 1, 2), ('', 3, 1)]

    :param held: half-day -> what it holds
    :param rest: what a half-day that holds nothing is
    :param same: whether two neighbours of a week are one block; None: each half-day alone. What
        holds nothing is joined within a day.
    """
    cells: list[Cell] = []
    for number, slot in enumerate(shown):
        if slot in held:
            cell = Cell("slot", number, 1, (held[slot],))
        else:
            cell = Cell(rest(slot), number)
        last = cells[-1] if cells else None
        if last and _joins(last, cell, shown, same):
            cells[-1] = Cell(last.kind, last.first, last.span + 1, last.keys + cell.keys)
        else:
            cells.append(cell)
    return tuple(cells)


def _joins(last: Cell, cell: Cell, shown: Sequence[HalfDay], same) -> bool:
    before, day = shown[cell.first - 1].date, shown[cell.first].date
    if last.kind != cell.kind:
        return False
    if cell.kind != "slot":
        return before == day
    return bool(same and same(last.keys[-1], cell.keys[0]) and monday(before) == monday(day))
