"""Data classes of the staffing of replacement requests: inputs and results."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from .limits import Limits, Weights

AM, PM = "am", "pm"
CATEGORIES = ("C", "B", "A")  # from the lowest to the highest


def monday(day: date) -> date:
    """First day of the week."""
    return day - timedelta(days=day.weekday())


class HalfDay(NamedTuple):
    """A morning or an afternoon; `half` is `am` or `pm`, so that half-days sort by time."""

    date: date
    half: str


@dataclass(frozen=True)
class Absence:
    """First and last half-day of an absence. `label` may hold a health reason: never shown."""

    first: HalfDay
    last: HalfDay
    label: str = ""


@dataclass(frozen=True)
class Exclusion:
    """Agent who is not proposed to a commune, whichever side asked for it.

    commune: name or INSEE code. start, end: days, both included; None: no limit.
    """

    commune: str
    reason: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Agent:
    """A person who can be sent to a commune.

    category: A, B or C, empty when unknown. pattern: pairs (weekday from 0 for Monday, half).
    start, end: first and last day of the contract. home, home_code: commune (name, INSEE code).
    radius: km one way, None for no limit. skills: code -> level from 0 to 3. weekly_hours: hours
    of the contract. hourly_cost: euros.
    """

    code: str
    name: str = ""
    category: str = ""
    statut: str = ""
    pattern: frozenset = frozenset()
    start: date | None = None
    end: date | None = None
    home: str = ""
    home_code: str = ""
    licence: bool = True
    radius: float | None = None
    skills: Mapping[str, int] = field(default_factory=dict)
    software: frozenset[str] = frozenset()
    civil_registry: bool = False
    exclusions: tuple[Exclusion, ...] = ()
    absences: tuple[Absence, ...] = ()
    weekly_hours: float | None = None
    hourly_cost: float | None = None


@dataclass(frozen=True)
class Evening:
    """A council or a meeting after the day, worked by who holds the last half-day."""

    date: date
    start: time
    end: time


@dataclass(frozen=True)
class Request:
    """Half-days that a commune asks for.

    received: when it arrived (order of the greedy). slots: the half-days asked, holidays left
    out. alternatives: other sets of half-days, each of which may replace `slots` as a whole,
    with as many half-days of a week at most as were asked of it.
    category: the lowest accepted. skills: code -> level. software: one of them is enough.
    wished, refused: codes of agents. splittable: several agents may share it. km: one way, from
    the seat. bus: served by public transport, None when unknown. agreement: a signed agreement
    covers it. population: inhabitants.
    """

    code: str
    slots: tuple[HalfDay, ...] = ()
    commune: str = ""
    insee_code: str = ""
    received: datetime | None = None
    population: int | None = None
    category: str = ""
    skills: Mapping[str, int] = field(default_factory=dict)
    software: frozenset[str] = frozenset()
    civil_registry: bool = False
    wished: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    splittable: bool = True
    alternatives: tuple[tuple[HalfDay, ...], ...] = ()
    km: float | None = None
    bus: bool | None = None
    agreement: bool = True
    evenings: tuple[Evening, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def variants(self) -> tuple[tuple[HalfDay, ...], ...]:
        """Half-days requested, then each set of alternatives."""
        return (self.slots, *self.alternatives)

    @cached_property
    def asked_of_week(self) -> Counter:
        """Monday -> half-days asked of this week."""
        return Counter(monday(slot.date) for slot in self.slots)

    def at_most_asked(self, slots: Iterable[HalfDay]) -> tuple[HalfDay, ...]:
        """The first of these half-days, no more in a week than were asked of it."""
        left, kept = Counter(self.asked_of_week), []
        for slot in slots:
            if left[monday(slot.date)] > 0:
                left[monday(slot.date)] -= 1
                kept.append(slot)
        return tuple(kept)

    def left_to_fill(self, held: Iterable[HalfDay]) -> tuple[HalfDay, ...]:
        """The half-days without agent, in the first variant that holds those that have one."""
        variant = next((v for v in self.variants if set(held) <= set(v)), self.slots)
        wanted = self.at_most_asked(dict.fromkeys((*held, *variant)))
        return tuple(slot for slot in wanted if slot not in held)

    @cached_property
    def all_slots(self) -> tuple[HalfDay, ...]:
        """Half-days of any variant, in order of time."""
        return tuple(sorted({slot for slots in self.variants for slot in slots}))

    @cached_property
    def evening_of(self) -> dict[HalfDay, Evening]:
        """The last half-day of a date that ends with an evening -> this evening."""
        found = {}
        for evening in self.evenings:
            of_day = [slot for slot in self.all_slots if slot.date == evening.date]
            if of_day:
                found[of_day[-1]] = evening
        return found


@dataclass(frozen=True)
class Assignment:
    """An agent in a commune for one half-day; `start`: later arrival than usual, if any."""

    request: str
    half_day: HalfDay
    agent: str
    start: time | None = None


@dataclass(frozen=True)
class Problem:
    """Everything a solver needs.

    locked: choices that stay. only: request -> the agents among whom a person has chosen.
    forbidden: pairs (request, agent), such as a proposal that was declined.
    distance: km by road between two (name, INSEE code) for a detour, None when unknown.
    words: code of a request or of an agent -> what the sentences call it, the code without.
    """

    requests: tuple[Request, ...]
    agents: tuple[Agent, ...]
    locked: tuple[Assignment, ...] = ()
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forbidden: frozenset[tuple[str, str]] = frozenset()
    limits: Limits = field(default_factory=Limits)
    weights: Weights = field(default_factory=Weights)
    distance: Callable[[tuple[str, str], tuple[str, str], float], float | None] | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def label(self, code: str) -> str:
        """Name of a request or an agent in the sentences."""
        return self.words.get(code, code)

    def label_all(self, codes) -> str:
        """The same for several, in the order of their codes."""
        return ", ".join(map(self.label, sorted(codes)))


@dataclass(frozen=True)
class Notice:
    """Warning shown before a plan is saved; `reason` is a French sentence."""

    request: str
    half_day: HalfDay | None
    agent: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """The choice of a solver.

    requested, filled: half-days. bound: half-days that no plan can exceed. optimal: `filled` is
    proven to be the most. solver: greedy or cpsat. message: French sentence when the solver is
    not the one that was asked for, empty otherwise.
    """

    assignments: tuple[Assignment, ...] = ()
    requested: int = 0
    bound: int = 0
    seconds: float = 0.0
    solver: str = ""
    optimal: bool = False
    message: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def filled(self) -> int:
        """Half-days with an agent."""
        return len(self.assignments)

    @property
    def gap(self) -> float:
        """Part of the bound that is not reached, from 0 to 1."""
        return max(0.0, (self.bound - self.filled) / self.bound) if self.bound else 0.0

    @cached_property
    def by_slot(self) -> dict[tuple[str, HalfDay], str]:
        """(request, half-day) -> agent."""
        return {(one.request, one.half_day): one.agent for one in self.assignments}

    @cached_property
    def by_request(self) -> dict[str, dict[HalfDay, str]]:
        """Request -> half-day -> agent; the last assignment prevails, as in `by_slot`."""
        found: dict[str, dict[HalfDay, str]] = {}
        for (request, slot), agent in self.by_slot.items():
            found.setdefault(request, {})[slot] = agent
        return found

    @cached_property
    def by_agent(self) -> dict[str, list[Assignment]]:
        """Agent -> assignments, in their order."""
        found: dict[str, list[Assignment]] = {}
        for one in self.assignments:
            found.setdefault(one.agent, []).append(one)
        return found

    @cached_property
    def where(self) -> dict[tuple[str, HalfDay], str]:
        """(agent, half-day) -> request."""
        return {(agent, slot): request for (request, slot), agent in self.by_slot.items()}

    @cached_property
    def _counts(self) -> Counter:
        return Counter(one.request for one in self.assignments)

    def filled_of(self, request: str) -> int:
        """Half-days of a request that have an agent."""
        return self._counts[request]
