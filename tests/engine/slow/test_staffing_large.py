"""A plan as large as the work of half a year."""

from dataclasses import replace
from unittest import TestCase

from engine.staffing import Board, greedy, solve
from engine.staffing.fictitious import fictive


class TestLarge(TestCase):
    def test_hundred_requests(self):
        large = fictive(100, 30)
        board = Board(large)
        simple, plan = greedy(large, board), solve(large, seconds=60, board=board)
        self.assertGreater(plan.filled, simple.filled)
        self.assertGreaterEqual(plan.bound, plan.filled)
        self.assertEqual(replace(plan, bound=plan.filled).gap, 0)
