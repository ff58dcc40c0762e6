"""When two sources report the same news, and when they do not."""

from datetime import date
from itertools import combinations
from pathlib import Path
from unittest import TestCase

from engine import feed
from engine.feed import Entry, Known, is_near, link_key, text_key

REAL = Path(__file__).parents[3] / "shared/data/feeds"
# Titles of one news by two sources, and titles that only look alike.
SAME = (
    ("Secrétaires de mairie : le décret est paru", "Secrétaires de mairie, le décret est paru"),
    ("Projet de loi de finances pour 2027", "Le projet de loi de finances pour 2027 présenté"),
    (
        "Budget : les communes pourront étaler leurs dépenses",
        "Les communes pourront étaler leur dépense : budget",
    ),
)
OTHERS = (
    ("Projet de loi de finances pour 2027", "Projet de loi de finances pour 2026"),
    (
        "Loi relative au statut de l'élu local",
        "Proposition de loi relative au statut de l'élu local",
    ),
    (
        "Concours de rédacteur du centre de gestion du Gard",
        "Concours de rédacteur du centre de gestion de l'Oise",
    ),
    (
        "Le Sénat adopte le texte sur les déchets ménagers",
        "Le Sénat rejette le texte sur les déchets ménagers",
    ),
    ("Réunion des maires", "Réunion des maires"),
    (
        "Le zéro artificialisation nette maintenu en l'état",
        "Le zéro artificialisation nette n'est pas maintenu en l'état",
    ),
)


class TestSameNews(TestCase):
    def test_near_titles(self):
        for one, other in SAME:
            self.assertTrue(is_near(one, other) and is_near(other, one), (one, other))
        for one, other in OTHERS:
            self.assertFalse(is_near(one, other) or is_near(other, one), (one, other))

    def test_no_two_texts_of_a_list_of_competitions_are_one(self):
        where = ("l'Hérault", "la Moselle", "la Réunion", "l'Aisne", "l'Ain", "Eure-et-Loir")
        lists = [
            {
                f"Arrêté du {day} janvier 2021 portant ouverture des concours de rédacteur"
                f" organisés par le centre de gestion de {place} (session 2021)"
                for place in where
                for day in (21, 28)
            }
        ]
        for path in REAL.glob("legifrance*.xml"):
            lists.append({one.title for one in feed.read(path.read_bytes()).entries})
        for titles in lists:
            for one, other in combinations(sorted(titles), 2):
                self.assertFalse(is_near(one, other), (one, other))

    def test_pages_are_one_whatever_the_spelling_of_their_address(self):
        for link in (
            "http://www.a.fr/x/?b=2&a=1",
            "https://A.fr:443/x?a=1&b=2&utm_campaign=rss#titre",
            "https://a.fr/x?xtor=RSS-4&a=1&b=2",
        ):
            self.assertEqual(link_key(link), "a.fr/x?a=1&b=2")
        self.assertNotEqual(link_key("https://a.fr/x?id=1"), link_key("https://a.fr/x?id=2"))
        for link in ("ftp://a.fr/x", "https://moi:secret@a.fr/x", "http://[::1", "", "/x"):
            self.assertEqual(link_key(link), "")

    def test_the_text_of_law_of_a_title(self):
        self.assertEqual(text_key("Décret n°2026-12 du 3 mars"), "decret 2026-12")
        self.assertEqual(text_key("L’ordonnance 2026-7"), "ordonnance 2026-7")
        self.assertEqual(text_key("Loi organique n° 2026-4"), "loi 2026-4")
        self.assertEqual(text_key("Rapport sur la loi n° 2026-4"), "")

    def test_a_source_never_reports_twice_the_same(self):
        known = Known()
        known.add(1, Entry("Loi n° 2026-12 sur l’eau", "https://a.fr/1", date(2026, 3, 1)), {"a"})
        again = Entry("Loi n° 2026-12 : le dossier", "https://a.fr/2", date(2026, 3, 2))
        self.assertIsNone(known.find(again, "a"))
        self.assertEqual(known.find(again, "b"), 1)
        self.assertEqual(known.find(Entry("Autre", "http://a.fr/1?utm_source=x"), "a"), 1)

    def test_months_later_it_is_other_news(self):
        known = Known()
        known.add(1, Entry("Loi n° 2026-12 sur l’eau", "https://a.fr/1", date(2026, 3, 1)), {"a"})
        later = Entry("Loi n° 2026-12 : un an après", "https://b.fr/2", date(2027, 3, 1))
        self.assertIsNone(known.find(later, "b"))
        title = "Les communes pourront étaler leurs dépenses"
        known.add(2, Entry(title, "https://a.fr/3", date(2026, 3, 1)), {"a"})
        for day, expected in ((10, 2), (12, None)):
            found = known.find(Entry(title, "https://b.fr/4", date(2026, 3, day)), "b")
            self.assertEqual(found, expected)
