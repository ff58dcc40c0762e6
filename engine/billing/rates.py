"""The category and the hourly cost of an agent, which change: hours are priced at their own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .model import ZERO

VALUES = ("category", "hourly_cost")


@dataclass(frozen=True)
class Rate:
    """Values in force until a day, included; unknown values are empty or None."""

    until: date
    category: str = ""
    hourly_cost: Decimal = ZERO


def rate_on(history: Sequence[Rate], day: date, now: Rate) -> Rate:
    """Values in force on a day; an unknown value is taken from the next period.

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


def change_rate(history: Sequence[Rate], first: date, former: Rate, now: Rate) -> list[Rate]:
    """History of rates after one value changes from a given day on.

    Later periods of the value that changes are dropped; the other value keeps its own periods,
    past and future.

    :param former: values in force since the last period of the history
    :param now: the same, with what changes

    >>> history = change_rate([], date(2027, 6, 1), Rate(date.max, "B"), Rate(date.max, "A"))
    >>> [(str(rate.until), rate.category) for rate in history]
    [('2027-05-31', 'B')]
    >>> history = [Rate(date(2027, 5, 31), "B", Decimal(30))]
    >>> former, now = (Rate(date.max, "A", Decimal(cost)) for cost in (30, 32))
    >>> history = change_rate(history, date(2027, 3, 1), former, now)
    >>> [(str(rate.until), rate.category, int(rate.hourly_cost)) for rate in history]
    [('2027-02-28', 'B', 30), ('2027-05-31', 'B', 32)]
    """
    steps = _split(_fill([*history, replace(former, until=date.max)]), first)
    for name in VALUES:
        value = getattr(now, name)
        # What was never known is not dated.
        if value != getattr(former, name) and any(getattr(step, name) for step in steps):
            steps = [replace(s, **{name: value}) if s.until >= first else s for s in steps]
    return _merge(steps)[:-1]


def move_rate(history: Sequence[Rate], first: date, now: Rate) -> list[Rate]:
    """The history once the last change is known to hold from another day on.

    >>> moved = move_rate([Rate(date(2027, 3, 31), "B")], date(2027, 3, 1), Rate(date.max, "A"))
    >>> [(str(rate.until), rate.category) for rate in moved]
    [('2027-02-28', 'B')]
    """
    if not history:
        return []
    steps = _fill([*history, replace(now, until=date.max)])
    before, last = steps[-2], steps[-1]
    steps = _split(steps, first)
    for name in VALUES:
        if getattr(before, name) != getattr(last, name):
            steps = [
                replace(step, **{name: getattr(last if step.until >= first else before, name)})
                if step.until >= first or step.until > before.until
                else step
                for step in steps
            ]
    return _merge(steps)[:-1]


def _fill(steps):
    """Fill unknown values of each version from the next one."""
    return [replace(rate_on(steps[:-1], step.until, steps[-1]), until=step.until) for step in steps]


def _split(steps, first):
    """The same values, one of which begins on this day."""
    last = first - timedelta(days=1)
    later = next(step for step in steps if step.until >= last)
    if later.until == last:
        return steps
    at = steps.index(later)
    return [*steps[:at], replace(later, until=last), *steps[at:]]


def _merge(steps):
    """Without those that are followed by the same values."""
    pairs = zip(steps, steps[1:], strict=False)
    kept = [one for one, after in pairs if replace(one, until=after.until) != after]
    return [*kept, steps[-1]]
