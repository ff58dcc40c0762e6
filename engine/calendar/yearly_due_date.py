"""The day of the year on which something is due again."""

from calendar import monthrange
from datetime import date


def next_on(month: int, day: int, after: date) -> date:
    """The first such day of the year strictly after a day; 29 to 31 is the last day of a shorter
    month.

    >>> next_on(9, 30, date(2026, 9, 30))
    datetime.date(2027, 9, 30)

    :param month: 1 to 12
    :param day: 1 to 31
    """
    found = _on(after.year, month, day)
    return found if found > after else _on(after.year + 1, month, day)


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
