"""Secretaries general of town halls, as the law asks from 1 January 2028."""

import unittest

from engine.secretary import judge_secretary, needed_category


class TestSecretary(unittest.TestCase):
    def test_the_category_changes_at_two_thousand_inhabitants(self):
        for population, category in [(0, "B"), (1999, "B"), (2000, "A"), (3500, "A")]:
            with self.subTest(population=population):
                self.assertEqual(needed_category(population), category)

    def test_the_position_of_a_commune(self):
        for population, categories, director, expected in [
            (640, ["B"], False, "fits"),
            (640, ["A"], False, "fits"),
            (640, ["C"], False, "below"),
            (640, ["C"], True, "below"),  # under 2,000 a DGS changes nothing
            (640, ["C", "B"], False, "fits"),
            (640, [""], False, "unknown"),
            (640, ["C", ""], False, "unknown"),
            (640, [], False, "missing"),
            (2000, ["B"], False, "below"),
            (2000, ["A"], False, "fits"),
            (2000, ["B"], True, "director"),
            (4200, [], True, "director"),
            (4200, [], False, "missing"),
        ]:
            with self.subTest(population=population, categories=categories, director=director):
                self.assertEqual(judge_secretary(population, categories, director), expected)


if __name__ == "__main__":
    unittest.main()
