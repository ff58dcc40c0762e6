"""Days of the week on which a commune asks, and the half-days of a period that they make."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from .model import AM, PM, HalfDay

WORKING_WEEK = frozenset((day, half) for day in range(5) for half in (AM, PM))


@dataclass(frozen=True)
class Pattern:
    """weekly: pairs (weekday from 0 for Monday, half). dated: half-days named one by one."""

    weekly: frozenset = frozenset()
    dated: frozenset[HalfDay] = field(default=frozenset())

    def __bool__(self) -> bool:
        return bool(self.weekly or self.dated)

    def halves(self, weekday: int) -> tuple[str, ...]:
        """Halves worked on a weekday."""
        return tuple(half for half in (AM, PM) if (weekday, half) in self.weekly)


def half_days(
    pattern: Pattern,
    start: date,
    end: date,
    closed: Callable[[int], Collection[date]] | None = None,
    dates: Iterable[HalfDay] | None = None,
) -> tuple[HalfDay, ...]:
    """The half-days of a period, public holidays left out.

    >>> mondays = Pattern(frozenset({(0, AM)}))
    >>> start, end, closed = date(2027, 1, 4), date(2027, 1, 17), {date(2027, 1, 11)}
    >>> found = half_days(mondays, start, end, lambda year: closed)
    >>> [slot.date.day for slot in found]
    [4]

    :param end: last day
    :param closed: public holidays of a year
    :param dates: half-days named one by one, instead of the days of the week
    """
    if dates is None and not pattern.weekly:
        dates = pattern.dated
    if dates is None:
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        found = {HalfDay(day, half) for day in days for half in pattern.halves(day.weekday())}
        found |= pattern.dated
    else:
        found = set(dates) | pattern.dated
    years = {slot.date.year for slot in found}
    off = {day for year in years for day in closed(year)} if closed else set()
    return tuple(sorted(s for s in found if start <= s.date <= end and s.date not in off))
