"""Hours that the agents of the pool could give: what the hours of missions are compared with."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

Half = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Contract:
    """An agent's week: pattern holds (weekday from 0, `am` or `pm`); both ends count."""

    pattern: Collection[tuple[int, str]]
    start: date | None = None
    end: date | None = None
    away: Collection[Half] = ()


def available_hours(
    contract: Contract,
    first: date,
    last: date,
    closed: Collection[date],
    hours: Callable[[str, date], Fraction],
) -> Fraction:
    """Hours of an agent between two days, without public holidays and leaves.

    >>> mondays = Contract({(0, "am")}, end=date(2027, 1, 18))
    >>> available_hours(mondays, date(2027, 1, 4), date(2027, 1, 31), {date(2027, 1, 11)},
    ...                 lambda half, day: Fraction(7, 2))
    Fraction(7, 1)

    :param closed: public holidays
    :param hours: length of a half-day of a day
    """
    start = max(first, contract.start or first)
    end = min(last, contract.end or last)
    away = set(contract.away)
    found = [
        hours(half, day)
        for day in _days(start, end)
        if day not in closed
        for weekday, half in sorted(contract.pattern)
        if weekday == day.weekday() and (day, half) not in away
    ]
    return sum(found, Fraction(0))


def _days(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=rank) for rank in range((end - start).days + 1))
