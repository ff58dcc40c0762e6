"""Half-days of a period: the unit in which a replacement is asked for, done and billed."""

from collections.abc import Collection
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
LONGEST_PERIOD = 3660  # days; beyond, a date was mistyped


def half_days(
    week: Collection[tuple[int, str]], start: date, end: date, off: Collection[date] = ()
) -> list[tuple[date, str]]:
    """Half-days of a weekly pattern, without the days off, in order.

    :param week: (weekday from 0 for Monday, `am` or `pm`)
    :param start, end: both included
    """
    count = min((end - start).days + 1, LONGEST_PERIOD)
    days = (start + ONE_DAY * number for number in range(count))
    return [
        (day, half)
        for day in days
        if day not in off
        for half in ("am", "pm")
        if (day.weekday(), half) in week
    ]
