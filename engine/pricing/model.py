"""Prices of a service and what they come to: values only, no rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Band:
    """From this number of inhabitants on, this amount per year."""

    population_from: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """A price and the days on which it holds, both included; no end while it lasts.

    kind: key of `kinds.KINDS`. fixed: euros per year. unit: euros per unit, or per inhabitant.
    rate: in %.
    """

    kind: str
    start: date | None = None
    end: date | None = None
    fixed: Decimal = ZERO
    unit: Decimal = ZERO
    rate: Decimal = ZERO
    bands: Sequence[Band] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Use:
    """What was used on a day: units, or euros of works."""

    day: date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bill: a part per year for some days of it, or what was used.

    nature: `yearly`, `units` or `works`. base: euros per year, per unit, or the rate.
    quantity: days, units or euros of works. amount: rounded to the cent. payment: `budget`, or
    `withheld` from the attribution de compensation (see `kinds.Kind`).
    """

    nature: str
    start: date
    end: date
    base: Decimal
    quantity: Decimal
    days_of_year: int
    amount: Decimal
    payment: str = "budget"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a year comes to, line by line; the total is the sum of the rounded lines.

    unpriced_days: days of the subscription on which no price holds, or none that the population
    lets us compute.
    """

    lines: Sequence[Line]
    unpriced_days: int

    @property
    def fixed(self) -> Decimal:
        return sum((x.amount for x in self.lines if x.nature == "yearly"), ZERO)

    @property
    def variable(self) -> Decimal:
        return sum((x.amount for x in self.lines if x.nature != "yearly"), ZERO)

    @property
    def withheld(self) -> Decimal:
        """Taken from the attribution de compensation: no bill is paid for it."""
        return sum((x.amount for x in self.lines if x.payment == "withheld"), ZERO)

    @property
    def due(self) -> Decimal:
        """Amount left to pay, without the part withheld."""
        return self.total - self.withheld

    @property
    def total(self) -> Decimal:
        return self.fixed + self.variable
