"""Results of a survey worked out by hand on three communes."""

import unittest
from decimal import Decimal
from fractions import Fraction

from engine.survey import ALL, Place, Question, Reply, tabulate

# Three communes of 100, 300 and 600 inhabitants: 1,000 together.
PLACES = [Place("A", 100, "small"), Place("B", 300, "small"), Place("C", 600, "large")]
BANDS = ["small", "large"]
SHARED = Question("q1", "Un service commun ?", "choice", ("Oui", "Non"))
AGENTS = Question("q2", "Combien d’agents ?", "number")
WORDS = Question("q3", "Des remarques ?", "other")
REPLIES = [
    Reply("A", {"q1": ("Oui",), "q2": Decimal("1.5"), "q3": True}),
    Reply("B", {"q1": ("Oui",), "q2": Decimal("3")}),
    Reply("C", {"q1": ("Non",), "q2": Decimal("12")}),
]


def run(replies=REPLIES, minimum=1, places=PLACES, questions=(SHARED, AGENTS, WORDS)):
    return tabulate(questions, places, replies, minimum, BANDS)


class TestSurvey(unittest.TestCase):
    def test_two_communes_of_three_are_two_fifths_of_the_inhabitants(self):
        yes, no = run().questions[0].overall.figures
        self.assertEqual((yes.count, yes.share, yes.weighted), (2, Fraction(2, 3), Fraction(2, 5)))
        self.assertEqual((no.count, no.share, no.weighted), (1, Fraction(1, 3), Fraction(3, 5)))

    def test_numbers_mean_by_commune_and_by_inhabitant(self):
        group = run().questions[1].overall
        self.assertEqual(group.total, Decimal("16.5"))
        self.assertEqual(group.mean, Fraction(11, 2))
        # (100 × 1.5 + 300 × 3 + 600 × 12) / 1,000 = (150 + 900 + 7,200) / 1,000
        self.assertEqual(group.weighted_mean, Fraction(825, 100))

    def test_by_band(self):
        overall, small, large = run().questions[1].groups
        self.assertEqual([g.band for g in (overall, small, large)], [ALL, "small", "large"])
        self.assertEqual(small.mean, Fraction(9, 4))
        # (150 + 900) / 400
        self.assertEqual(small.weighted_mean, Fraction(21, 8))
        self.assertEqual(large.mean, 12)

    def test_response_rate_counts_the_silent(self):
        overall, small, large = run(REPLIES[:2]).rates
        self.assertEqual((overall.asked, overall.answered), (3, 2))
        self.assertEqual((overall.share, overall.weighted), (Fraction(2, 3), Fraction(2, 5)))
        self.assertEqual((small.share, large.share), (1, 0))

    def test_the_base_is_those_who_answered_the_question(self):
        yes, _no = run([REPLIES[0], Reply("C", {"q2": Decimal(1)})]).questions[0].overall.figures
        self.assertEqual((yes.share, yes.weighted), (1, 1))

    def test_several_choices_may_be_more_than_one_hundred_percent(self):
        replies = [Reply("A", {"q1": ("Oui", "Non")}), Reply("C", {"q1": ("Non",)})]
        yes, no = run(replies).questions[0].overall.figures
        self.assertEqual((yes.share, no.share), (Fraction(1, 2), 1))
        self.assertEqual(yes.weighted, Fraction(1, 7))

    def test_a_group_under_the_minimum_is_hidden(self):
        for group in run(minimum=4).questions[0].groups:
            self.assertTrue(group.hidden)
            self.assertEqual(group.figures, ())
        self.assertEqual(run(minimum=4).questions[1].overall.mean, None)

    def test_a_small_band_is_not_given_away_by_the_difference(self):
        """Two small communes and a large one, at least two: large (1) is hidden, and small
        with it, because all minus small would be large."""
        overall, small, large = run(minimum=2).questions[0].groups
        self.assertFalse(overall.hidden)
        self.assertTrue(large.hidden)
        self.assertTrue(small.hidden)

    def test_bands_large_enough_are_shown_beside_an_empty_one(self):
        overall, small, large = run(REPLIES[:2], minimum=2).questions[0].groups
        self.assertFalse(overall.hidden or small.hidden)
        self.assertEqual((large.answered, large.hidden), (0, True))

    def test_a_commune_without_population_weighs_nothing(self):
        places = [Place("A", 0, "small")]
        results = run([REPLIES[0]], places=places)
        self.assertEqual(results.questions[0].overall.figures[0].weighted, None)
        self.assertEqual(results.questions[1].overall.weighted_mean, None)
        self.assertEqual(results.rates[0].weighted, None)

    def test_nobody_answered(self):
        results = run([])
        self.assertEqual(results.rates[0].answered, 0)
        self.assertTrue(all(group.hidden for r in results.questions for group in r.groups))
        self.assertEqual(run([], places=[]).rates[0].share, None)

    def test_texts_are_only_counted(self):
        group = run().questions[2].overall
        self.assertEqual((group.answered, group.figures, group.mean), (1, (), None))


if __name__ == "__main__":
    unittest.main()
