"""Counting in working hours: the end of a delay that only runs while the service is open."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from .working_days import LONGEST_SEARCH, WorkingDays

HOUR = timedelta(hours=1)


def add_hours(
    start: datetime, hours: float, working: WorkingDays, spans: Sequence[tuple[float, float]]
) -> datetime:
    """The moment when so many working hours have passed.

    >>> office = [(8.5, 12), (13.5, 17)]
    >>> friday = datetime(2027, 1, 8, 16, 0)
    >>> add_hours(friday, 2, WorkingDays(), office).isoformat()
    '2027-01-11T09:30:00'

    :param start: wall clock of the organisation
    :param hours: working hours, 0 or more
    :param spans: (start, end) of the openings of a day, in hours, in order, without overlap
    :return: wall clock; when the service never opens, the hours are counted on the clock
    """
    left = timedelta(hours=hours)
    for step in range(LONGEST_SEARCH):
        day = start.date() + timedelta(days=step)
        if not working.is_working(day):
            continue
        midnight = datetime.combine(day, time())
        for opens, closes in spans:
            begin = max(start, midnight + opens * HOUR)
            length = midnight + closes * HOUR - begin
            if length <= timedelta(0):
                continue
            if left <= length:
                return begin + left
            left -= length
    return start + timedelta(hours=hours)
