"""How an act names an intercommunality within a sentence."""

import unittest

from engine.postal.address import epci_in_full


class TestEpciInFull(unittest.TestCase):
    def test_each_kind_has_its_article_and_its_full_form(self):
        for name, wanted in {
            "CC du Pays de Pontchâteau": "la communauté de communes du Pays de Pontchâteau",
            "CA Portes de France": "la communauté d’agglomération Portes de France",
            "CU Le Creusot Montceau": "la communauté urbaine Le Creusot Montceau",
            "Communauté de communes des Rives": "la Communauté de communes des Rives",
            "Métropole de Lyon": "la Métropole de Lyon",
            "Eurométropole de Strasbourg": "l’Eurométropole de Strasbourg",
            "Metz Métropole": "Metz Métropole",
            "Toulouse Métropole": "Toulouse Métropole",
            "CCAS": "CCAS",
            "": "",
        }.items():
            self.assertEqual(epci_in_full(name), wanted, name)
