"""Hours of one agent: what a day, a week and twelve weeks hold, and the rules that they break."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import ceil

from .limits import AT_LEAST, AT_MOST, Limits, minute
from .messages import message
from .model import AM, PM, HalfDay, Request, monday


@dataclass(frozen=True)
class Trouble:
    """A rule of working time that is broken on a day; `reason` is a French sentence."""

    rule: str
    date: date
    reason: str


@dataclass(frozen=True)
class Day:
    """One agent's day.

    minutes: work, the way between two communes included. start: moment of arrival that the
    rules allow. earliest: why it is later than usual, empty otherwise.
    """

    date: date
    start: datetime
    end: datetime
    minutes: float
    earliest: str = ""
    troubles: tuple[Trouble, ...] = ()


def clock(moment: datetime | time) -> str:
    """« 9 h 30 », « 8 h »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def duration(minutes: float) -> str:
    """« 9 h 30 » for 570 minutes."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def source(limits: Limits, *codes: str) -> str:
    """Source of these limits: the decree when they are its own, else the organisation.

    >>> source(Limits(), "weekly_rest_hours").replace("\u00a0", " ")
    'décret n° 2000-815, art. 3, I'
    >>> source(Limits(weekly_rest_hours=40), "weekly_rest_hours").replace("\u2019", "'")
    "règle de l'établissement"
    """
    decree = AT_MOST | AT_LEAST
    same = all(getattr(limits, code) == decree[code] for code in codes)
    return message("decree" if same else "house")


def _get_outside(limits: Limits) -> timedelta:
    """What of a weekly rest may lie in the weeks beside: all but one day."""
    return timedelta(hours=max(limits.weekly_rest_hours - 24, 0))


def edge_days(limits: Limits) -> int:
    """Days before and after a week that its rest depends on.

    >>> edge_days(Limits()), edge_days(Limits(weekly_rest_hours=60))
    (1, 2)
    """
    return -(-_get_outside(limits) // timedelta(days=1))


def weeks_around(limits: Limits, dates: Iterable[date]) -> set[date]:
    """Mondays of the weeks whose rest some days may shorten.

    >>> sorted(str(one) for one in weeks_around(Limits(), [date(2027, 1, 11), date(2027, 1, 13)]))
    ['2027-01-04', '2027-01-11']
    """
    edges = ((day, timedelta(days=edge_days(limits.on(day)))) for day in dates)
    return {monday(one) for day, edge in edges for one in (day - edge, day, day + edge)}


def _make_disjoint(
    spans: Iterable[tuple[datetime, datetime]],
) -> Iterator[tuple[datetime, datetime]]:
    """Spans in order, each without what those before it already hold."""
    reached: datetime | None = None
    for begin, finish in sorted(spans):
        if reached is None or finish > reached:
            yield max(begin, reached or begin), finish
            reached = finish


class Clock:
    """Works out days with given limits.

    distance: km between the communes of two requests (codes) with the detour of the day, None
    when unknown.
    """

    def __init__(self, limits: Limits, distance: Callable[[str, str, float], float | None]):
        self.limits = limits
        self.distance = distance

    def spans(self, day: date, halves: Mapping[str, Request]) -> list[tuple[datetime, datetime]]:
        """Beginning and end of each part of a day, in order, as if nobody came late.

        An evening that overlaps a half-day is one stretch of work with it, counted once.
        """
        found, limits = [], self.limits.on(day)
        for half, (begin, finish) in ((AM, limits.morning), (PM, limits.afternoon)):
            if half in halves:
                found.append((datetime.combine(day, begin), datetime.combine(day, finish)))
        for half in halves:
            evening = halves[half].evening_of.get(HalfDay(day, half))
            if evening:
                begin = datetime.combine(day, evening.start)
                finish = datetime.combine(day, evening.end)
                if finish <= begin:
                    finish += timedelta(days=1)
                found.append((begin, finish))
        return list(_make_disjoint(found))

    def day(
        self,
        day: date,
        halves: Mapping[str, Request],
        before: datetime | None = None,
        start: time | None = None,
    ) -> Day:
        """The day of an agent.

        :param halves: half -> request
        :param before: end of the agent's work on the day before
        :param start: arrival that somebody decided; None: as early as the rules allow
        """
        spans = self.spans(day, halves)
        usual, end = spans[0][0], spans[-1][1]
        allowed, why, limits = usual, "", self.limits.on(day)
        bounds = [("amplitude", end - timedelta(hours=limits.amplitude_hours))]
        if before:
            bounds.insert(0, ("rest", before + timedelta(hours=limits.rest_hours)))
        for rule, moment in bounds:
            if moment > allowed:
                allowed, why = moment, rule
        begin = datetime.combine(day, start) if start else allowed
        troubles = [
            self._early(rule, day, begin, moment) for rule, moment in bounds if begin < moment
        ]
        if not troubles and begin >= spans[0][1]:
            # The rules leave nothing of the first half-day.
            troubles.append(self._early(why or "rest", day, usual, begin))
        worked = [(max(first, begin), finish) for first, finish in spans if finish > begin]
        minutes = sum((finish - first).total_seconds() / 60 for first, finish in worked)
        troubles += self._without_break(day, worked)
        found = Day(day, begin, end, minutes, why, tuple(troubles))
        return self._with_way(found, halves)

    def _early(self, rule: str, day: date, begin: datetime, wanted: datetime) -> Trouble:
        limits = self.limits.on(day)
        hours = limits.rest_hours if rule == "rest" else limits.amplitude_hours
        text = message(rule, value=clock(begin), wanted=clock(wanted), rest=duration(hours * 60))
        return Trouble(rule, day, text)

    def _without_break(self, day: date, worked: list[tuple[datetime, datetime]]) -> list[Trouble]:
        """Work that reaches six hours without a break of twenty minutes."""
        limits, most, begin, end = self.limits.on(day), timedelta(), None, None
        shortest = timedelta(minutes=limits.break_minutes)
        for first, finish in worked:
            if end is None or first - end >= shortest:
                begin = first
            end = finish
            most = max(most, end - begin)
        run = most.total_seconds() / 60
        if run < limits.break_after_hours * 60 - 1e-6:
            return []
        text = message(
            "break",
            value=duration(run),
            pause=round(limits.break_minutes),
            source=source(limits, "break_after_hours", "break_minutes"),
        )
        return [Trouble("break", day, text)]

    def _with_way(self, found: Day, halves: Mapping[str, Request]) -> Day:
        """The day with the way between two communes at noon, then the hours of the day."""
        limits, troubles, minutes = self.limits.on(found.date), list(found.troubles), found.minutes
        if len(halves) == 2:
            way = self.distance(halves[AM].code, halves[PM].code, limits.detour)
            road = (way or 0) / limits.speed_kmh * 60
            minutes += road
            gap = minute(limits.afternoon[0]) - minute(limits.morning[1])
            if way and road + limits.lunch_minutes > gap:
                reason = message(
                    "travel",
                    from_=halves[AM].commune,
                    to=halves[PM].commune,
                    km=round(way),
                    lunch=round(limits.lunch_minutes),
                    need=round(road + limits.lunch_minutes),
                    gap=gap,
                )
                troubles.append(Trouble("travel", found.date, reason))
        if minutes > limits.day_hours * 60 + 1e-6:
            troubles.append(self.over("day_hours", found.date, minutes, limits.day_hours))
        return replace(found, minutes=minutes, troubles=tuple(troubles))

    def over(self, rule: str, day: date, minutes: float, hours: float) -> Trouble:
        """Too many hours, to the minute that is begun: seconds over “44 h” are not “44 h”."""
        text = message(
            rule,
            value=duration(ceil(minutes - 1e-6)),
            wanted=duration(hours * 60),
            weeks=self.limits.on(day).average_weeks,
        )
        return Trouble(rule, day, text)

    def week_troubles(self, days: Mapping[date, Day], first: date) -> list[Trouble]:
        """Rules broken in the week that begins on a Monday.

        :param days: those at work, of the week and of `edge_days` on both sides
        """
        of_week = [days[d] for d in (first + timedelta(days=n) for n in range(7)) if d in days]
        limits = self.limits.on(first)
        minutes, found = sum(day.minutes for day in of_week), []
        if minutes > limits.week_hours * 60 + 1e-6:
            found.append(self.over("week_hours", first, minutes, limits.week_hours))
        return found + self.rest_troubles(days, first)

    def rest_troubles(self, days: Mapping[date, Day], first: date) -> list[Trouble]:
        """The rest of a week, when it is too short."""
        limits = self.limits.on(first)
        rest = self._longest_rest(days, first).total_seconds() / 60
        if rest >= limits.weekly_rest_hours * 60:
            return []
        wanted = duration(limits.weekly_rest_hours * 60)
        why = source(limits, "weekly_rest_hours")
        text = message("weekly_rest", value=duration(rest), wanted=wanted, source=why)
        return [Trouble("weekly_rest", first, text)]

    def _longest_rest(self, days: Mapping[date, Day], first: date) -> timedelta:
        """Longest rest of a week, between hours that are known: a day that nobody wrote down is
        neither worked nor refused.

        A rest may begin or end in the week beside, but a day of it is in this one (directive
        2003/88, art. 5, CJUE C-306/16: in each period of seven days 24 hours, to which the daily
        rest is added); otherwise what lies in the week is counted."""
        limits = self.limits.on(first)
        wanted, outside = timedelta(hours=limits.weekly_rest_hours), _get_outside(limits)
        opening = datetime.combine(first, time())
        closing, far = opening + timedelta(weeks=1), timedelta(days=edge_days(limits) + 1)
        around = (first + timedelta(days=n) for n in range(-far.days, 7 + far.days))
        known = [days[day] for day in around if day in days]
        ends = [opening - far, *(day.end for day in known)]
        starts = [*(day.start for day in known), closing + far]
        longest = timedelta()
        for end, start in zip(ends, starts, strict=True):
            within = min(start, closing) - max(end, opening)
            if within > timedelta():
                whole = start - end < wanted or within + outside >= wanted
                longest = max(longest, start - end if whole else within)
        return longest

    def average_troubles(self, weeks: Mapping[date, float], mondays) -> list[Trouble]:
        """Periods of twelve weeks, among those that begin on given Mondays, that hold too much.

        :param weeks: Monday -> minutes of work
        """
        found = []
        for first in sorted(mondays):
            limits = self.limits.on(first)
            span = [first + timedelta(weeks=n) for n in range(limits.average_weeks)]
            average = sum(weeks.get(week, 0) for week in span) / limits.average_weeks
            if average > limits.average_hours * 60 + 1e-6:
                found.append(self.over("average_hours", first, average, limits.average_hours))
        return found
