"""Hours that one agent has worked, in one commune or several: the rules that they break.

A break within a half-day is not judged: nobody writes it down."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from .hours import Clock, Day, Trouble, clock, duration, weeks_around
from .limits import Limits
from .messages import message
from .model import monday

WEEK_RULES = frozenset({"week_hours", "weekly_rest", "average_hours"})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stretch:
    """Work without interruption in one place; `key` is the caller's."""

    begin: datetime
    end: datetime
    place: str
    key: object = field(default=None, compare=False)

    @property
    def day(self) -> date:
        """The day that it begins."""
        return self.begin.date()

    @property
    def minutes(self) -> float:
        """How long it is."""
        return (self.end - self.begin).total_seconds() / 60

    @property
    def text(self) -> str:
        """« Aubrive de 8 h 30 à 12 h »."""
        return message("stretch", place=self.place, begin=clock(self.begin), end=clock(self.end))

    def holds(self, other: "Stretch") -> bool:
        """Whether the other one is a part of it: less work cannot break a rule."""
        return self.begin <= other.begin and other.end <= self.end


def find_overlaps(stretches: Iterable[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Pairs of stretches at the same time, in order.

    >>> at = lambda hour: datetime(2027, 1, 11, hour)
    >>> morning = Stretch(at(8), at(12), "Aubrive")
    >>> [second.place for _, second in find_overlaps([morning, Stretch(at(11), at(14), "Brault")])]
    ['Brault']
    >>> find_overlaps([morning, Stretch(at(12), at(14), "Brault")])
    []
    """
    found, running = [], []
    for one in sorted(stretches):
        running = [before for before in running if before.end > one.begin]
        found += [(before, one) for before in running]
        running.append(one)
    return found


def find_troubles(
    stretches: Iterable[Stretch], limits: Limits, keys: Collection[object]
) -> list[Trouble]:
    """Rules that the stretches of some keys break, given all that the agent worked around them.

    Two places at once are reported alone: limits cannot be checked on wrong hours.

    >>> at = lambda hour: datetime(2027, 1, 11, hour)
    >>> worked = [Stretch(at(8), at(13), "Aubrive", 1), Stretch(at(14), at(20), "Brault", 2)]
    >>> [trouble.rule for trouble in find_troubles(worked, Limits(), {2})]
    ['day_hours']
    """
    known = sorted(stretches)
    overlaps = [pair for pair in find_overlaps(known) if pair[0].key in keys or pair[1].key in keys]
    if overlaps:
        return [
            Trouble("overlap", first.day, message("both", first=first.text, second=second.text))
            for first, second in overlaps
        ]
    return _Worked(known, limits).find({one.day for one in known if one.key in keys})


class _Worked:
    """The days of one agent, as they were worked."""

    def __init__(self, stretches: list[Stretch], limits: Limits):
        self.clock, self.limits = Clock(limits, lambda *_places: None), limits
        self.by_day: dict[date, list[Stretch]] = defaultdict(list)
        for one in stretches:
            self.by_day[one.day].append(one)
        self.days = {
            day: Day(day, ones[0].begin, max(one.end for one in ones), sum(o.minutes for o in ones))
            for day, ones in self.by_day.items()
        }

    def find(self, dates: set[date]) -> list[Trouble]:
        found = []
        for day in sorted(dates | {day + ONE_DAY for day in dates}):
            if day in self.days:
                found += self._find_rest(day)
                found += self._find_day(day) if day in dates else []
        mondays = sorted({monday(day) for day in dates})
        for first in sorted(weeks_around(self.limits, dates)):
            find = self.clock.week_troubles if first in mondays else self.clock.rest_troubles
            found += [self._with_places(one, first) for one in find(self.days, first)]
        return found + self._find_average(mondays)

    def _find_day(self, day: date) -> list[Trouble]:
        """Hours and stretch of a day."""
        one, limits, found = self.days[day], self.limits.on(day), []
        if one.minutes > limits.day_hours * 60 + 1e-6:
            found.append(self.clock.over("day_hours", day, one.minutes, limits.day_hours))
        stretch = (one.end - one.start).total_seconds() / 60
        if stretch > limits.amplitude_hours * 60 + 1e-6:
            text = message(
                "day_amplitude",
                value=duration(stretch),
                wanted=duration(limits.amplitude_hours * 60),
            )
            found.append(Trouble("amplitude", day, text))
        return [self._with_texts(trouble, self.by_day[day]) for trouble in found]

    def _find_rest(self, day: date) -> list[Trouble]:
        """Rest since the day before, when it was worked."""
        before, one, limits = self.days.get(day - ONE_DAY), self.days[day], self.limits.on(day)
        if not before or one.start - before.end >= timedelta(hours=limits.rest_hours):
            return []
        text = message(
            "day_rest",
            value=duration((one.start - before.end).total_seconds() / 60),
            wanted=duration(limits.rest_hours * 60),
        )
        last = max(self.by_day[day - ONE_DAY], key=lambda each: each.end)
        return [self._with_texts(Trouble("rest", day, text), [last, self.by_day[day][0]])]

    def _find_average(self, mondays: list[date]) -> list[Trouble]:
        """Means of some weeks, over each period that holds one of them."""
        weeks: dict[date, float] = defaultdict(float)
        for day, one in self.days.items():
            weeks[monday(day)] += one.minutes
        span = self.limits.longest_average
        firsts = {first - timedelta(weeks=n) for first in mondays for n in range(span)}
        return self.clock.average_troubles(weeks, firsts)

    @staticmethod
    def _with_texts(trouble: Trouble, stretches: Iterable[Stretch]) -> Trouble:
        text = message("where", reason=trouble.reason, places=", ".join(o.text for o in stretches))
        return replace(trouble, reason=text)

    def _with_places(self, trouble: Trouble, first: date) -> Trouble:
        """A trouble of a week, with the hours in each commune."""
        minutes: dict[str, float] = defaultdict(float)
        for day in (first + timedelta(days=n) for n in range(7)):
            for one in self.by_day.get(day, ()):
                minutes[one.place] += one.minutes
        places = ", ".join(f"{place} {duration(spent)}" for place, spent in sorted(minutes.items()))
        return replace(trouble, reason=message("where", reason=trouble.reason, places=places))
