"""Meaning of names and functions."""

from unittest import TestCase

from engine.opendata.functions import parse_function
from engine.opendata.names import (
    clean_first_name,
    clean_last_name,
    compatible_first_names,
    name_key,
)


class TestNames(TestCase):
    def test_last_names_in_capitals(self):
        cases = {
            "martin": "MARTIN",
            "de La Tour": "DE LA TOUR",
            "  Le\u00a0 Goff ": "LE GOFF",
            "D’Angelo": "D'ANGELO",
            "Müller–Noël": "MÜLLER-NOËL",
            "be\u0301noît": "BÉNOÎT",
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(clean_last_name(text), wanted)

    def test_first_names_are_recased_only_when_they_have_no_case(self):
        cases = {
            "JEAN-PIERRE": "Jean-Pierre",
            "marie claude": "Marie Claude",
            "Marie de l'Assomption": "Marie de l'Assomption",
            "ÉLODIE": "Élodie",
            "N'GUESSAN": "N'Guessan",
            "ANNAÏC'K": "Annaïc'k",
            "MAÏ'A": "Maï'a",
            "DE'ANDRE": "De'Andre",
            "PAUL D'ARCY": "Paul D'Arcy",
            "Jean\u00a0 Luc": "Jean Luc",
            "J": "J",
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(clean_first_name(text), wanted)

    def test_names_are_compared_by_their_letters(self):
        for left, right in (
            ("DE LA TOUR", "de-la’Tour"),
            ("D'ANGELO", "D ANGELO"),
            ("STÉMART", "Stemart"),
            ("CŒUR", "COEUR"),
        ):
            with self.subTest(left):
                self.assertEqual(name_key(left), name_key(right))
        self.assertNotEqual(name_key("MULLER"), name_key("MILLER"))

    def test_more_first_names(self):
        self.assertTrue(compatible_first_names("Bruno", "Bruno Gérald"))
        self.assertTrue(compatible_first_names("Marc-Noël", "Marc"))
        self.assertFalse(compatible_first_names("Jean", "Jeanne"))
        self.assertFalse(compatible_first_names("Gérald", "Bruno Gérald"))
        self.assertFalse(compatible_first_names("", "Bruno"))


class TestFunctions(TestCase):
    def check(self, kind, cases):
        for label, wanted in cases.items():
            with self.subTest(label):
                self.assertEqual(parse_function(label, kind), (*wanted, True))

    def test_functions_of_a_commune(self):
        cases = {
            "": ("councillor", 0),
            "-": ("councillor", 0),
            "Maire": ("mayor", 0),
            "MAIRE": ("mayor", 0),
            "Maire de la commune": ("mayor", 0),
            "1er adjoint au Maire": ("deputy_mayor", 1),
            "1ère adjointe au maire": ("deputy_mayor", 1),
            "2ème adjoint au Maire": ("deputy_mayor", 2),
            "2e adjointe": ("deputy_mayor", 2),
            "12eme Adjoint au Maire": ("deputy_mayor", 12),
            "Premier adjoint": ("deputy_mayor", 1),
            "Seconde adjointe au maire": ("deputy_mayor", 2),
            "Second adjoint": ("deputy_mayor", 2),
            "Vingt et unième adjoint": ("deputy_mayor", 21),
            "Adjoint au maire": ("deputy_mayor", 0),
            "Adjointe n° 3": ("deputy_mayor", 3),
            "Maire-adjoint": ("deputy_mayor", 0),
            "Adjoint au maire délégué": ("deputy_mayor", 0),
            "Maire délégué": ("delegated_mayor", 0),
            "Maire déléguée de la commune associée": ("delegated_mayor", 0),
            "Maire d'arrondissement": ("arrondissement_mayor", 0),
            "Maire du 3ème arrondissement": ("arrondissement_mayor", 0),
            "Conseiller délégué": ("delegated_councillor", 0),
            "Conseillère municipale déléguée": ("delegated_councillor", 0),
            "Conseillère municipale": ("councillor", 0),
            "Conseiller": ("councillor", 0),
            "Conseiller d'arrondissement": ("councillor", 0),
            "Autre membre du conseil municipal": ("councillor", 0),
        }
        self.check("municipal", cases)

    def test_functions_of_an_intercommunality(self):
        cases = {
            "": ("community_councillor", 0),
            "Président du conseil communautaire": ("president", 0),
            "Présidente": ("president", 0),
            "1er Vice-président du conseil communautaire": ("vice_president", 1),
            "8eme Vice-président du conseil communautaire": ("vice_president", 8),
            "16ème vice-présidente": ("vice_president", 16),
            "Première vice-présidente": ("vice_president", 1),
            "Vice-président": ("vice_president", 0),
            "vice président": ("vice_president", 0),
            "Autre membre du bureau": ("bureau_member", 0),
            "Conseiller communautaire": ("community_councillor", 0),
            "Conseillère métropolitaine": ("community_councillor", 0),
            "12ème conseiller communautaire": ("community_councillor", 0),
        }
        self.check("community", cases)

    def test_every_row_of_a_file_of_mayors_is_a_mayor(self):
        self.assertEqual(parse_function("", "mayor"), ("mayor", 0, True))

    def test_an_unknown_function_is_that_of_a_plain_member(self):
        for label in ("Questeur", "Ancien maire", "Maire honoraire", "Président de groupe"):
            with self.subTest(label):
                self.assertEqual(parse_function(label, "municipal"), ("councillor", 0, False))
        for label in ("Maire", "Président de la commission", "Conseiller délégué", "Doyen"):
            with self.subTest(label):
                found = parse_function(label, "community")
                self.assertEqual(found, ("community_councillor", 0, False))
