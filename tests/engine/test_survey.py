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
        self.assertFalse(SHARED.several)  # single choice by default

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
        """Of 2,001 inhabitants one commune has 1,001: “Non, 50 %” would be its answer."""
        self.assertEqual(self._weigh({"x": [1001, *[100] * 10]}), [False, False])
        self.assertEqual(self._weigh({"x": [1000, *[100] * 10]}), [True, True])

    def test_nor_by_the_difference_between_all_and_the_other_bands(self):
        """1,000 of the 1,810 inhabitants of x: all (7,410) less y (3,600) and z (2,000) would show
        them; z, then, is left out too: of x and z together, 1,000 is about a quarter."""
        bands = {"x": [1000, *[90] * 9], "y": [300] * 12, "z": [200] * 10}
        self.assertEqual(self._weigh(bands), [True, False, True, False])

    def test_nor_with_a_band_that_is_hidden_for_its_size(self):
        """The one commune of x (9,000 of 23,000) is hidden with y, the next by its size; what is
        weighted of z would leave 9,000 of the 11,000 of x and y."""
        bands = {"x": [9000], "y": [200] * 10, "z": [1000] * 12}
        self.assertEqual(self._weigh(bands), [True, False, False, False])

    def test_fewer_than_ten_answers_are_not_weighted(self):
        self.assertEqual(self._weigh({"x": [100] * 9}), [False, False])
        self.assertEqual(self._weigh({"x": [100] * 10}), [True, True])
        # x and y make nine: all less z would weigh them, so that z goes too, and not w.
        bands = {"x": [100] * 5, "y": [100] * 4, "z": [100] * 11, "w": [100] * 12}
        self.assertEqual(self._weigh(bands), [True, False, False, False, True])

    def test_no_difference_between_weights_is_a_group_of_fewer_than_ten(self):
        """Every way to spread answers over three bands, of equal communes."""
        for sizes in itertools.product(range(1, 14, 2), repeat=3):
            bands = {str(rank): [100] * size for rank, size in enumerate(sizes)}
            overall, *shown = self._weigh(bands, minimum=3)
            left = sum(size for size, weighed in zip(sizes, shown, strict=True) if not weighed)
            self.assertEqual(overall, sum(sizes) >= 10, sizes)
            if overall:
                self.assertTrue(left == 0 or left >= 10, sizes)

    def test_the_marks_of_three_towns_are_not_found_by_trying_them_all(self):
        """Three towns give 9, 6 and 8 of 10: with both means to two decimals, no other marks fit;
        with what is shown, each of them may have given several."""
        people, marks = (10400, 21800, 13900), (9, 6, 8)
        towns = [Place(rank, count, "towns") for rank, count in enumerate(people)]
        villages = [Place(10 + rank, 2000, "villages") for rank in range(30)]
        replies = [
            *(Reply(place.key, {"q": Decimal(m)}) for place, m in zip(towns, marks, strict=True)),
            *(Reply(place.key, {"q": Decimal(7)}) for place in villages),
        ]
        scale = Question("q", "Satisfait ?", "scale")

        def tried(minimum):
            found = tabulate([scale], towns + villages, replies, minimum, ["towns", "villages"])
            _overall, group, _villages = found.questions[0].groups
            return [one for one in itertools.product(range(11), repeat=3) if fits(group, one)]

        def fits(group, one):
            weighted = sum(n * mark for n, mark in zip(people, one, strict=True)) / sum(people)
            return round(sum(one) / 3, 2) == round(float(group.mean), 2) and (
                group.weighted_mean is None
                or round(weighted, 2) == round(float(group.weighted_mean), 2)
            )

        self.assertEqual(tried(1), [marks])
        for given in zip(*tried(3), strict=True):
            self.assertGreater(len(set(given)), 3)

    def test_the_part_of_the_inhabitants_does_not_reveal_which_of_a_few_is_silent(self):
        """The city of four towns is silent: 28 % of the inhabitants would reveal it."""
        towns = [Place(("t", n), count, "t") for n, count in enumerate((120, 10, 20, 16))]
        villages = [Place(("v", n), 1, "v") for n in range(12)]
        hamlets = [Place(("h", n), 1, "h") for n in range(14)]
        replies = [Reply(place.key, {}) for place in (*towns[1:], *villages, *hamlets)]
        places = [*towns, *villages, *hamlets]
        rates = tabulate([], places, replies, 3, ["t", "v", "h"]).rates
        self.assertEqual([rate.share for rate in rates][1:], [Fraction(3, 4), 1, 1])
        # All (72 of 192) less both others would reveal the same.
        self.assertEqual([rate.weighted for rate in rates], [Fraction(3, 8), None, None, 1])

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
        answers = {"A": "Oui", "B": "Non", "C": "Oui", "D": "Oui"}
        replies = [Reply(key, {"q1": (word,)}) for key, word in answers.items()]
        results = tabulate([SHARED], places, replies, 1, bands)
        rates = {rate.band: (rate.share, rate.weighted) for rate in results.rates}
        self.assertEqual(rates[ALL], (Fraction(4, 5), Fraction(1, 5)))
        self.assertEqual(rates["large"], (0, 0))
        overall, small, middle, large = results.questions[0].groups
        # Yes: 3 of 4 communes, 1,700 of the 2,000 inhabitants of those who answered.
        yes = overall.figures[0]
        self.assertEqual((yes.share, yes.weighted), (Fraction(3, 4), Fraction(17, 20)))
        # An empty band gives nothing away: those that are large enough are shown beside it.
        self.assertEqual((large.answered, large.hidden, large.figures), (0, True, ()))
        # 200 of the 500 inhabitants answer yes.
        self.assertEqual(
            (small.figures[0].share, small.figures[0].weighted), (Fraction(1, 2), Fraction(2, 5))
        )
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
