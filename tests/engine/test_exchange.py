"""Items that communes lend and look for: which names are equal, in a town hall's own words."""

from itertools import product
from unittest import TestCase

from engine.exchange import Market, Thing

TOGETHER = [
    ("Saleuse portée, libre du lundi au jeudi", "Saleuse pour trois semaines en janvier"),
    ("Tondeuse autoportée", "Cherche tondeuze"),
    ("Tables et bancs", "Bancs pour la kermesse"),
    ("Remorque porte-engins", "remorques"),
    ("Mini-pelle", "Minipelle 2,5 t"),
    ("Vidéoprojecteur", "video projecteur"),
    ("Échafaudage roulant", "Échaffaudage"),
    ("Groupe électrogène", "groupe electrogene 5kva"),
    ("Prêt de deux barnums", "Barnun"),
]
APART = [
    ("Broyeur de branches", "Tondeuse pour une semaine"),
    ("Barrières Vauban", "Chaises"),
    ("Tables pliantes", "Barnum"),
    ("Nacelle sur camion", "Camion benne"),
    ("Salle des fêtes", "Tables pour la fête"),
    ("Aide pour la paie", "Aide à la rédaction d’un marché"),
    ("Grilles d’exposition", "Panneaux d’exposition"),
    ("Broyeur de la commune", "Saleuse de la commune"),
    ("", "Tondeuse"),
]


def market(offer, need, **values):
    return Market(
        [Thing(1, "offer", 10, offer, **values), Thing(2, "need", 20, need, **values)],
    )


class TestExchange(TestCase):
    def test_the_same_thing_whatever_the_words_around_it(self):
        for offer, need in TOGETHER:
            with self.subTest(offer=offer, need=need):
                found = market(offer, need)
                self.assertEqual((found.suits(1), found.suits(2)), ([2], [1]))

    def test_the_same_family_is_not_the_same_thing(self):
        for offer, need in APART:
            with self.subTest(offer=offer, need=need):
                found = market(offer, need)
                self.assertEqual((found.suits(1), found.suits(2)), ([], []))

    def test_advice_goes_by_its_topic_too(self):
        self.assertEqual(market("Nos coûts", "Qui a essayé ?", topic=7).suits(1), [2])

    def test_what_is_found_from_one_side_is_found_from_the_other(self):
        """All at once, words typed wrong beside those that are right."""
        pairs = TOGETHER + APART
        offers = [Thing(n, "offer", n, pair[0]) for n, pair in enumerate(pairs, 1)]
        needs = [Thing(n, "need", n, pair[1]) for n, pair in enumerate(pairs, 101)]
        found = Market([*offers, *needs])
        for offer, need in product(offers, needs):
            there, back = need.id in found.suits(offer.id), offer.id in found.suits(need.id)
            self.assertEqual(there, back, (offer.name, need.name))

    def test_the_nearest_name_comes_first(self):
        things = [
            Thing(1, "need", 10, "Tondeuse autoportée pour le stade"),
            Thing(2, "offer", 20, "Tondeuse débroussailleuse"),
            Thing(3, "offer", 30, "Tondeuse autoportée"),
            Thing(4, "offer", 10, "Tondeuse autoportée"),
        ]
        self.assertEqual(Market(things).suits(1), [3, 2])
