"""The forecast knows when it does not know."""

import random
from unittest import TestCase

from engine.demand import forecast, seasonal_mean


class TestForecast(TestCase):
    def test_a_random_series_is_not_forecast(self):
        """On months drawn at random, smoothing is believed by chance alone: never of these ten."""
        for seed in range(10):
            draw = random.Random(seed)
            found = forecast([draw.gauss(100, 20) for _month in range(60)])
            self.assertFalse(found.knows_better, seed)
            self.assertIsNotNone(found.error)

    def test_months_that_come_back_without_a_trend_are_their_mean(self):
        draw = random.Random(3)
        months = [40 + 20 * (rank % 12 in (2, 3)) + draw.gauss(0, 6) for rank in range(60)]
        found = forecast(months)
        self.assertEqual(found.method, "same_months")
        self.assertEqual(list(found.values), seasonal_mean(months, 3))

    def test_a_demand_that_grows_is_forecast_better_than_by_its_mean(self):
        draw = random.Random(5)
        months = [20 + 2 * rank + draw.gauss(0, 3) for rank in range(60)]
        found = forecast(months)
        self.assertTrue(found.knows_better)
        self.assertLess(found.error, found.mean_error)
        for rank, value in enumerate(found.values):
            self.assertAlmostEqual(value, 20 + 2 * (60 + rank), delta=15)

    def test_less_than_three_years_are_not_tried(self):
        self.assertIsNone(forecast([10.0] * 35).error)
        self.assertEqual(forecast([10.0] * 11).method, "mean")
