"""The dashboard of the management in a browser, on a desk and on a telephone."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .common import without_missing_asset


class SteeringTour(CommuneCase, HttpCase):
    """Three requests of Aubrive; Bellefontaine, of less than 1,000 inhabitants, asked nothing."""

    def setUp(self):
        super().setUp()
        without_missing_asset(self.env)
        self.env.company.epci_id = self.epci
        self.reader.password = "test_reader"
        self.reader.lang = "fr_FR"
        self.env["helpdesk.ticket"].create(
            [
                {"name": name, "description": "Essai", "commune_id": self.commune_a.id}
                for name in ("Trou", "Fuite", "Arbre")
            ]
        )


@tagged("post_install", "-at_install")
class TestSteeringTour(SteeringTour):
    def test_from_a_figure_to_its_list(self):
        self.start_tour("/odoo/steering", "commune_relations.steering_board", login="test_reader")


@tagged("post_install", "-at_install")
class TestSteeringTourOnAPhone(SteeringTour):
    browser_size = "375x812"
    touch_enabled = True

    def test_from_a_figure_to_its_list(self):
        self.start_tour(
            "/odoo/steering", "commune_relations.steering_board_phone", login="test_reader"
        )
