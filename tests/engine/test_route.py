"""The order of a tour of visits, against every order there is."""

import random
import unittest
from itertools import pairwise, permutations
from math import dist

from engine.route import length, order, timetable


def shortest(distances):
    """The length of the best of all the orders."""
    return min(
        sum(distances[a][b] for a, b in pairwise([0, *tour, 0]))
        for tour in permutations(range(1, len(distances)))
    )


class TestRoute(unittest.TestCase):
    def test_as_short_as_the_best_of_all_orders_up_to_eight_places(self):
        draw = random.Random(2026)
        for count in [*range(2, 8)] * 6 + [8] * 4:
            points = [(draw.uniform(0, 40), draw.uniform(0, 40)) for _one in range(count)]
            distances = [[dist(one, other) for other in points] for one in points]
            found = order(distances)
            with self.subTest(points=points):
                self.assertEqual(sorted(found), list(range(1, count)))
                self.assertAlmostEqual(length(found, distances), shortest(distances), 6)

    def test_many_places_on_a_circle_are_visited_around_it(self):
        places = [0, 5, 2, 9, 7, 1, 4, 8, 3, 6, 11, 10]  # turns of a circle of twelve
        distances = [[min(abs(a - b), 12 - abs(a - b)) for b in places] for a in places]
        self.assertEqual(length(order(distances), distances), 12)

    def test_places_at_the_same_point_are_all_visited(self):
        self.assertEqual(order([[0, 2, 2], [2, 0, 0], [2, 0, 0]]), [1, 2])

    def test_times_are_rounded_up_to_five_minutes(self):
        first, second = timetable([1, 2], [[0, 7, 9], [7, 0, 3], [9, 3, 0]], 8 * 60 + 30, 60, 45)
        self.assertEqual((first.arrive, first.leave), (520, 580))  # 9.3 minutes of road
        self.assertEqual(second.arrive, 585)  # 4 minutes

    def test_a_speed_of_nothing_is_refused(self):
        with self.assertRaises(ValueError):
            timetable([1], [[0, 1], [1, 0]], 0, 10, 0)
