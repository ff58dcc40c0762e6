"""French titles, agreed in gender and rank."""

from unittest import TestCase

from engine.opendata.functions import COMMUNITY, MUNICIPAL
from engine.opendata.titles import NAMES, ordinal, ranked, title

ORDINALS = {
    1: "premier",
    2: "deuxième",
    3: "troisième",
    4: "quatrième",
    5: "cinquième",
    6: "sixième",
    7: "septième",
    8: "huitième",
    9: "neuvième",
    10: "dixième",
    11: "onzième",
    12: "douzième",
    13: "treizième",
    14: "quatorzième",
    15: "quinzième",
    16: "seizième",
    17: "dix-septième",
    18: "dix-huitième",
    19: "dix-neuvième",
    20: "vingtième",
    21: "vingt et unième",
    22: "vingt-deuxième",
    30: "trentième",
    31: "trente et unième",
    44: "quarante-quatrième",
    55: "cinquante-cinquième",
    69: "soixante-neuvième",
    70: "soixante-dixième",
    71: "soixante et onzième",
    77: "soixante-dix-septième",
    80: "quatre-vingtième",
    81: "quatre-vingt-unième",
    90: "quatre-vingt-dixième",
    91: "quatre-vingt-onzième",
    99: "quatre-vingt-dix-neuvième",
}


class TestTitles(TestCase):
    def test_ordinals(self):
        for number, word in ORDINALS.items():
            with self.subTest(number):
                self.assertEqual(ordinal(number), word)
        self.assertEqual(ordinal(1, feminine=True), "première")
        self.assertEqual(ordinal(21, feminine=True), "vingt et unième")
        self.assertEqual(len({ordinal(number) for number in range(1, 100)}), 99)
        for number in (0, 100, -1):
            with self.assertRaises(ValueError):
                ordinal(number)

    def test_titles_agree_with_the_person_and_the_rank(self):
        cases = {
            ("mayor", 0, "mme"): "Maire",
            ("mayor", 0, "m"): "Maire",
            ("deputy_mayor", 1, "mme"): "Première adjointe au maire",
            ("deputy_mayor", 1, "m"): "Premier adjoint au maire",
            ("deputy_mayor", 2, "mme"): "Deuxième adjointe au maire",
            ("deputy_mayor", 21, "m"): "Vingt et unième adjoint au maire",
            ("deputy_mayor", 0, ""): "Adjoint au maire",
            ("vice_president", 1, "mme"): "Première vice-présidente",
            ("vice_president", 16, "m"): "Seizième vice-président",
            ("president", 0, "mme"): "Présidente",
            ("delegated_councillor", 0, "mme"): "Conseillère municipale déléguée",
            ("councillor", 0, "mme"): "Conseillère municipale",
            ("community_councillor", 0, "mme"): "Conseillère communautaire",
            ("delegated_mayor", 0, "mme"): "Maire déléguée",
            ("bureau_member", 0, "mme"): "Membre du bureau",
        }
        for (function, rank, civility), wanted in cases.items():
            with self.subTest(wanted):
                self.assertEqual(title(function, rank, civility), wanted)

    def test_short_and_metropolitan_titles(self):
        self.assertEqual(title("deputy_mayor", 1, "mme", short=True), "Première adjointe")
        self.assertEqual(title("councillor", civility="m", short=True), "Conseiller")
        found = title("community_councillor", civility="mme", kind="METRO")
        self.assertEqual(found, "Conseillère métropolitaine")

    def test_a_function_of_the_users_own(self):
        self.assertEqual(ranked("Rapporteure du budget", 1, True), "Première rapporteure du budget")
        self.assertEqual(ranked("Rapporteur", 0), "Rapporteur")
        self.assertEqual(ranked("Adjoint", 99), "Quatre-vingt-dix-neuvième adjoint")
        self.assertEqual(ranked("Adjoint", 100), "100e adjoint")
        self.assertEqual(ranked("", 3), "")

    def test_every_function_that_is_read_has_a_title(self):
        self.assertEqual(set(NAMES), MUNICIPAL | COMMUNITY)
