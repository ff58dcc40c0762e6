"""A yearly calendar of sessions: a usual day of the week, off holidays and other sessions."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One day of the calendar.

    avoided: (day, reason) of the days that were tried before it
    """

    day: date | None
    avoided: tuple[tuple[date, str], ...] = ()


def propose(
    start: date,
    end: date,
    count: int,
    weekday: int,
    why_not: Callable[[date], str],
    taken: Collection[date] = (),
) -> list[Proposal]:
    """Days spread over a period, each on the usual day of the week.

    The period is cut into `count` equal parts. In each, the usual day nearest to the middle is
    tried first, then the next ones by turns after and before it.

    :param weekday: 0 (Monday) to 6
    :param why_not: the reason not to meet on a day, empty when there is none
    :param taken: days on which another session is already planned
    """
    length = (end - start) / count
    found, used = [], set(taken)
    for part in range(count):
        first = start + length * part
        last = start + length * (part + 1) - timedelta(days=1)
        found.append(_choose(_candidates(first, last, weekday), why_not, used))
    return found


def _candidates(first: date, last: date, weekday: int) -> Iterable[date]:
    """Usual days of a part of the period, from its middle outwards."""
    middle = first + (last - first) / 2
    day = middle + timedelta(days=(weekday - middle.weekday() + 3) % 7 - 3)
    for step in range(60):
        distance = WEEK * ((step + 1) // 2)
        candidate = day + (distance if step % 2 else -distance)
        if first <= candidate <= last:
            yield candidate


def _choose(days: Iterable[date], why_not: Callable[[date], str], used: set[date]) -> Proposal:
    avoided = []
    for day in days:
        reason = "taken" if day in used else why_not(day)
        if not reason:
            return Proposal(day, tuple(avoided))
        avoided.append((day, reason))
    return Proposal(None, tuple(avoided))
