"""Limits of working time: names, ranges, numbers of the command line alone (those in force are
records, `data/replacement/work_rule_data.xml`); weights of a plan (distance, half-days moved)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time

# Code of a rule -> its unit. Four of them make the half-days, the others bear their own name.
UNITS = {
    "morning_start": "clock",
    "morning_end": "clock",
    "afternoon_start": "clock",
    "afternoon_end": "clock",
    "day_hours": "hours",
    "amplitude_hours": "hours",
    "rest_hours": "hours",
    "weekly_rest_hours": "hours",
    "week_hours": "hours",
    "average_hours": "hours",
    "average_weeks": "weeks",
    "break_after_hours": "hours",
    "break_minutes": "minutes",
    "lunch_minutes": "minutes",
    "speed_kmh": "speed",
    "detour": "factor",
    "warn_km": "km",
    "bus_km": "km",
}

# Code -> lowest and highest value that make sense; weeks are whole.
RANGES = {
    "morning_start": (1, 24),
    "morning_end": (1, 24),
    "afternoon_start": (1, 24),
    "afternoon_end": (1, 24),
    "day_hours": (1, 24),
    "amplitude_hours": (1, 24),
    "rest_hours": (1, 23),
    "weekly_rest_hours": (1, 120),
    "week_hours": (1, 100),
    "average_hours": (1, 100),
    "average_weeks": (1, 52),
    "break_after_hours": (1, 24),
    "break_minutes": (5, 120),
    "lunch_minutes": (5, 240),
    "speed_kmh": (5, 130),
    "detour": (1, 3),
    "warn_km": (1, 200),
    "bus_km": (0.5, 100),
}
# What the decree (n° 2000-815, art. 3, I) sets: at most, then at least.
AT_MOST = {
    "day_hours": 10,
    "amplitude_hours": 12,
    "week_hours": 48,
    "average_hours": 44,
    "average_weeks": 12,
    "break_after_hours": 6,
}
AT_LEAST = {"rest_hours": 11, "weekly_rest_hours": 35, "break_minutes": 20}


def makes_sense(code: str, value: float) -> bool:
    """Whether a rule may have this value.

    >>> makes_sense("day_hours", 9.5), makes_sense("day_hours", 30)
    (True, False)
    >>> makes_sense("average_weeks", 6), makes_sense("average_weeks", 1.5)
    (True, False)
    """
    lowest, highest = RANGES[code]
    return lowest <= value <= highest and (UNITS[code] != "weeks" or value == round(value))


def is_looser(code: str, value: float) -> bool:
    """Whether a value allows more than the decree does.

    >>> is_looser("day_hours", 10), is_looser("day_hours", 10.5), is_looser("rest_hours", 9)
    (False, True, True)
    """
    return value > AT_MOST.get(code, value) or value < AT_LEAST.get(code, value)


@dataclass(frozen=True)
class Limits:
    """Hours of the day, limits in hours, minutes and km, set by law or by the organisation.

    bus_km: distance up to which public transport is assumed when the request does not give it.
    speed_kmh: of a car on small roads. detour: road over straight line.
    warn_km: way between two communes at noon that is worth a warning. later: limits that take
    over on a day, in order of time. A day is judged by the limits of that day, its roads too; a
    week and twelve weeks by the limits of their first day.
    """

    morning: tuple[time, time] = (time(8, 30), time(12, 0))
    afternoon: tuple[time, time] = (time(14, 0), time(17, 30))
    day_hours: float = 10
    week_hours: float = 48
    average_hours: float = 44
    average_weeks: int = 12
    rest_hours: float = 11
    amplitude_hours: float = 12
    weekly_rest_hours: float = 35
    break_after_hours: float = 6
    break_minutes: float = 20
    lunch_minutes: float = 45
    speed_kmh: float = 40
    detour: float = 1.3
    warn_km: float = 15
    bus_km: float = 5
    later: tuple[tuple[date, "Limits"], ...] = ()

    def on(self, day: date) -> "Limits":
        """The limits that hold on a day."""
        found = self
        for first, limits in self.later:
            if first <= day:
                found = limits
        return found

    @property
    def periods(self) -> tuple["Limits", ...]:
        """All the limits, one after the other."""
        return (self, *(limits for _first, limits in self.later))

    @property
    def longest_average(self) -> int:
        """Most weeks over which hours are averaged."""
        return max(limits.average_weeks for limits in self.periods)

    def minutes(self, half: str) -> int:
        """Length of a half-day."""
        begin, end = self.morning if half == "am" else self.afternoon
        return minute(end) - minute(begin)


def minute(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def to_time(hours: float) -> time:
    """13.5 -> 13:30."""
    minutes = min(round(hours * 60), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def to_limits(values: Mapping[str, float]) -> Limits:
    """The limits of a day.

    :param values: code of `UNITS` -> value; hours of the day as 13.5
    :raises KeyError: a value is missing
    """
    clocks = {code: to_time(values[code]) for code, unit in UNITS.items() if unit == "clock"}
    others = {one.name: values[one.name] for one in fields(Limits) if one.name in UNITS}
    return Limits(
        morning=(clocks["morning_start"], clocks["morning_end"]),
        afternoon=(clocks["afternoon_start"], clocks["afternoon_end"]),
        **others | {"average_weeks": round(others["average_weeks"])},
    )


def dated(periods: Iterable[tuple[date, Mapping[str, float]]]) -> Limits:
    """Limits that change: (first day, values), in order of time; the first ones hold before too.

    :param periods: (first day, code of `UNITS` -> value)
    :raises KeyError: a value is missing

    >>> clocks = dict(morning_start=8.5, morning_end=12, afternoon_start=13.5, afternoon_end=17)
    >>> values = {name: getattr(Limits(), name) for name, unit in UNITS.items() if unit != "clock"}
    >>> less = dated([(date(2026, 1, 1), values | clocks),
    ...               (date(2027, 1, 1), values | clocks | {"day_hours": 9})])
    >>> less.on(date(2026, 12, 31)).day_hours, less.on(date(2027, 1, 1)).day_hours
    (10, 9)
    """
    first, *others = [(day, to_limits(values)) for day, values in periods]
    return replace(first[1], later=tuple(others))


@dataclass(frozen=True)
class Weights:
    """How much each wish counts once the most half-days are filled; 0 leaves it out.

    agents: each agent of a request (continuity). trips: each day on which an agent goes out.
    km: each km of a half-day. load: each half-day of the busiest agent (balance).
    small: each half-day left without agent, in a commune under `small_population`.
    wish: each half-day not given to the agent who was wished. grade: each category above the
    one asked, per half-day. moved: each half-day on another day than those asked.
    """

    agents: int = 200
    trips: int = 6
    km: float = 0.2
    load: int = 5
    small: int = 10
    small_population: int = 2000
    wish: int = 20
    grade: int = 4
    moved: int = 1000
