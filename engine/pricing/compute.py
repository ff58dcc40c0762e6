"""Amount of a year, from prices and uses.

Rules, also in docs/guide-utilisateur.md:
- a part per year is due by days: both the first and the last day count, out of the days of that
  year (365 or 366);
- each price counts for the days on which it holds; what is used is priced on the day of its use;
- each line is rounded to the cent, half a cent upwards; the total is the sum of the lines, so
  that a statement adds up;
- what is expected of a year is spread over its days: a subscription takes its days' part of it;
- the population is one figure for the whole year; where it is not known, or below the first band,
  its days are listed as days without a price and have no amount: a service is never free by
  mistake, nor charged without a verifiable sum.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..text import round_cent
from .kinds import KINDS
from .model import ZERO, Cost, Line, Price, Use


def yearly_cost(
    year: int,
    prices: Sequence[Price],
    start: date | None,
    end: date | None,
    population: int,
    uses: Sequence[Use] = (),
    compensation: Decimal | None = None,
) -> Cost:
    """What a subscription costs over a year, with what was really used.

    >>> price = Price("inhabitant", unit=Decimal("0.73"))
    >>> cost = yearly_cost(2027, [price], date(2027, 12, 1), None, population=1000)
    >>> str(cost.total)  # 730 euros for 31 days of 365
    '62.00'

    :param start: first day of the subscription; None: long ago
    :param end: last day, included; None: it lasts
    :param compensation: amount per year decided for this commune, instead of that of the price
    """
    periods, unpriced = _split(year, prices, start, end)
    lines = _yearly_lines(year, periods, population, compensation)
    for price, first, last in periods:
        used = sum((u.quantity for u in uses if first <= u.day <= last), ZERO)
        lines += _used_lines(year, price, first, last, used, part=1)
    return Cost(tuple(lines), unpriced + _unknown_days(periods, population))


def forecast_cost(
    year: int,
    prices: Sequence[Price],
    start: date | None,
    end: date | None,
    population: int,
    quantity: Decimal = ZERO,
    compensation: Decimal | None = None,
) -> Cost:
    """What a subscription is expected to cost over a year.

    >>> price = Price("unit", unit=Decimal(38))
    >>> str(forecast_cost(2027, [price], None, None, population=900, quantity=Decimal(10)).total)
    '380.00'

    :param quantity: units (or euros of works) expected of a whole year, spread evenly over its
        days: the subscription takes the part of its own days (see `part_of_year`)
    """
    periods, unpriced = _split(year, prices, start, end)
    lines = _yearly_lines(year, periods, population, compensation)
    length = _year_length(year)
    for price, first, last in periods:
        part = Fraction(_days(first, last), length)
        lines += _used_lines(year, price, first, last, quantity, part)
    return Cost(tuple(lines), unpriced + _unknown_days(periods, population))


def part_of_year(quantity: Decimal, year: int, start: date | None, end: date | None) -> Decimal:
    """What is expected of a whole year, for the days of it that a subscription lasts.

    >>> part_of_year(Decimal(365), 2027, start=date(2027, 12, 1), end=None)  # 31 days of 365
    Decimal('31')
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    begin, stop = max(first, start or first), min(last, end or last)
    if begin > stop:
        return ZERO
    return quantity * _days(begin, stop) / _days(first, last)


def _split(year, prices, start, end):
    """(price, first day, last day) within the year and the subscription, and the days of it on
    which no price holds."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    first, last = max(first, start or first), min(last, end or last)
    if first > last:
        return [], 0
    periods = []
    for price in sorted(prices, key=lambda p: p.start or date.min):
        begin, stop = max(first, price.start or first), min(last, price.end or last)
        if begin <= stop:
            periods.append((price, begin, stop))
    priced = sum(_days(begin, stop) for _price, begin, stop in periods)
    return periods, _days(first, last) - priced


def _yearly_lines(year, periods, population, compensation):
    lines = []
    length = _year_length(year)
    for price, first, last in periods:
        base = yearly_base(price, population, compensation)
        if base:
            days = _days(first, last)
            amount = round_cent(base * days / length)
            payment = KINDS[price.kind].payment
            lines.append(Line("yearly", first, last, base, Decimal(days), length, amount, payment))
    return lines


def _unknown_days(periods, population):
    """Days of the prices that need a population which is not known, or that no band holds."""
    return sum(
        _days(first, last)
        for price, first, last in periods
        if yearly_base(price, population) is None
    )


def yearly_base(
    price: Price, population: int, compensation: Decimal | None = None
) -> Decimal | None:
    """Euros for a whole year, before any use; None when the amount needs a population that is
    unknown (0) or in no band. A single amount for all needs none.

    >>> yearly_base(Price("inhabitant", unit=Decimal("0.50")), population=900)
    Decimal('450.00')
    >>> yearly_base(Price("inhabitant", unit=Decimal("0.50")), population=0) is None
    True
    """
    kind = KINDS[price.kind]
    banded = "bands" in kind.figures and len(price.bands) > 1
    if population <= 0 and (kind.by_population or banded):
        return None
    return kind.yearly(price, population, compensation)


def _used_lines(year, price, first, last, quantity, part):
    """What `part` of a quantity comes to: divided last, so that half a cent stays half a cent."""
    used = KINDS[price.kind].used
    if not (quantity and used):
        return []
    part = Fraction(part)
    base, one = (price.rate, price.rate / 100) if used == "works" else (price.unit, price.unit)
    amount = round_cent(one * quantity * part.numerator / part.denominator)
    taken = quantity * part.numerator / part.denominator
    payment = KINDS[price.kind].payment
    return [Line(used, first, last, base, taken, _year_length(year), amount, payment)]


def _year_length(year):
    return _days(date(year, 1, 1), date(year, 12, 31))


def _days(first, last):
    return (last - first).days + 1


def per_inhabitant(amount: float, population: int) -> float:
    """Euros a year for each inhabitant, to the cent, half a cent up; 0 when nobody is counted.

    >>> per_inhabitant(1234.5, 1000), per_inhabitant(10, 0)  # 1.2345 euro
    (1.23, 0.0)
    >>> per_inhabitant(1005, 1000)  # a float would give 1.00
    1.01
    """
    return float(round_cent(Decimal(str(amount)) / population)) if population else 0.0
