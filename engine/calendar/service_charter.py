"""Service charter: promised date of the next answer to a request.

Rules of the organisation, not law: no statute sets a delay of reply to a commune.
- a delay counts working days; the day of arrival does not count, the last day does;
- the date moves back by the working days during which the service waited for the commune, and by
  those during which the request was closed before the commune reopened it;
- a reopened request is answered within the delay of a first answer, counted from the reopening,
  when less than that was left;
- a cancelled request has no promised date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Milestone:
    """A promise: `days` working days, and the day on which it was kept, if it was."""

    days: int
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A period that the service is not accountable for; `end` is None while it lasts."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """State of a promise on a day.

    state: `accomplished` (kept in time), `expired` (kept late, or the day has passed),
    `in_progress`, `on_hold` (a pause is running), `excluded` (nothing is promised).
    """

    deadline: date | None
    state: str


def clock(
    milestone: Milestone,
    start: date,
    working: WorkingDays,
    *,
    today: date,
    pauses: Sequence[Pause] = (),
    reopened: date | None = None,
    reopening_days: int = 0,
    excluded: bool = False,
) -> Reached:
    """Deadline and state of one promise.

    >>> within_two_days = Milestone(2)
    >>> friday, monday = date(2027, 1, 8), date(2027, 1, 11)
    >>> found = clock(within_two_days, friday, WorkingDays(), today=monday)
    >>> found.deadline.isoformat(), found.state
    ('2027-01-12', 'in_progress')

    :param start: day of arrival of the request
    :param pauses: never overlapping; those after `milestone.reached` do not count
    :param reopened: last day on which the commune reopened the request, for the final answer
    :param reopening_days: least delay, in working days, left from a reopening
    """
    if excluded:
        return Reached(None, "excluded")
    extra = sum(_pushed(pause, working, today, milestone.reached) for pause in pauses)
    deadline = working.add(start, milestone.days + extra)
    if reopened:
        deadline = max(deadline, working.add(reopened, reopening_days))
    if milestone.reached:
        return Reached(deadline, "accomplished" if milestone.reached <= deadline else "expired")
    if any(pause.end is None for pause in pauses):
        return Reached(deadline, "on_hold")
    return Reached(deadline, "expired" if deadline < today else "in_progress")


def _pushed(pause: Pause, working: WorkingDays, today: date, reached: date | None) -> int:
    end = pause.end or today
    if reached:
        end = min(end, reached)
    return working.count(pause.start, end)
