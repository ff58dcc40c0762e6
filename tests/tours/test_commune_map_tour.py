"""The map of the communes in a browser: measure, legend, search, table, mouse and keyboard."""

from odoo.tests import HttpCase, tagged

from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestCommuneMapTour(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        without_missing_asset(cls.env)

    def test_from_the_map_to_a_commune(self):
        Partner = self.env["res.partner"]
        epci = Partner.create(
            {"name": "Metz Métropole", "is_company": True, "is_epci": True, "siren": "200039865"}
        )
        self.env.company.epci_id = epci
        communes = Partner.create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": code,
                    "population": population,
                    "population_year": 2023,
                    "epci_id": epci.id,
                }
                for name, code, population in [
                    ("Metz", "57463", 122_572),
                    ("Montigny-lès-Metz", "57480", 21_718),
                    ("Woippy", "57751", 14_967),
                ]
            ]
        )
        self.env["commune.mandate"].create(
            {
                "partner_id": Partner.create({"name": "Anne Aubry"}).id,
                "commune_id": communes[0].id,
                "function_id": self.env["commune.function"]._by_code()["mayor"].id,
            }
        )
        self.start_tour("/odoo/communes-map", "commune_relations.commune_map", login="admin")
