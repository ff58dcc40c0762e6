"""Articles quoted, sizes of councils, names of assemblies."""

import unittest

from engine import law
from engine.law.council import members
from engine.text import collation, place_collation

NBSP = "\u00a0"


class TestCitation(unittest.TestCase):
    def test_every_way_of_writing_an_article_becomes_one(self):
        wanted = f"art.{NBSP}L.{NBSP}2121-20"
        for typed in ("L2121-20", "L.2121-20", "L. 2121-20", "L 2121-20", f"L.{NBSP}2121-20"):
            with self.subTest(typed):
                self.assertEqual(law.cite(f"art. {typed}"), wanted)
        self.assertEqual(law.cite(law.cite("art. R2122-10")), law.cite("art. R2122-10"))

    def test_a_law_alone_before_an_article_gets_its_abbreviation(self):
        wanted = f"(CGCT, art.{NBSP}L.{NBSP}2121-20)"
        for typed in ("(CGCT, L.2121-20)", "(CGCT L2121-20)", "(CGCT, art. L. 2121-20)"):
            self.assertEqual(law.cite(typed), wanted)
        kept = f"article L.{NBSP}2121-20 du CGCT"
        self.assertEqual(law.cite("article L. 2121-20 du CGCT"), kept)

    def test_what_is_not_an_article_stays(self):
        for text in ("D2026-0012", "[D2026-0012] Voirie", "/L2121-20", "BAL2121-20", "", "R12-1"):
            self.assertEqual(law.cite(text), text)

    def test_a_legal_basis_names_its_code(self):
        self.assertEqual(law.article("L5211-4-2"), f"CGCT, art.{NBSP}L.{NBSP}5211-4-2")
        self.assertEqual(
            law.article("CCP L2113-6"),
            f"code de la commande publique, art.{NBSP}L.{NBSP}2113-6",
        )
        self.assertEqual(law.article(""), "")


class TestCouncil(unittest.TestCase):
    def test_the_bands(self):
        """The limits of CGCT, art. L. 2121-2, on both sides."""
        for population, count in ((99, 7), (100, 11), (499, 11), (500, 15), (1499, 15), (1500, 19)):
            self.assertEqual(members(population), count)
        self.assertEqual([members(299_999), members(300_000)], [65, 69])

    def test_small_councils_are_complete_with_fewer(self):
        says = {count: law.legal_size(80).says(count) for count in (4, 5, 7, 8)}
        self.assertEqual(says, {4: "few", 5: "", 7: "", 8: "many"})
        self.assertEqual([law.legal_size(300).says(count) for count in (8, 9)], ["few", ""])
        self.assertEqual([law.legal_size(999).says(count) for count in (12, 13)], ["few", ""])
        self.assertEqual(law.legal_size(1000).says(13), "few")
        says = {count: law.legal_size(4000).says(count) for count in (26, 27, 28)}
        self.assertEqual(says, {26: "few", 27: "", 28: "many"})

    def test_not_known(self):
        self.assertIsNone(law.legal_size(0, "57463"))
        self.assertIsNone(law.legal_size(2_100_000, "75056"))


class TestAssembly(unittest.TestCase):
    def test_by_kind(self):
        forms = {
            kind: (law.council_name(kind), law.adjective(kind), law.adjective(kind, True))
            for kind in ("CC", "CU", "METRO", "MET69", "EPT", "")
        }
        community = ("conseil communautaire", "communautaire", "communautaire")
        metropole = ("conseil métropolitain", "métropolitain", "métropolitaine")
        self.assertEqual((forms["CC"], forms["CU"], forms[""]), (community,) * 3)
        self.assertEqual((forms["METRO"], forms["MET69"]), (metropole,) * 2)
        self.assertEqual(forms["EPT"], ("conseil de territoire", "territorial", "territoriale"))

    def test_titles(self):
        self.assertEqual(
            law.suit("Conseillers communautaires", "METRO"), "Conseillers métropolitains"
        )
        self.assertEqual(law.suit("Communautés", "METRO"), "Communautés")


class TestCollation(unittest.TestCase):
    def test_names_of_communes(self):
        names = ["Ars-sur-Moselle", "Augny", "Châtel-Saint-Germain", "Chesny", "Chieulles"]
        names += ["Cuvry", "Étain", "L’Hôpital", "Laquenexy", "La Maxe", "Œting", "Oron"]
        names += ["Saint-Avold", "Saint-Julien-lès-Metz", "Sainte-Ruffine", "Vany"]
        self.assertEqual(sorted(reversed(names), key=place_collation), names)
        self.assertEqual(sorted(["Le Goff", "Durand", "Martin"], key=collation)[1], "Le Goff")
