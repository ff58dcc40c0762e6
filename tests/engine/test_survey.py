"""Results of a survey worked out by hand on three communes."""

import itertools
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

    def test_the_total_of_a_scale_means_nothing(self):
        group = run(questions=[Question("q2", "Satisfait ?", "scale")]).questions[0].overall
        self.assertEqual((group.mean, group.total), (Fraction(11, 2), None))

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

    def test_two_small_bands_hide_each_other_and_no_more(self):
        """At least two: the bands of one commune are hidden, and two together are enough."""
        places = [Place(k, 100, band) for k, band in zip("ABCDE", "xyzzz", strict=True)]
        replies = [Reply(place.key, {"q": ("Oui",)}) for place in places]
        question = Question("q", "?", "choice", ("Oui", "Non"))
        groups = tabulate([question], places, replies, 2, ["x", "y", "z"]).questions[0].groups
        self.assertEqual([group.hidden for group in groups], [False, True, True, False])

    def test_what_is_large_enough_is_not_hidden_whatever_its_kind(self):
        self.assertEqual([result.overall.hidden for result in run().questions], [False] * 3)
        self.assertFalse(SHARED.several)  # one choice unless told

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

    def _weigh(self, populations, minimum=2):
        """Whether weighted figures are shown: all, then each band of `populations`, in which
        every commune answers yes but the first of the first band."""
        places = [
            Place((band, rank), count, band)
            for band, counts in populations.items()
            for rank, count in enumerate(counts)
        ]
        replies = [
            Reply(place.key, {"q1": ("Oui",) if rank else ("Non",)})
            for rank, place in enumerate(places)
        ]
        found = tabulate([SHARED], places, replies, minimum, list(populations)).questions[0]
        for group in found.groups:
            for figure in group.figures:
                self.assertEqual(figure.weighted is None, group.unweighted)
                self.assertIsNotNone(figure.share)
        return [not (group.hidden or group.unweighted) for group in found.groups]

    def test_a_commune_with_over_half_of_the_inhabitants_is_not_read_in_the_weights(self):
        """Of 1,000 inhabitants one commune has 501: “Non, 50 %” would be its answer."""
        self.assertEqual(self._weigh({"x": [501, 250, 249]}), [False, False])
        self.assertEqual(self._weigh({"x": [500, 250, 250]}), [True, True])

    def test_nor_by_the_difference_between_all_and_the_other_bands(self):
        """600 of the 900 inhabitants of x: all (3,000) less y (1,200) and z (900) would tell
        them; z, then, is left out too: of x and z together, 600 is a third."""
        bands = {"x": [600, 200, 100], "y": [300] * 4, "z": [300] * 3}
        self.assertEqual(self._weigh(bands), [True, False, True, False])

    def test_nor_with_a_band_that_is_hidden_for_its_size(self):
        """The one commune of x (900 of 2,100) is hidden with y, the next by its size; what is
        weighted of z would leave 900 of the 1,500 of x and y."""
        bands = {"x": [900], "y": [200] * 3, "z": [150] * 4}
        self.assertEqual(self._weigh(bands), [True, False, False, False])

    def test_figures_of_a_mean_are_left_out_too(self):
        places = [Place("A", 700, "x"), Place("B", 100, "x"), Place("C", 200, "x")]
        replies = [Reply(key, {"q2": Decimal(3)}) for key in "ABC"]
        group = tabulate([AGENTS], places, replies, 2, ["x"]).questions[0].overall
        self.assertEqual((group.mean, group.total, group.weighted_mean), (3, 9, None))

    def test_a_minimum_of_one_asks_for_no_secrecy(self):
        self.assertEqual(self._weigh({"x": [501, 250, 249]}, minimum=1), [True, True])

    def test_texts_are_only_counted(self):
        group = run().questions[2].overall
        self.assertEqual((group.answered, group.figures, group.mean), (1, (), None))

    def test_several_choices_weighted(self):
        """A (100) and C (650) choose the budget, B (250) and C town planning, nobody the third;
        D (500) leaves the question empty and counts in no share of it."""
        question = Question("q", "Quels thèmes ?", "choice", ("Budget", "Urbanisme", "État civil"))
        places = [Place(k, n, "x") for k, n in zip("ABCD", (100, 250, 650, 500), strict=True)]
        replies = [
            Reply("A", {"q": ("Budget",)}),
            Reply("B", {"q": ("Urbanisme",)}),
            Reply("C", {"q": ("Urbanisme", "Budget")}),
            Reply("D", {}),
        ]
        group = tabulate([question], places, replies, 1, ["x"]).questions[0].overall
        self.assertEqual(group.answered, 3)
        self.assertEqual([f.count for f in group.figures], [2, 2, 0])
        # 750, 900 and 0 of the 1,000 inhabitants of those who chose: 165 % together.
        weighted = [Fraction(3, 4), Fraction(9, 10), Fraction(0)]
        self.assertEqual([f.weighted for f in group.figures], weighted)

    def test_a_band_that_is_silent_weighs_in_the_rate_and_not_in_the_answers(self):
        """Two small (200, 300) and two middle communes (700, 800) of four answer; the city
        (8,000) does not: 4 of 5 communes, but 2,000 of 10,000 inhabitants."""
        bands = ["small", "middle", "large"]
        places = [
            Place("A", 200, "small"),
            Place("B", 300, "small"),
            Place("C", 700, "middle"),
            Place("D", 800, "middle"),
            Place("E", 8000, "large"),
        ]
        said = {"A": "Oui", "B": "Non", "C": "Oui", "D": "Oui"}
        replies = [Reply(key, {"q1": (word,)}) for key, word in said.items()]
        results = tabulate([SHARED], places, replies, 2, bands)
        rates = {rate.band: (rate.share, rate.weighted) for rate in results.rates}
        self.assertEqual(rates[ALL], (Fraction(4, 5), Fraction(1, 5)))
        self.assertEqual(rates["large"], (0, 0))
        overall, small, middle, large = results.questions[0].groups
        # Yes: 3 of 4 communes, 1,700 of the 2,000 inhabitants of those who answered.
        yes = overall.figures[0]
        self.assertEqual((yes.share, yes.weighted), (Fraction(3, 4), Fraction(17, 20)))
        # An empty band gives nothing away: those that are large enough are shown beside it.
        self.assertEqual((large.answered, large.hidden, large.figures), (0, True, ()))
        # 300 of 500 inhabitants, 800 of 1,500: one commune would be read in the weights.
        self.assertEqual((small.figures[0].share, small.unweighted), (Fraction(1, 2), True))
        self.assertEqual(middle.figures[0].share, 1)

    def test_a_small_band_takes_as_many_others_with_it_as_needed(self):
        """Sizes 1, 1, 4 and 9, at least 3: the two of one commune make two together, fewer than
        three, so that the band of four is hidden as well; the largest stays."""
        sizes = {"a": 1, "b": 9, "c": 4, "d": 1}
        places, replies = [], []
        for band, size in sizes.items():
            for number in range(size):
                places.append(Place((band, number), 10, band))
                replies.append(Reply((band, number), {"q1": ("Oui",)}))
        groups = tabulate([SHARED], places, replies, 3, list(sizes)).questions[0].groups
        self.assertEqual({g.band for g in groups if g.hidden}, {"a", "c", "d"})

    def test_no_difference_between_groups_shown_is_a_small_group(self):
        """Every way to spread answers over three bands: what all minus the bands shown leaves is
        nothing, or the minimum at least."""
        minimum = 3
        for sizes in itertools.product(range(6), repeat=3):
            if sum(sizes) < minimum:
                continue
            places = [Place((b, n), 1, str(b)) for b, size in enumerate(sizes) for n in range(size)]
            replies = [Reply(place.key, {"q1": ("Oui",)}) for place in places]
            bands = ["0", "1", "2"]
            overall, *groups = (
                tabulate([SHARED], places, replies, minimum, bands).questions[0].groups
            )
            shown = [g.answered for g in groups if not g.hidden]
            left = overall.answered - sum(shown)
            self.assertTrue(left == 0 or left >= minimum, sizes)
            self.assertTrue(all(size >= minimum for size in shown), sizes)

    def test_decimals_are_weighted_exactly(self):
        """0.1 and 0.2 for 300 and 600 inhabitants, 0.3 where nobody is known to live."""
        places = [Place("A", 300, "x"), Place("B", 600, "x"), Place("C", 0, "x")]
        replies = [
            Reply(key, {"q2": Decimal(number)})
            for key, number in (("A", "0.1"), ("B", "0.2"), ("C", "0.3"))
        ]
        group = tabulate([AGENTS], places, replies, 1, ["x"]).questions[0].overall
        self.assertEqual((group.total, group.mean), (Decimal("0.6"), Fraction(1, 5)))
        # (300 × 0.1 + 600 × 0.2 + 0 × 0.3) / 900 = 150 / 900
        self.assertEqual(group.weighted_mean, Fraction(1, 6))

    def test_zero_is_an_answer(self):
        replies = [Reply("A", {"q2": Decimal(0)}), Reply("B", {"q2": Decimal(4)})]
        group = run(replies).questions[1].overall
        self.assertEqual((group.answered, group.mean, group.weighted_mean), (2, 2, 3))


if __name__ == "__main__":
    unittest.main()
