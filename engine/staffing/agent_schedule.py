"""The half-days of one agent while a plan is being made."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from .eligibility import Board
from .hours import Clock, Day, Trouble, edge_days, weeks_around
from .limits import Limits, minute
from .model import AM, PM, Agent, HalfDay, Request, monday

ONE_DAY = timedelta(days=1)
ROAD = 0.65  # hours of road that a half-day may add


class Diary:
    """Schedule of an agent, and whether another half-day fits."""

    def __init__(self, agent: Agent, board: Board):
        self.agent = agent
        self.clock = Clock(board.problem.limits, board.distance)
        self.entries: dict[HalfDay, Request] = {}
        periods = board.problem.limits.periods
        # The rules of the day and of the week are looked at only if usual days can break them.
        self._long = any(_can_exceed(agent, one) for one in periods)
        self._evenings = any(is_rest_short(one) for one in periods)
        self._heavy = False

    def add(self, slot: HalfDay, request: Request):
        """Write a half-day down."""
        self.entries[slot] = request
        self._evenings = self._evenings or bool(request.evenings)
        if self._long or self._evenings:
            week = monday(slot.date)
            minutes = sum(day.minutes for day in self.days([week]).values())
            self._heavy = self._heavy or self._is_heavy(week, minutes)

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
        """Rules that the days break, given the work around them."""
        dates = set(dates)
        around = dates | {day + ONE_DAY for day in dates} if self._evenings else dates
        found = [t for day in sorted(around) for t in getattr(self.day(day), "troubles", ())]
        if not (self._long or self._evenings):
            return found
        limits, weeks = self.clock.limits, {monday(day) for day in dates}
        judged = weeks_around(limits, dates)
        days = self.days(judged, max(map(edge_days, limits.periods)))
        for week in sorted(judged):
            find = self.clock.week_troubles if week in weeks else self.clock.rest_troubles
            found += find(days, week)
        if self._heavy or any(self._is_heavy(week, self._minutes(days, week)) for week in weeks):
            found += self._average(weeks)
        return found

    def _is_heavy(self, week: date, minutes: float) -> bool:
        """Whether a week holds more than the average that is allowed."""
        return minutes > self.clock.limits.on(week).average_hours * 60

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

    def days(self, mondays: Iterable[date], edge: int = 0) -> dict[date, Day]:
        """The days at work of some weeks, and of some days on both sides."""
        dates = {first + timedelta(days=n) for first in mondays for n in range(-edge, 7 + edge)}
        found = ((day, self.day(day)) for day in sorted(dates))
        return {day: one for day, one in found if one}

    def _average(self, weeks: set[date]) -> list[Trouble]:
        count = self.clock.limits.longest_average
        span = {week + timedelta(weeks=n) for week in weeks for n in range(1 - count, count)}
        minutes: dict[date, float] = defaultdict(float)
        for day, one in self.days(span).items():
            minutes[monday(day)] += one.minutes
        firsts = {week - timedelta(weeks=n) for week in weeks for n in range(count)}
        return self.clock.average_troubles(minutes, firsts)


def _can_exceed(agent: Agent, limits: Limits) -> bool:
    """Whether the usual days of an agent, roads added, can break a rule of a day or a week."""
    morning, afternoon = limits.minutes(AM) / 60, limits.minutes(PM) / 60
    week = len(agent.pattern) * ((morning + afternoon) / 2 + ROAD)
    day = (minute(limits.afternoon[1]) - minute(limits.morning[0])) / 60
    return (
        week > min(limits.average_hours, limits.week_hours)
        or morning + afternoon > limits.day_hours
        or day > limits.amplitude_hours
        or _longest_run(limits) >= limits.break_after_hours
        or _least_rest(agent.pattern, limits) < limits.weekly_rest_hours
    )


def _longest_run(limits: Limits) -> float:
    """Hours of usual work without the break that the rules want."""
    if minute(limits.afternoon[0]) - minute(limits.morning[1]) < limits.break_minutes:
        return (minute(limits.afternoon[1]) - minute(limits.morning[0])) / 60
    return max(limits.minutes(AM), limits.minutes(PM)) / 60


def is_rest_short(limits: Limits) -> bool:
    """Whether the night between two usual days is shorter than the rest."""
    night = 24 * 60 - minute(limits.afternoon[1]) + minute(limits.morning[0])
    return night < limits.rest_hours * 60


def _least_rest(pattern: Iterable[tuple[int, str]], limits: Limits) -> float:
    """Hours of the longest rest in a week of which all the half-days are worked."""
    ends, starts = [minute(limits.afternoon[1]) - 24 * 60], []
    for weekday, half in sorted(pattern):
        begin, end = limits.morning if half == AM else limits.afternoon
        starts.append(weekday * 24 * 60 + minute(begin))
        ends.append(weekday * 24 * 60 + minute(end))
    starts.append(7 * 24 * 60 + minute(limits.morning[0]))
    return max(start - end for end, start in zip(ends, starts, strict=True)) / 60
