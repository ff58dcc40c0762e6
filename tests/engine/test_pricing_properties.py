"""Ten thousand years of a subscription drawn at random, recomputed independently, day by day."""

import unittest
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction
from random import Random

from engine.pricing import KINDS, Band, Price, Use, forecast_cost, part_of_year, yearly_cost

CASES = 10_000
EVERY_KIND = sorted(KINDS)


def cents(amount):
    """Whole cents of an exact amount, half a cent up: fractions only."""
    return (amount * 200 + 1) // 2


def days_between(first, last):
    return [first + timedelta(days=rank) for rank in range((last - first).days + 1)]


class Year:
    """A year, the prices that follow one another in it, a subscription and its uses."""

    def __init__(self, seed):
        random = Random(seed)
        self.random, self.year = random, random.choice((2026, 2027, 2028))
        self.first, self.last = date(self.year, 1, 1), date(self.year, 12, 31)
        self.length = (self.last - self.first).days + 1
        self.population = random.choice((0, 1, 499, 640, 1000, 12_345))
        self.own = random.choice((None, None, D(0), self._amount(2)))
        self.start, self.end = self._period()
        self.prices = self._prices()
        self.uses = [
            Use(self._day(), D(random.randint(-300, 9_999)) / 100)
            for _use in range(random.randint(0, 6))
        ]
        self.quantity = random.choice((D(0), self._amount(2)))

    def _day(self):
        return self.first + timedelta(days=self.random.randrange(-20, self.length + 20))

    def _amount(self, digits):
        return D(self.random.randint(0, 10 ** (digits + 3))) / 10**digits

    def _period(self):
        one, two = sorted((self._day(), self._day()))
        return self.random.choice((None, one)), self.random.choice((None, two))

    def _prices(self):
        """None, one or several, one after the other, with or without days between them."""
        edges = sorted({self._day() for _edge in range(self.random.randint(0, 4))})
        prices = []
        for rank, start in enumerate(edges):
            after = edges[rank + 1] if rank + 1 < len(edges) else None
            gap = timedelta(days=self.random.choice((1, 1, 9)))
            if after and after - gap < start:
                continue
            prices.append(self._price(start, after and after - gap))
        return prices or [self._price(None, None)]

    def _price(self, start, end):
        floors = self.random.sample((0, 500, 1000, 3500), self.random.randint(1, 3))
        return Price(
            self.random.choice(EVERY_KIND),
            start,
            end,
            fixed=self._amount(2),
            unit=self._amount(4),
            rate=self._amount(4) / 10,
            bands=tuple(Band(floor, self._amount(2)) for floor in floors),
        )

    def cost(self, uses=None, prices=None):
        known = prices or self.prices, self.start, self.end, self.population
        return yearly_cost(self.year, *known, self.uses if uses is None else uses, self.own)

    def forecast(self, start, end):
        known = self.prices, start, end, self.population, self.quantity, self.own
        return forecast_cost(self.year, *known)

    # the same, independently: a calendar of the year, a price for each day

    def days(self):
        return [day for day in days_between(self.first, self.last) if self.holds(day)]

    def holds(self, day):
        return (not self.start or day >= self.start) and (not self.end or day <= self.end)

    def price_on(self, day):
        for price in self.prices:
            if (not price.start or price.start <= day) and (not price.end or day <= price.end):
                return price
        return None

    def base(self, price):
        """Euros of a whole year before any use; None when unknown."""
        if price.kind == "inhabitant":
            return Fraction(price.unit) * self.population if self.population else None
        if price.kind == "band":
            if not self.population and len(price.bands) > 1:
                return None
            reached = [b for b in price.bands if b.population_from <= self.population]
            top = sorted(reached, key=lambda band: band.population_from)[-1:]
            return Fraction(top[0].amount) if top else None
        if price.kind == "compensation":
            return Fraction(price.fixed if self.own is None else self.own)
        return Fraction(price.fixed) if price.kind == "fixed_variable" else Fraction(0)

    def one(self, price):
        """Euros of one unit, or of one euro of works."""
        if price.kind == "works":
            return Fraction(price.rate) / 100
        return Fraction(price.unit) if price.kind in ("unit", "fixed_variable") else Fraction(0)

    def expected(self, quantities):
        """(cents to pay, cents withheld, days without an amount); quantities by price."""
        due = withheld = unknown = 0
        counts = Counter(id(self.price_on(day)) for day in self.days())
        unknown += counts[id(None)]
        for price in self.prices:
            held = counts[id(price)]
            base = self.base(price)
            if base is None:
                unknown += held
            yearly = cents(Fraction(base or 0) * held / self.length)
            used = cents(self.one(price) * quantities(price, held)) if held else 0
            if price.kind == "compensation":
                withheld += yearly
            else:
                due += yearly + used
        return due, withheld, unknown


def seen(cost):
    return cost.due * 100, cost.withheld * 100, cost.unpriced_days


class TestPricingProperties(unittest.TestCase):
    def test_the_amount_is_that_of_a_calendar_held_day_by_day(self):
        for seed in range(CASES):
            case = Year(seed)
            used = {}
            for use in case.uses:
                if case.first <= use.day <= case.last and case.holds(use.day):
                    price = id(case.price_on(use.day))
                    used[price] = used.get(price, 0) + Fraction(use.quantity)
            real = case.expected(lambda price, _held, used=used: used.get(id(price), 0))
            self.assertEqual(seen(case.cost()), real, seed)
            whole, length = Fraction(case.quantity), case.length
            forecast = case.expected(lambda _price, held, w=whole, n=length: w * held / n)
            self.assertEqual(seen(case.forecast(case.start, case.end)), forecast, seed)

    def test_the_order_of_prices_and_uses_changes_nothing(self):
        for seed in range(CASES):
            case = Year(seed)
            before = case.cost()
            uses, prices = list(case.uses), list(case.prices)
            case.random.shuffle(uses)
            case.random.shuffle(prices)
            self.assertEqual(case.cost(uses, prices), before, seed)

    def test_the_parts_make_the_whole(self):
        """Lines, what is paid and what is withheld; and a year cut in two on any day, but for the
        half cent that each line may round."""
        for seed in range(CASES):
            case = Year(seed)
            cost = case.cost()
            self.assertEqual(sum(line.amount for line in cost.lines), cost.total)
            self.assertEqual(cost.due + cost.withheld, cost.total)
            self.assertEqual(cost.fixed + cost.variable, cost.total)
            self._cut(case, case.first + timedelta(days=case.random.randrange(1, case.length)))

    def _cut(self, case, day):
        eve = day - timedelta(days=1)
        start, end = case.start or case.first, case.end or case.last
        whole = case.forecast(start, end)
        parts = [case.forecast(start, min(eve, end)), case.forecast(max(day, start), end)]
        lines = len(whole.lines) + sum(len(part.lines) for part in parts)
        gap = abs(sum(part.total for part in parts) - whole.total)
        self.assertLessEqual(gap, lines * D("0.005"), (case.year, day))
        unknown = sum(part.unpriced_days for part in parts)
        self.assertEqual(unknown, whole.unpriced_days, (case.year, day))
        units = [
            part_of_year(case.quantity, case.year, start, min(eve, end)),
            part_of_year(case.quantity, case.year, max(day, start), end),
        ]
        expected = part_of_year(case.quantity, case.year, start, end)
        self.assertEqual(round(sum(units), 9), round(expected, 9), (case.year, day))


if __name__ == "__main__":
    unittest.main()
