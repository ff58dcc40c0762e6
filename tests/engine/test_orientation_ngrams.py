"""The second opinion, worked out by hand, and what it may not do."""

import math
import unittest
from dataclasses import replace

from orientation_cases import codes, topic

from engine.orientation import Index
from engine.orientation.ngrams import NOBODY, Pieces, pieces_of

# Enough topics for it to speak, none of which shares a piece of word with another.
LETTERS = "abcdfghjklmnpqrstvwx"
MANY = [topic(letter.upper(), letter * 7, letter * 8) for letter in LETTERS]


class TestPieces(unittest.TestCase):
    def test_pieces_of_a_word_with_its_edges(self):
        found = pieces_of("Été, étés ou")
        self.assertEqual(dict(found), {" ete ": 1, " etes": 1, "etes ": 1})

    def test_the_nearest_counts_one_and_the_others_their_share(self):
        """Two topics among twenty-two hold the pieces of “zou” alone; the second has as many of
        another word: its share is 1 / √2 of the first, whose pieces are all those asked for."""
        first, second = topic("Y", "zou", "zou"), topic("Z", "zou zou", "zou zou zou kiy kiy kiy")
        found = Pieces([*MANY, first, second]).likeness("zou")
        self.assertEqual(set(found), {"Y", "Z"})
        self.assertEqual(found["Y"], 1.0)
        zou = (1 + math.log(7)) * math.log(23 / 2.5)
        kiy = (1 + math.log(3)) * math.log(23 / 1.5)
        self.assertAlmostEqual(found["Z"], zou / math.hypot(zou, kiy))

    def test_it_says_nothing_among_few_topics_nor_of_what_nobody_has(self):
        self.assertEqual(len(MANY), 20)
        self.assertEqual(Pieces(MANY[1:]).likeness("bbbbbbbb"), {})
        self.assertEqual(Pieces(MANY).likeness("bbbbbbbb"), {"B": 1.0})
        self.assertEqual(Pieces(MANY).likeness("zzzzzzzz"), {})

    def test_examples_speak_for_their_topic(self):
        """No keyword has “zébulon”; sentences of Z contain it."""
        example = replace(topic("Z", "Beta", "mirliton"), examples=("Où est le zébulon ?",))
        self.assertEqual(Pieces([*MANY, example]).likeness("des zébulons"), {"Z": 1.0})

    def test_what_is_of_no_topic_is_reported_beside_the_nearest_topic(self):
        """Three words as rare: Z has one of them alone, the strange sentence two, 2 / √2."""
        found = Pieces([*MANY, topic("Z", "zou", "zou")], ("mou nou",)).likeness("zou mou nou")
        self.assertEqual(found["Z"], 1.0)
        self.assertAlmostEqual(found[NOBODY], math.sqrt(2))


class TestSecondOpinion(unittest.TestCase):
    def test_it_distinguishes_near_topics_and_finds_none(self):
        """Both have “zébulon”; one speaks of “éclairage”, and “éclairagiste” is no keyword."""
        lights = topic("Y", "Alpha", "zébulon, éclairage")
        others = topic("Z", "Beta", "zébulon, mirliton")
        index = Index([*MANY, others, lights])
        self.assertEqual(codes(index.rank("zébulon")), ["Z", "Y"])
        self.assertEqual(codes(index.rank("zébulon éclairagistique")), ["Y", "Z"])
        self.assertEqual(codes(index.rank("clairagis")), [])

    def test_a_topic_loses_four_fifths_at_most(self):
        alike = topic("Y", "Alpha", "zébulon, girafe")
        other = topic("Z", "Alpha", "wapiti, girafe")
        index = Index([*MANY, alike, other])
        first, second = index.rank("zébulon zébulon girafe wapiti")
        self.assertGreater(second.score, first.score / 5)


if __name__ == "__main__":
    unittest.main()
