"""The unit cost of a service against fractions, and the day of the budget by a table."""

import unittest
from decimal import Decimal as D
from fractions import Fraction
from random import Random

from engine.pricing.unit_cost import NATURES, Charge, budget_day, unit_cost


class TestUnitCost(unittest.TestCase):
    def test_charges_by_units_half_a_cent_up(self):
        for observed, change, units, expected in (
            ("100", "0", "3", "33.33"),
            ("100", "1", "8", "12.63"),  # 12.625
            ("100", "-1", "8", "12.38"),  # 12.375
            ("0.01", "0", "2", "0.01"),  # half a cent
        ):
            charge = Charge("supplies", D(observed), D(change))
            self.assertEqual(unit_cost([charge], D(units)), D(expected))

    def test_ten_thousand_sheets_against_fractions_in_any_order(self):
        random = Random(5211)
        for _case in range(10_000):
            charges = [
                Charge(
                    random.choice(list(NATURES)),
                    D(random.randint(0, 10**8)) / 100,
                    D(random.randint(-(10**5), 10**6)) / 100,
                )
                for _charge in range(random.randint(1, 6))
            ]
            units = D(random.randint(1, 10**6)) / 100
            total = sum(Fraction(one.observed) + Fraction(one.change) for one in charges)
            cents = (total / Fraction(units) * 200 + 1) // 2
            self.assertEqual(unit_cost(charges, units) * 100, cents)
            random.shuffle(charges)
            self.assertEqual(unit_cost(charges, units) * 100, cents)

    def test_without_units_there_is_no_cost(self):
        self.assertIsNone(unit_cost([Charge("goods", D(10))], D(0)))

    def test_another_charge_is_refused(self):
        with self.assertRaises(ValueError):
            unit_cost([Charge("debt", D(10))], D(1))

    def test_the_budget_comes_later_when_the_councils_are_renewed(self):
        days = {year: str(budget_day(year))[5:] for year in (2025, 2026, 2027, 2031, 2032, 2038)}
        late = [year for year, day in days.items() if day == "04-30"]
        self.assertEqual(late, [2026, 2032, 2038])
        self.assertEqual({days[2025], days[2027], days[2031]}, {"04-15"})


if __name__ == "__main__":
    unittest.main()
