"""Classes of values: round bounds, no value lost, no empty class."""

import random
import unittest

from engine.classes import ValueClass, colours, index_of, quantiles, roundest, thresholds


class TestRoundest(unittest.TestCase):
    def test_the_largest_step_wins(self):
        self.assertEqual(roundest(431, 612, 580), 500)
        self.assertEqual(roundest(980, 1_240, 1_100), 1_000)
        self.assertEqual(roundest(1_210, 1_890, 1_700), 1_500)
        self.assertEqual(roundest(12, 13, 13), 13)

    def test_the_lower_end_is_excluded_and_the_upper_one_included(self):
        self.assertEqual(roundest(500, 510, 505), 510)
        self.assertEqual(roundest(490, 500, 495), 500)

    def test_among_equals_the_nearest(self):
        self.assertEqual(roundest(120, 480, 310), 400)
        self.assertEqual(roundest(120, 480, 190), 200)

    def test_decimals_and_negative_numbers(self):
        self.assertEqual(roundest(0.12, 0.31, 0.2), 0.2)
        self.assertEqual(roundest(-3, 4, 1), 0)
        self.assertEqual(roundest(-12, -7, -8), -10)

    def test_by_trying_every_multiple_of_every_step(self):
        draw = random.Random(7)
        for _ in range(300):
            low = draw.randrange(-300, 3_000)
            high = low + draw.randrange(1, 900)
            near = draw.randint(low, high)
            self.assertEqual(roundest(low, high, near), rounded(low, high, near), (low, high, near))


def rounded(low, high, near):
    """The same by trying: from the largest step, the multiples between two whole numbers."""
    for step in (
        1_000_000,
        500_000,
        200_000,
        100_000,
        50_000,
        20_000,
        10_000,
        5_000,
        2_000,
        1_000,
        500,
        200,
        100,
        50,
        20,
        10,
        5,
        2,
        1,
    ):
        inside = [number for number in range(low + 1, high + 1) if number % step == 0]
        if inside:
            return min(inside, key=lambda number: (abs(number - near), number))
    raise AssertionError((low, high))


class TestQuantiles(unittest.TestCase):
    def test_ten_values_by_hand(self):
        values = [110, 190, 260, 330, 480, 520, 990, 1_400, 6_200, 121_000]
        self.assertEqual(
            quantiles(values),
            [
                ValueClass(110, 200, 2),
                ValueClass(200, 400, 2),
                ValueClass(400, 800, 2),
                ValueClass(800, 5_000, 2),
                ValueClass(5_000, 121_000, 2, closed=True),
            ],
        )

    def test_bounds_move_by_a_quarter_of_a_class_at_most(self):
        """Twenty whole numbers in two classes: the bound is behind 7.5 to 12.5 of them, so
        between the eighth and the twelfth: from 108 excluded to 113, and 110 is the roundest."""
        self.assertEqual(
            quantiles(range(101, 121), 2),
            [ValueClass(101, 110, 9), ValueClass(110, 120, 11, closed=True)],
        )
        draw = random.Random(3)
        for _ in range(40):
            values = sorted(draw.sample(range(20_000), draw.randrange(12, 60)))
            wanted = draw.randrange(2, 6)
            bounds = set()
            for rank in range(1, wanted):
                middle, slack = len(values) * rank / wanted, len(values) / wanted / 4
                near = [n for n in range(1, len(values)) if abs(n - middle) <= slack]
                nearest = min(range(1, len(values)), key=lambda n: (abs(n - middle), n))
                bounds.add(rounded(values[near[0] - 1], values[near[-1]], values[nearest]))
            found = {one.high for one in quantiles(values, wanted)[:-1]}
            self.assertEqual(found, bounds, values)

    def test_few_distinct_values_have_a_class_each(self):
        self.assertEqual(
            quantiles([15, 11, 15, 19]),
            [
                ValueClass(11, 11, 1, closed=True),
                ValueClass(15, 15, 2, closed=True),
                ValueClass(19, 19, 1, closed=True),
            ],
        )

    def test_one_value_repeated(self):
        self.assertEqual(quantiles([0, 0, 0]), [ValueClass(0, 0, 3, closed=True)])

    def test_nothing(self):
        self.assertEqual(quantiles([]), [])

    def test_many_equal_values_give_fewer_classes_never_an_empty_one(self):
        classes = quantiles([0] * 40 + [1, 2, 3, 4, 5, 6])
        self.assertTrue(all(value_class.count for value_class in classes))
        self.assertEqual(classes[0].count, 40)
        self.assertEqual(sum(value_class.count for value_class in classes), 46)

    def test_every_value_is_in_exactly_one_class(self):
        draw = random.Random(57463)
        for size in (1, 2, 5, 6, 46, 158, 1_000):
            values = [round(draw.lognormvariate(7, 1.4)) for _ in range(size)]
            classes = quantiles(values)
            with self.subTest(size=size):
                self.assertLessEqual(len(classes), 5)
                self.assertEqual(sum(value_class.count for value_class in classes), size)
                for value_class in classes:
                    inside = [value for value in values if value in value_class]
                    self.assertEqual(len(inside), value_class.count)
                for first, second in zip(classes, classes[1:], strict=False):
                    joined = second.low if size > 5 else first.low
                    self.assertEqual(first.high, joined)

    def test_classes_are_about_equally_full(self):
        draw = random.Random(200039865)
        values = [round(draw.lognormvariate(7, 1.4)) for _ in range(158)]
        for value_class in quantiles(values):
            self.assertGreater(value_class.count, 15)
            self.assertLess(value_class.count, 48)


class TestThresholds(unittest.TestCase):
    def test_half_open_and_empty_classes_stay(self):
        self.assertEqual(
            thresholds([0, 29, 30, 400], [30, 90, 365]),
            [
                ValueClass(None, 30, 2),
                ValueClass(30, 90, 1),
                ValueClass(90, 365, 0),
                ValueClass(365, None, 1),
            ],
        )


class TestLookups(unittest.TestCase):
    def test_index_of(self):
        classes = quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        self.assertEqual(index_of(1, classes), 0)
        self.assertEqual(index_of(10, classes), len(classes) - 1)
        with self.assertRaises(ValueError):
            index_of(11, classes)

    def test_colours_keep_both_ends_of_the_ramp(self):
        self.assertEqual(colours(5), [0, 1, 2, 3, 4])
        self.assertEqual(colours(3), [0, 2, 4])
        self.assertEqual(colours(2), [0, 4])
        self.assertEqual(colours(1), [2])


if __name__ == "__main__":
    unittest.main()
