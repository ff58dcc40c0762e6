"""Tariffs of the replacement service and what is billed: values only, no rule."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

ZERO = Decimal(0)
HOUR, HALF_DAY, DAY, COST = "hour", "half_day", "day", "cost"
NO_TRAVEL, FLAT, KM = "none", "flat", "km"
WORKED, CANCELLED, NOTICE = "work", "cancellation", "notice"


class NoTariff(LookupError):
    """No tariff holds on this day for this category: nothing may be billed at a guess."""

    def __init__(self, day: date, category: str):
        super().__init__(day, category)
        self.day, self.category = day, category


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price and the days on which it holds, both included; no end while it lasts.

    category: `A`, `B`, `C`, or empty for all. amount: euros per unit; with the unit `cost`, the
    percentage added to the full cost of an hour of the agent. travel_amount: euros per day of
    presence (`flat`) or per kilometre. fee: percentage added to the work. minimum: least euros
    of work for a day of presence.
    """

    key: Hashable
    start: date
    end: date | None = None
    category: str = ""
    unit: str = HOUR
    amount: Decimal = ZERO
    travel: str = NO_TRAVEL
    travel_amount: Decimal = ZERO
    fee: Decimal = ZERO
    minimum: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Work:
    """A half-day of an agent in a commune: worked, or due without having been worked.

    mission: what the day belongs to, so that minimum and flat travel count once a day.
    hourly_cost: full cost of an hour of the agent. kind: `work`, `cancellation` or `notice`.
    """

    key: Hashable
    mission: Hashable
    day: date
    half_day: str
    hours: Decimal
    km: Decimal = ZERO
    category: str = ""
    hourly_cost: Decimal = ZERO
    kind: str = WORKED


@dataclass(frozen=True, slots=True)
class Removed:
    """A half-day that the commune took away: when it was to start, when it was cancelled."""

    key: Hashable
    start: datetime
    cancelled: datetime


@dataclass(frozen=True, slots=True)
class Half:
    """A half-day worked, with what it costs whatever the rest of its day: its work, its
    kilometres (`travel`, 0 when travel is flat)."""

    half_day: str
    tariff: Tariff
    work: Decimal
    travel: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Parts:
    """Costs of a whole day: complement to the minimum, travel, fee. May be negative."""

    minimum: Decimal = ZERO
    travel: Decimal = ZERO
    fee: Decimal = ZERO

    def __add__(self, other: "Parts") -> "Parts":
        return Parts(self.minimum + other.minimum, self.travel + other.travel, self.fee + other.fee)

    def __sub__(self, other: "Parts") -> "Parts":
        return Parts(self.minimum - other.minimum, self.travel - other.travel, self.fee - other.fee)

    def __bool__(self) -> bool:
        return any((self.minimum, self.travel, self.fee))


@dataclass(frozen=True, slots=True)
class Before:
    """Amounts of a day of a mission that statements already hold.

    standing: its half-days billed and not cancelled. billed: the sum of all that was
    billed for the day, what cancels taken away.
    """

    standing: Sequence[Half] = ()
    billed: Parts = field(default_factory=Parts)


@dataclass(frozen=True, slots=True)
class Charge:
    """Cost of one half-day, each part rounded to the cent.

    unit_price: to the cent, as it is printed. minimum: what lifts the day to the least amount;
    negative when it gives back what an earlier statement had added.
    """

    key: Hashable
    tariff: Tariff
    quantity: Decimal
    unit_price: Decimal
    work: Decimal
    minimum: Decimal = ZERO
    travel: Decimal = ZERO
    fee: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.work + self.minimum + self.travel + self.fee


@dataclass(frozen=True, slots=True)
class Quote:
    """An estimate before a mission: the charges of its half-days, added up."""

    charges: Sequence[Charge] = field(default_factory=tuple)
    hours: Decimal = ZERO
    km: Decimal = ZERO

    def add_up(self, part: str) -> Decimal:
        """Sum of one part: `work`, `minimum`, `travel`, `fee` or `total`."""
        return sum((getattr(charge, part) for charge in self.charges), ZERO)
