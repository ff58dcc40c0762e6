"""Counting in working days."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

FIVE_DAYS = frozenset(range(5))
ONE_DAY = timedelta(days=1)
# A service that never opens would make a promise that never comes.
LONGEST_SEARCH = 3660


@dataclass(frozen=True)
class WorkingDays:
    """The days on which a service works.

    weekdays: 0 (Monday) to 6; an empty set is read as Monday to Friday.
    closed: days off, public holidays and closures.
    holidays: gives the public holidays of a year, asked for once a year is reached.
    """

    weekdays: frozenset[int] = FIVE_DAYS
    closed: Collection[date] = ()
    holidays: Callable[[int], Collection[date]] | None = None
    _years: dict = field(default_factory=dict, repr=False, compare=False)

    def is_working(self, day: date) -> bool:
        """Whether the service works on that day."""
        if day.weekday() not in (self.weekdays or FIVE_DAYS) or day in self.closed:
            return False
        if self.holidays is None:
            return True
        if day.year not in self._years:
            self._years[day.year] = frozenset(self.holidays(day.year))
        return day not in self._years[day.year]

    def add(self, start: date, days: int) -> date:
        """The end of a delay: the day of the start does not count, the last day does.

        :param days: working days, 0 or more; 0 gives the start when it is a working day, the
            next working day otherwise
        :return: always a working day, unless the service never works
        """
        day, left = start, days
        for _step in range(LONGEST_SEARCH):
            if left <= 0 and self.is_working(day):
                return day
            day += ONE_DAY
            left -= self.is_working(day)
        return start + timedelta(days=days)

    def subtract(self, end: date, days: int) -> date:
        """The working day that comes `days` working days before `end`."""
        day, left = end, days
        for _step in range(LONGEST_SEARCH):
            if left <= 0:
                return day
            day -= ONE_DAY
            left -= self.is_working(day)
        return end - timedelta(days=days)

    def count(self, after: date, until: date) -> int:
        """Working days after a day, up to and including another; 0 when none is between."""
        days = (until - after).days
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, days + 1))
