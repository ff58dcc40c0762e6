"""Words typed anyhow: accents, endings, slips, phone style, place and everyday words."""

import unittest

from engine.orientation.spelling import Repair, Speller, one_slip, sound
from engine.orientation.stem import stem
from engine.orientation.text import is_whole, split, stems, tokens, words_as_written
from engine.text import fold


def words_of(text):
    return [token.word for token in tokens(text)]


def weights_of(text):
    return {token.word: token.weight for token in tokens(text)}


class TestNormalising(unittest.TestCase):
    def test_accents_capitals_and_ligatures(self):
        self.assertEqual(fold("ÉLAGAGE Cœur à l’Œuvre"), "elagage coeur a l'oeuvre")

    def test_apostrophes_and_hyphens_part_words(self):
        self.assertEqual(split("l'arc-en-ciel d’Émile"), ["l", "arc", "en", "ciel", "d", "emile"])

    def test_dotted_acronym_is_one_word(self):
        self.assertEqual(split("la D.E.T.R. 2026"), ["la", "detr", "2026"])

    def test_number_of_a_road(self):
        self.assertEqual(split("sur la RD603"), ["sur", "la", "rd"])
        self.assertEqual(split("sur la D 603"), ["sur", "la", "rd"])

    def test_phone_style(self):
        self.assertEqual(
            words_of("slt bcp de pb avc le lampadaire svp"), ["probleme", "lampadaire"]
        )

    def test_politeness_says_nothing(self):
        self.assertEqual(words_of("Bonjour Madame, merci d'avance et bonne journée"), [])

    def test_small_words_that_matter_are_rewritten(self):
        self.assertEqual(words_of("le lampadaire ne marche plus"), ["lampadaire", "panne"])
        self.assertEqual(words_of("un marché public"), ["marche", "public"])

    def test_a_keyword_of_small_words_only_keeps_them(self):
        self.assertEqual(stems("pour qui"), ("pour", "qui"))

    def test_the_words_of_meaning_of_a_label_as_they_are_written(self):
        found = words_as_written("Entretien des Chaussées et de l’Eau, plan B")
        self.assertEqual(found, ["Entretien", "Chaussées", "Eau", "plan"])

    def test_a_keyword_that_loses_its_sense(self):
        self.assertFalse(is_whole("sans abri"))
        self.assertTrue(is_whole("l'éclairage"))


class TestStems(unittest.TestCase):
    def same(self, *forms):
        self.assertEqual(len({stem(form) for form in forms}), 1, [stem(form) for form in forms])

    def test_forms_of_a_word_come_together(self):
        self.same("ramasse", "ramasses", "ramassee", "ramassees")
        self.same("nid", "nids")
        self.same("panneau", "panneaux")
        self.same("tuyau", "tuyaux")
        self.same("local", "locaux")
        self.same("feu", "feux")
        self.same("bijou", "bijoux")

    def test_irregular_forms_are_written_out(self):
        self.assertEqual(words_of("des baux, des vitraux, une élue"), ["bail", "vitrail", "elu"])

    def test_words_that_are_not_the_same_stay_separate(self):
        for left, right in (
            ("pluie", "plui"),
            ("travail", "travaux"),
            ("arret", "arrete"),
            ("station", "stationnement"),
            ("sauce", "saucer"),
            ("regard", "regarder"),
            ("dechet", "dechetterie"),
        ):
            self.assertNotEqual(stem(left), stem(right), (left, right))

    def test_short_words_and_numbers_are_kept(self):
        self.assertEqual([stem("bus"), stem("2026"), stem("dia")], ["bus", "2026", "dia"])


class TestWeights(unittest.TestCase):
    def test_a_place_counts_less_than_a_subject(self):
        weights = weights_of("un trou devant l'école de la rue des lampadaires")
        self.assertEqual(weights["trou"], 1.0)
        self.assertLess(weights["ecole"], 0.5)
        self.assertLess(weights["lampadaires"], 0.5)

    def test_what_is_written_of_a_street_is_a_subject(self):
        self.assertEqual(weights_of("la rue barrée")["barree"], 1.0)

    def test_intention_counts_more_and_everyday_words_less(self):
        weights = weights_of("une subvention pour la commune")
        self.assertEqual((weights["subvention"], weights["commune"]), (1.35, 0.35))

    def test_a_stem_is_kept_once(self):
        self.assertEqual(words_of("poubelle, poubelles, POUBELLE"), ["poubelle"])


class TestSpelling(unittest.TestCase):
    speller = Speller(["lampadaire", "poubelle", "subvention", "gaz"])

    def test_a_word_that_sounds_the_same(self):
        self.assertEqual(sound("lampadere"), sound("lampadaire"))
        self.assertEqual(self.speller.repair("lampadere"), [Repair("lampadaire", 0.9)])

    def test_one_slip(self):
        self.assertTrue(one_slip("poubelle", "poubele"))
        self.assertTrue(one_slip("poubelle", "pouvelle"))
        self.assertTrue(one_slip("poubelle", "poubellle"))
        self.assertTrue(one_slip("poubelle", "puobelle"))
        # As long, and different from the first letter to the last.
        self.assertFalse(one_slip("route", "canal"))
        self.assertFalse(one_slip("poubelle", "pubele"))
        # The first letter and the last one.
        self.assertFalse(one_slip("gare", "bars"))

    def test_trigrams(self):
        # "  p", " po", "pou", "oub" and "le " of 9 + 9 - 5 groups; with the slip: 0.8 x 0.7.
        self.assertEqual(self.speller.repair("poubtlle"), [Repair("poubelle", 0.7 * 0.8)])

    def test_trigrams_alone(self):
        """“lampadairemo” is two slips away: it has 13 groups, “lampadaire” 11, 10 of them common:
        10 of 14; a repaired word keeps 0.7 of that."""
        self.assertEqual(self.speller.repair("lampadairemo"), [Repair("lampadaire", 0.7 * 10 / 14)])

    def test_nothing_near(self):
        self.assertEqual(self.speller.repair("girafe"), [])

    def test_four_letters_are_repaired_by_their_sound_alone(self):
        speller = Speller(["taxis", "gazon"])
        self.assertEqual(speller.repair("taxi"), [Repair("taxis", 0.9)])
        self.assertEqual(speller.repair("gazo"), [])

    def test_short_words_are_not_repaired(self):
        self.assertEqual(Speller(["taxes"]).repair("tax"), [])
        self.assertEqual(self.speller.repair("gas"), [])
        self.assertEqual(self.speller.repair("12345"), [])


if __name__ == "__main__":
    unittest.main()
