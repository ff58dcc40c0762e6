"""Scores worked out by hand, and repairs by a second way of finding them.

Of two topics, a word of one alone has the rarity 1 and a word of both
(ln(3 / 2.5) + 0.3) / (ln(3 / 1.5) + 0.3) = 0.4823 / 0.9931 = 0.4856. Topics of the same length
have the shortness 1.
"""

import string
import unittest
from dataclasses import replace

from orientation_cases import codes, index, topic

from engine.orientation.lexicon import member_of
from engine.orientation.spelling import Speller, one_slip
from engine.orientation.stem import stem
from engine.orientation.stop_words import words
from engine.orientation.text import keywords, split, tokens, words_as_written

ALPHA = topic("A", "Alpha", "zébulon")


class TestScores(unittest.TestCase):
    def scores(self, question, keywords="zébulon", other="girafe", **values):
        """Code -> score, of a topic with these keywords beside another as long."""
        both = topic("A", "Alpha", keywords), topic("B", "Beta", other, **values)
        return {found.code: found.score for found in index(*both).rank(question)}

    def test_a_word_that_one_topic_has(self):
        self.assertEqual(self.scores("zébulon"), {"A": 1.0})

    def test_a_word_that_both_have(self):
        self.assertEqual(self.scores("zébulon", other="zébulon"), {"A": 0.486, "B": 0.486})

    def test_a_topic_of_another_level(self):
        found = self.scores("zébulon girafe", level="etat")
        self.assertEqual(found, {"A": 1.0, "B": 0.9})

    def test_words_add_up(self):
        self.assertEqual(
            self.scores("zébulon mirliton", "zébulon, mirliton", "girafe, figue")["A"], 2
        )

    def test_a_short_topic_counts_more_than_a_long_one(self):
        """0.8 for the label and 1 for each keyword: 1.8 and 3.8, 2.8 on average;
        1 / (0.8 + 0.2 x 1.8 / 2.8) and 1 / (0.8 + 0.2 x 3.8 / 2.8)."""
        found = self.scores("zébulon girafe", other="girafe, mirliton, figue")
        self.assertEqual(found, {"A": 1.077, "B": 0.933})

    def test_an_expression(self):
        """0.7 for it; each of its words holds a half, of the rarity
        (ln(3 / 1) + 0.3) / 0.9931 = 1.4083."""
        found = self.scores("zébulon mirliton", "zébulon mirliton")
        self.assertEqual(found, {"A": 2.108})

    def test_the_first_place_of_a_word_counts_in_an_expression(self):
        """“mirlitton”, five words further, is understood as the word that stood beside."""
        found = self.scores("zébulon mirliton pomme poire prune mirlitton", "zébulon mirliton")
        self.assertGreater(found["A"], 2.1)

    def test_of_two_ways_that_count_as_much_the_word_itself_is_shown(self):
        """“bac” has the weight 1; what it is near to 0.35 of a weight that makes it 1."""
        near = replace(ALPHA.terms[0], text="poubelle", weight=1 / 0.35)
        both = replace(ALPHA, terms=(replace(ALPHA.terms[0], text="bac"), near))
        (found,) = index(both).rank("bac")
        self.assertEqual(len(found.reasons), 1)
        self.assertIn("«\u00a0bac\u00a0» fait partie", found.reasons[0])

    def test_an_expression_of_both(self):
        """Half of each word, both topics: the rarity 1; the expression 0.4856 x 0.7."""
        found = self.scores("zébulon mirliton", "zébulon mirliton", "zébulon mirliton")
        self.assertEqual(found, {"A": 1.34, "B": 1.34})

    def test_words_of_every_day_and_of_intention(self):
        for word, score in (("subvention", 1.35), ("femme", 0.55), ("habitant", 0.35)):
            with self.subTest(word):
                self.assertEqual(self.scores(word, word), {"A": score})

    def test_a_word_of_place(self):
        self.assertEqual(self.scores("devant le zébulon"), {"A": 0.35})
        self.assertEqual(self.scores("devant le mur, zébulon"), {"A": 1.0})

    def test_a_word_that_means_the_same(self):
        """“bac” is near to “poubelle”; still less so when a topic has “bac” itself."""
        self.assertEqual(self.scores("le bac", "poubelle"), {"A": 0.55})
        self.assertEqual(self.scores("le bac", "poubelle", "bac"), {"B": 1.0, "A": 0.35})

    def test_an_expression_that_means_the_same(self):
        """0.55 for “ordures”, as near to “poubelle”, and 0.7 for the whole."""
        found = self.scores("les ordures ménagères", "poubelle")
        self.assertEqual(found, {"A": 1.25})

    def test_a_word_repaired_by_its_sound(self):
        self.assertEqual(self.scores("lampadere", "lampadaire"), {"A": 0.9})

    def test_a_word_repaired_by_its_letters(self):
        """One slip: 0.7 of 0.8."""
        self.assertEqual(self.scores("zébubon"), {"A": 0.56})

    def test_two_spellings_that_sound_the_same_are_shown_by_the_first(self):
        (found,) = index(topic("A", "Alpha", "lampadaire, lampadaires")).rank("lampadere")
        self.assertIn("«\u00a0lampadaire\u00a0»", found.reasons[0])

    def test_forty_words_are_repaired_not_one_more(self):
        letters = string.ascii_lowercase
        strange = [f"qq{a}{b}xqj" for a in letters[:2] for b in letters[:20]]
        self.assertEqual(len(set(strange)), 40)
        lights = index(topic("A", "Alpha", "lampadaire"))
        self.assertEqual(codes(lights.rank(" ".join([*strange[:39], "lampadere"]))), ["A"])
        self.assertEqual(lights.rank(" ".join([*strange, "lampadere"])), [])

    def test_a_boost_of_one_is_no_reason(self):
        (found,) = index(ALPHA).rank("zébulon", boosts={"A": 1.0})
        self.assertEqual(len(found.reasons), 1)

    def test_a_term_of_weight_counts_by_it(self):
        heavy = replace(ALPHA, terms=(replace(ALPHA.terms[0], weight=0.5),))
        (found,) = index(heavy, topic("B", "Beta", "girafe")).rank("zébulon")
        # Lengths 1.3 and 1.8, 1.55 on average; rarity (ln(3 / 1) + 0.3) / 0.9931.
        self.assertAlmostEqual(found.score, 0.5 * 1.4083 / (0.8 + 0.2 * 1.3 / 1.55), delta=0.001)


class TestMembers(unittest.TestCase):
    def test_a_word_of_a_group_counts_as_a_word_of_every_day_and_never_more_than_one(self):
        weights = {"poubelle": 1.0, "subvention": 1.0, "mairie": 0.35, "femme": 0.55}
        for word, weight in weights.items():
            self.assertEqual(member_of(word).weight, weight, word)
        self.assertEqual(member_of("mairie de quartier").weight, 1.0)


class TestWords(unittest.TestCase):
    def test_words_of_one_letter_mean_nothing_those_of_two_do(self):
        self.assertEqual(words_as_written("Plan B, TP et VTT"), ["Plan", "TP", "VTT"])
        self.assertEqual([token.word for token in tokens("plan b du pv")], ["plan", "pv"])
        self.assertEqual(keywords("plan b du pv"), ("plan", "pv"))

    def test_letters_that_end_a_word(self):
        for word, wanted in {
            "eaux": "eau",
            "bijoux": "bijou",
            "manteaux": "manteau",
            "tuyaux": "tuyau",
            "lieux": "lieu",
            "locaux": "local",
            "taux": "taux",
            "egaux": "egaux",
            "ducs": "duc",
            "bus": "bus",
            "process": "process",
            "cassees": "casse",
            "fees": "fe",
            "fee": "fe",
            "jeter": "jeter",
            "2026": "2026",
        }.items():
            self.assertEqual(stem(word), wanted, word)

    def test_numbers_of_roads_and_shorthand(self):
        for text, wanted in {
            "P+R": "parking relais",
            "n°12": "numero 12",
            "R.D. 603": "rd",
            "D12": "rd",
            "D1": "d1",
            "RN 4": "route nationale",
            "n31": "route nationale",
            "R D 6a": "rd",
            "c est ici": "est ici",
        }.items():
            self.assertEqual(" ".join(split(text)), wanted, text)

    def test_place_of_words(self):
        """After a preposition, or a street and “de”, a word is a place: at most 0.35."""
        for text, where in {
            "devant le zébulon": {"zebulon"},
            "devant zébulon mirliton": {"zebulon"},
            "rue de zébulon": {"zebulon"},
            "rue zébulon": set(),
            "zébulon de mirliton": set(),
            "devant qui zébulon": set(),
        }.items():
            found = tokens(text)
            self.assertEqual({token.word for token in found if token.where}, where, text)
            self.assertTrue(all(t.weight == 0.35 for t in found if t.where), text)

    def test_the_heavier_of_two_places_counts(self):
        for text in ("devant le zébulon, un zébulon", "un zébulon devant le zébulon"):
            (found,) = tokens(text)
            self.assertEqual((found.weight, found.where), (1.0, False), text)

    def test_an_expression_of_small_words_is_rewritten_in_place(self):
        panne = ("panne", "est mort")
        found = words().rewrite("il est mort hier".split())
        self.assertEqual(found, [("il", "il"), panne, ("hier", "hier")])
        self.assertEqual(words().rewrite("est mort est mort".split()), [panne, panne])
        self.assertEqual(words().rewrite("il est".split()), [("il", "il"), ("est", "est")])


KNOWN = (
    "lampadaire lampadaires poubelle poubelles subvention trottoir trottoirs chaussee voirie"
    " gazon route routes rouler tableau tableaux plateau plantes planter collecte college"
    " mairie marche marteau panneau panneaux ecole ecoles eclairage elagage arbre arbres"
).split()
SLIPS = (
    "troittoir trotoir trottor trotttoir plntes palntes plantesx gazzn gazom routtes rotue"
    " colecte colletce eclairge eclairagge elagaje marteaux matreau panneeu tabeau tableaa"
    " plateeu subventoin subvantions voirri voirei mairye chausse arbrse arbers xrottoir"
    " rouleri ecolees planteres collectes collecter lampadaairs zzzzz"
).split()


def one_letter_away(word):
    """Each text that one letter added, dropped, changed or swapped makes of a word."""
    letters = string.ascii_lowercase
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        yield from (left + letter + right for letter in letters)
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in letters)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]


def nearest(word):
    """The repairs by comparing a word with each one known."""
    near, groups = set(one_letter_away(word)), {}
    for one in (word, *KNOWN):
        padded = "  " + one + " "
        groups[one] = {padded[place:][:3] for place in range(len(one) + 1)}
    found = []
    for other in KNOWN:
        if len(other) < 5:
            continue
        share = len(groups[word] & groups[other]) / len(groups[word] | groups[other])
        if other in near and other[0] == word[0]:
            share = max(share, 0.8)
        if share > 0.5:
            found.append((-share, other))
    found = sorted(found)[:2]
    return [
        (other, round(0.7 * -share, 6))
        for share, other in found
        if share - 1e-12 <= found[0][0] + 0.1
    ]


class TestNearest(unittest.TestCase):
    def test_one_slip_by_making_them_all(self):
        for left in SLIPS:
            near = set(one_letter_away(left))
            for right in KNOWN:
                self.assertEqual(one_slip(left, right), right in near, (left, right))
                self.assertEqual(one_slip(right, left), right in near, (right, left))

    def test_the_nearest_words_by_comparing_with_all(self):
        speller = Speller(KNOWN)
        for word in SLIPS:
            found = [(one.word, round(one.factor, 6)) for one in speller.repair(word)]
            if found and found[0][1] == 0.9:
                continue  # it sounds like a known word
            self.assertEqual(found, nearest(word), word)

    def test_of_words_as_near_two_are_taken_in_the_order_of_the_alphabet(self):
        speller = Speller([f"zouli{letter}" for letter in "kgfcba"])
        found = [(one.word, one.factor) for one in speller.repair("zouli")]
        self.assertEqual(found, [("zoulia", 0.7 * 0.8), ("zoulib", 0.7 * 0.8)])

    def test_words_that_sound_the_same_at_most_three(self):
        speller = Speller(["renne", "reine", "reines", "reinne", "gazon"])
        found = [(one.word, one.factor) for one in speller.repair("rene")]
        self.assertEqual(found, [("reine", 0.9), ("reines", 0.9), ("reinne", 0.9)])


if __name__ == "__main__":
    unittest.main()
