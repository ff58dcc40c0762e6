"""Sums in words, against a table written by hand."""

import unittest
from decimal import Decimal

from engine.text import euros_in_words, number_in_words

SUMS = {
    "0": "zéro euro",
    "0.01": "un centime",
    "0.80": "quatre-vingts centimes",
    "1": "un euro",
    "1.01": "un euro et un centime",
    "2": "deux euros",
    "21": "vingt et un euros",
    "71": "soixante et onze euros",
    "77.70": "soixante-dix-sept euros et soixante-dix centimes",
    "80": "quatre-vingts euros",
    "81": "quatre-vingt-un euros",
    "91": "quatre-vingt-onze euros",
    "100": "cent euros",
    "101": "cent un euros",
    "180": "cent quatre-vingts euros",
    "200": "deux cents euros",
    "201": "deux cent un euros",
    "1000": "mille euros",
    "1100": "mille cent euros",
    "2000": "deux mille euros",
    "80000": "quatre-vingt mille euros",
    "200000": "deux cent mille euros",
    "1000000": "un million d’euros",
    "1000001": "un million un euros",
    "2000000.50": "deux millions d’euros et cinquante centimes",
    "80000000": "quatre-vingts millions d’euros",
    "200080200": "deux cents millions quatre-vingt mille deux cents euros",
    "3000000000": "trois milliards d’euros",
    "-1": "moins un euro",
    "-1234.56": "moins mille deux cent trente-quatre euros et cinquante-six centimes",
    "-0.001": "zéro euro",
    "0.005": "un centime",
}


class TestNumbers(unittest.TestCase):
    def test_sums_in_words(self):
        for figures, words in SUMS.items():
            with self.subTest(figures):
                self.assertEqual(euros_in_words(Decimal(figures)), words)

    def test_no_two_numbers_have_the_same_words(self):
        names = [number_in_words(number) for number in range(20_000)]
        self.assertEqual(len(set(names)), len(names))
