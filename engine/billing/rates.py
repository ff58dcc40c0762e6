"""The category and the hourly cost of an agent, which change: hours are priced at their own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .model import ZERO


@dataclass(frozen=True)
class Rate:
    """What held until a day, included; what was not known then is empty, or nothing."""

    until: date
    category: str = ""
    hourly_cost: Decimal = ZERO


def rate_on(history: Sequence[Rate], day: date, now: Rate) -> Rate:
    """What held on a day; what was not known then is taken from what came after it.

    :param history: in order of time
    :param now: what holds since the last of them

    >>> past, now = Rate(date(2027, 3, 31), "A"), Rate(date.max, "B", Decimal(30))
    >>> found = rate_on([past], date(2027, 3, 31), now)
    >>> found.category, found.hourly_cost
    ('A', Decimal('30'))
    >>> rate_on([past], date(2027, 4, 1), now).category
    'B'
    """
    later = [*(rate for rate in history if rate.until >= day), now]
    return Rate(
        later[0].until,
        next((rate.category for rate in later if rate.category), ""),
        next((rate.hourly_cost for rate in later if rate.hourly_cost), ZERO),
    )


def change_rate(history: Sequence[Rate], first: date, former: Rate) -> list[Rate]:
    """The history once something else holds from a day on: whatever it said of later days goes.

    :param former: what held until now since the last of the history

    >>> former = Rate(date.max, "B")
    >>> history = change_rate([], date(2027, 4, 1), former)
    >>> [(str(rate.until), rate.category) for rate in history]
    [('2027-03-31', 'B')]
    >>> change_rate(history, date(2027, 3, 1), Rate(date.max, "A"))[0].until
    datetime.date(2027, 2, 28)
    """
    last = first - timedelta(days=1)
    kept = [rate for rate in history if rate.until < last]
    held = next((rate for rate in history if rate.until >= last), former)
    return [*kept, replace(held, until=last)]


def move_rate(history: Sequence[Rate], first: date) -> list[Rate]:
    """The history once the last change is known to hold from another day on.

    >>> moved = move_rate([Rate(date(2027, 3, 31), "B")], date(2027, 3, 1))
    >>> [(str(rate.until), rate.category) for rate in moved]
    [('2027-02-28', 'B')]
    """
    last = first - timedelta(days=1)
    kept = [rate for rate in history[:-1] if rate.until < last]
    return [*kept, *(replace(rate, until=last) for rate in history[-1:])]
