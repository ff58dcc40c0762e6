"""The half-days of one agent while a plan is being made."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from .board import Board
from .hours import Clock, Day, Trouble
from .model import AM, PM, Agent, HalfDay, Request, monday

ONE_DAY = timedelta(days=1)
ROAD = 0.65  # hours of road that a half-day may add


class Diary:
    """What an agent does, and whether something more fits."""

    def __init__(self, agent: Agent, board: Board):
        self.agent = agent
        self.clock = Clock(board.problem.limits, board.distance)
        self.entries: dict[HalfDay, Request] = {}
        limits = board.problem.limits
        half = (_span(limits.morning) + _span(limits.afternoon)) / 2
        # The rules of the week are looked at only if this agent's days can break them.
        self._long = len(agent.pattern) * (half + ROAD) > limits.average_hours
        self._long |= len({weekday for weekday, _half in agent.pattern}) > limits.week_days
        self._heavy = self._evenings = False

    def add(self, slot: HalfDay, request: Request):
        """Write a half-day down."""
        self.entries[slot] = request
        self._evenings = self._evenings or bool(request.evenings)
        if self._long or self._evenings:
            week = monday(slot.date)
            minutes = sum(day.minutes for day in self.days([week]).values())
            self._heavy = self._heavy or minutes > self.clock.limits.average_hours * 60

    def halves(self, day: date) -> dict[str, Request]:
        """half -> request of a day."""
        found = ((half, self.entries.get(HalfDay(day, half))) for half in (AM, PM))
        return {half: request for half, request in found if request}

    def fits(self, slot: HalfDay, request: Request) -> bool:
        """Whether one more half-day breaks no rule."""
        if slot in self.entries:
            return False
        other = self.entries.get(HalfDay(slot.date, PM if slot.half == AM else AM))
        late = self._evenings or bool(request.evenings)
        if not (self._long or late) and (other is None or other is request):
            return True
        before, self._evenings = self._evenings, late
        self.entries[slot] = request
        try:
            return not self.troubles([slot.date])
        finally:
            del self.entries[slot]
            self._evenings = before

    def troubles(self, dates: Iterable[date]) -> list[Trouble]:
        """Rules that the days, and what stands around them, break."""
        dates = set(dates)
        around = dates | {day + ONE_DAY for day in dates} if self._evenings else dates
        found = [t for day in sorted(around) for t in getattr(self.day(day), "troubles", ())]
        if not (self._long or self._evenings):
            return found
        weeks = {monday(day) for day in dates}
        days = self.days(weeks)
        for week in sorted(weeks):
            found += self.clock.week_troubles(days, week)
        minutes = max((self._minutes(days, week) for week in weeks), default=0)
        if self._heavy or minutes > self.clock.limits.average_hours * 60:
            found += self._average(weeks)
        return found

    @staticmethod
    def _minutes(days: dict[date, Day], week: date) -> float:
        return sum(day.minutes for first, day in days.items() if monday(first) == week)

    def day(self, day: date) -> Day | None:
        """The day of the agent, None when it is free."""
        halves = self.halves(day)
        if not halves:
            return None
        before = self.halves(day - ONE_DAY) if self._evenings else None
        end = self.clock.spans(day - ONE_DAY, before)[-1][1] if before else None
        return self.clock.day(day, halves, end)

    def days(self, mondays: Iterable[date]) -> dict[date, Day]:
        """The days at work of some weeks."""
        dates = (first + timedelta(days=n) for first in mondays for n in range(7))
        found = ((day, self.day(day)) for day in dates)
        return {day: one for day, one in found if one}

    def _average(self, weeks: set[date]) -> list[Trouble]:
        count = self.clock.limits.average_weeks
        span = {week + timedelta(weeks=n) for week in weeks for n in range(1 - count, count)}
        minutes: dict[date, float] = defaultdict(float)
        for day, one in self.days(span).items():
            minutes[monday(day)] += one.minutes
        firsts = {week - timedelta(weeks=n) for week in weeks for n in range(count)}
        return self.clock.average_troubles(minutes, firsts)


def _span(hours) -> float:
    begin, end = hours
    return end.hour - begin.hour + (end.minute - begin.minute) / 60
