"""Amounts of each price model against calculations made by hand."""

import unittest
from datetime import date
from decimal import Decimal as D

from engine.pricing import Band, Price, Use, forecast_cost, part_of_year, yearly_cost

BANDS = (Band(0, D("400")), Band(1000, D("900")), Band(3500, D("2400.50")))

# One amount for all: the population does not matter.
ALL_ALIKE = Price("band", bands=(Band(0, D(400)),))


def total(year, price, start=None, end=None, population=640, uses=(), **kw):
    prices = price if isinstance(price, list) else [price]
    return yearly_cost(year, prices, start, end, population, uses, **kw).total


class TestPricing(unittest.TestCase):
    def test_free(self):
        uses = [Use(date(2026, 3, 1), D(12))]
        self.assertEqual(total(2026, Price("free"), uses=uses), D(0))

    def test_per_inhabitant(self):
        # 640 × 1.2345 = 790.08
        self.assertEqual(total(2026, Price("inhabitant", unit=D("1.2345"))), D("790.08"))

    def test_per_unit_counts_the_uses_of_the_year_only(self):
        uses = [
            Use(date(2025, 12, 31), D(5)),
            Use(date(2026, 1, 1), D("1.5")),
            Use(date(2026, 12, 31), D(2)),
        ]
        # 3.5 × 252.30 = 883.05
        self.assertEqual(total(2026, Price("unit", unit=D("252.30")), uses=uses), D("883.05"))

    def test_flat_by_population_band(self):
        price = Price("band", bands=BANDS)
        for population, amount in [
            (1, "400"),
            (999, "400"),
            (1000, "900"),
            (3499, "900"),
            (3500, "2400.50"),
            (120000, "2400.50"),
        ]:
            with self.subTest(population=population):
                self.assertEqual(total(2026, price, population=population), D(amount))

    def test_below_the_first_band_nothing_is_due(self):
        price = Price("band", bands=(Band(500, D(100)),))
        self.assertEqual(total(2026, price, population=499), D(0))

    def test_a_part_per_year_and_a_part_per_unit(self):
        price = Price("fixed_variable", fixed=D(300), unit=D("27"))
        uses = [Use(date(2026, 5, 4), D("3.25"))]
        # 300 + 3.25 × 27 = 387.75
        self.assertEqual(total(2026, price, uses=uses), D("387.75"))

    def test_percentage_of_the_works(self):
        uses = [Use(date(2026, 6, 1), D("48333.33"))]
        # 1.8 % of 48,333.33 = 869.99994, rounded to 870.00
        self.assertEqual(total(2026, Price("works", rate=D("1.8")), uses=uses), D("870.00"))

    def test_charged_to_the_attribution_de_compensation(self):
        price = Price("compensation", fixed=D("1500"))
        self.assertEqual(total(2026, price), D("1500.00"))
        self.assertEqual(total(2026, price, compensation=D("1234.56")), D("1234.56"))
        self.assertEqual(total(2026, price, compensation=D(0)), D(0))

    def test_start_in_the_middle_of_the_year(self):
        # From 1 July 2026: 184 days of 365. 790.08 × 184 / 365 = 398.2869…, 398.29
        price = Price("inhabitant", unit=D("1.2345"))
        self.assertEqual(total(2026, price, start=date(2026, 7, 1)), D("398.29"))

    def test_end_in_a_leap_year(self):
        # Until 29 February 2028: 60 days of 366. 900 × 60 / 366 = 147.5409…, 147.54
        price = Price("band", bands=BANDS)
        self.assertEqual(total(2028, price, end=date(2028, 2, 29), population=1500), D("147.54"))

    def test_one_day(self):
        # 365 / 365 = 1
        price = Price("fixed_variable", fixed=D(365))
        day = date(2026, 8, 9)
        self.assertEqual(total(2026, price, start=day, end=day), D("1.00"))

    def test_change_of_price_in_the_year(self):
        prices = [
            Price("inhabitant", start=date(2026, 4, 1), unit=D("1.30")),
            Price("inhabitant", end=date(2026, 3, 31), unit=D("1.20")),
        ]
        cost = yearly_cost(2026, prices, None, None, 640)
        # 768 × 90 / 365 = 189.3698…, 189.37; 832 × 275 / 365 = 626.8493…, 626.85
        self.assertEqual([x.amount for x in cost.lines], [D("189.37"), D("626.85")])
        self.assertEqual(cost.total, D("816.22"))
        self.assertEqual(cost.unpriced_days, 0)

    def test_a_use_is_priced_on_its_day(self):
        prices = [
            Price("unit", end=date(2026, 6, 30), unit=D(250)),
            Price("unit", start=date(2026, 7, 1), unit=D(260)),
        ]
        uses = [Use(date(2026, 6, 30), D(2)), Use(date(2026, 7, 1), D(3))]
        # 2 × 250 + 3 × 260 = 1,280
        self.assertEqual(total(2026, prices, uses=uses), D("1280.00"))

    def test_a_use_outside_the_subscription_is_not_charged(self):
        uses = [Use(date(2026, 3, 1), D(2)), Use(date(2026, 9, 1), D(1))]
        price = Price("unit", unit=D(100))
        self.assertEqual(total(2026, price, start=date(2026, 7, 1), uses=uses), D("100.00"))

    def test_days_without_a_price_are_reported(self):
        price = Price("band", start=date(2026, 2, 1), bands=BANDS)
        cost = yearly_cost(2026, [price], date(2026, 1, 11), None, 640)
        # From 11 to 31 January: 21 days; 400 × 334 / 365 = 366.0273…, 366.03
        self.assertEqual((cost.unpriced_days, cost.total), (21, D("366.03")))

    def test_nothing_outside_the_period(self):
        price = Price("band", bands=BANDS)
        self.assertEqual(total(2026, price, start=date(2027, 1, 1)), D(0))
        self.assertEqual(total(2026, price, end=date(2025, 12, 31)), D(0))

    def test_half_a_cent_goes_up(self):
        # 0.005 × 1 = 0.005, rounded to 0.01
        self.assertEqual(total(2026, Price("inhabitant", unit=D("0.005")), population=1), D("0.01"))

    def test_forecast_is_spread_over_the_days(self):
        prices = [
            Price("unit", end=date(2026, 6, 30), unit=D(100)),
            Price("unit", start=date(2026, 7, 1), unit=D(200)),
        ]
        cost = forecast_cost(2026, prices, None, None, 640, D(365))
        # 181 units at 100 and 184 at 200
        self.assertEqual([x.amount for x in cost.lines], [D("18100.00"), D("36800.00")])

    def test_forecast_of_a_part_year(self):
        price = Price("fixed_variable", fixed=D(730), unit=D(10))
        cost = forecast_cost(2026, [price], date(2026, 7, 1), None, 640, D(8))
        # 730 × 184 / 365 = 368; 8 × 10 × 184 / 365 = 40.3287…
        self.assertEqual((cost.fixed, cost.variable), (D("368.00"), D("40.33")))

    def test_two_subscriptions_in_a_year_expect_what_one_would(self):
        """12 units a year at 365 euros: 12 euros a day, before and after 1 July."""
        price = Price("unit", unit=D(365))
        parts = [
            forecast_cost(2026, [price], None, date(2026, 6, 30), 640, D(12)),
            forecast_cost(2026, [price], date(2026, 7, 1), None, 640, D(12)),
        ]
        # 181 and 184 days
        self.assertEqual([part.total for part in parts], [D("2172.00"), D("2208.00")])
        whole = forecast_cost(2026, [price], None, None, 640, D(12))
        self.assertEqual(whole.total, D("4380.00"))

    def test_days_without_a_price_take_their_part_of_the_forecast(self):
        price = Price("unit", start=date(2026, 7, 1), unit=D(10))
        cost = forecast_cost(2026, [price], None, None, 640, D(365))
        self.assertEqual((cost.total, cost.unpriced_days), (D("1840.00"), 181))

    def test_half_a_cent_expected_goes_up(self):
        """3.65 × 2.5 × 31 / 365 = 0.775 exactly, whatever a division before it would lose."""
        end = date(2026, 1, 31)
        cost = forecast_cost(2026, [Price("unit", unit=D("3.65"))], None, end, 640, D("2.5"))
        self.assertEqual(cost.total, D("0.78"))

    def test_what_is_withheld_is_separate(self):
        """Withheld until June, then paid: 181 and 184 days of 365."""
        prices = [
            Price("compensation", end=date(2026, 6, 30), fixed=D(365)),
            Price("fixed_variable", start=date(2026, 7, 1), fixed=D(730), unit=D(10)),
        ]
        uses = [Use(date(2026, 3, 1), D(4)), Use(date(2026, 8, 1), D(4))]
        cost = yearly_cost(2026, prices, None, None, 640, uses)
        self.assertEqual((cost.withheld, cost.due), (D("181.00"), D("408.00")))
        self.assertEqual(cost.total, D("589.00"))

    def test_a_whole_year_of_uses_shared_by_days(self):
        """365 units a year: one for each day of 2026 on which the subscription lasts."""
        for start, end, units in (
            (None, None, 365),
            (date(2026, 7, 1), None, 184),
            (None, date(2026, 1, 31), 31),
            (date(2026, 8, 9), date(2026, 8, 9), 1),
            (date(2025, 7, 1), date(2027, 6, 30), 365),
            (date(2027, 1, 1), None, 0),
            (None, date(2025, 12, 31), 0),
        ):
            self.assertEqual(part_of_year(D(365), 2026, start, end), units, (start, end))

    def test_an_unknown_population_is_reported_not_given_for_free(self):
        """Per inhabitant, or with several bands, the 184 days from 1 July have no amount."""
        for price in (
            Price("inhabitant", unit=D(2)),
            Price("band", bands=BANDS),
            Price("band", bands=BANDS[:2]),
        ):
            for cost in (
                yearly_cost(2026, [price], date(2026, 7, 1), None, 0),
                forecast_cost(2026, [price], date(2026, 7, 1), None, 0),
            ):
                self.assertEqual((cost.unpriced_days, cost.total), (184, D(0)), price.kind)
        self.assertEqual(yearly_cost(2026, [ALL_ALIKE], None, None, 1).unpriced_days, 0)
        one = Price("inhabitant", unit=D(2))
        cost = yearly_cost(2026, [one], None, None, 1)
        self.assertEqual((cost.total, cost.unpriced_days), (D("2.00"), 0))

    def test_one_price_for_all_needs_no_population(self):
        for price in (ALL_ALIKE, Price("fixed_variable", fixed=D(400))):
            cost = yearly_cost(2026, [price], None, None, 0)
            self.assertEqual((cost.total, cost.unpriced_days), (D("400.00"), 0), price.kind)

    def test_below_the_first_band_is_reported(self):
        from_500 = Price("band", bands=(Band(500, D(400)), Band(1000, D(900))))
        cost = yearly_cost(2026, [from_500], None, date(2026, 1, 31), 499)
        self.assertEqual((cost.total, cost.unpriced_days), (D(0), 31))

    def test_outside_the_period_no_day_is_without_a_price(self):
        cost = yearly_cost(2026, [ALL_ALIKE], date(2027, 1, 1), None, 640)
        self.assertEqual((cost.total, cost.unpriced_days), (D(0), 0))

    def test_a_line_of_uses_states_the_days_of_the_year(self):
        for year, length in ((2026, 365), (2028, 366)):
            uses = [Use(date(year, 3, 1), D(2))]
            (line,) = yearly_cost(year, [Price("unit", unit=D(5))], None, None, 640, uses).lines
            self.assertEqual((line.nature, line.days_of_year, line.amount), ("units", length, 10))


if __name__ == "__main__":
    unittest.main()
