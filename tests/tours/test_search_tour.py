"""The one search, with the keyboard at a desk and with a finger on a telephone."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .common import without_missing_asset


class SearchTour(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["helpdesk.ticket"].create(
            {
                "name": "Lampadaires éteints rue Haute",
                "description": "<p>Depuis lundi.</p>",
                "commune_id": cls.commune_a.id,
            }
        )


@tagged("post_install", "-at_install")
class TestSearchTour(SearchTour):
    browser_size = "1400x900"

    def test_an_address_without_application_has_our_menus(self):
        without_missing_asset(self.env)
        self.start_tour(
            "/odoo/communes", "commune_relations.search_by_address", login="test_officer"
        )

    def test_with_the_keyboard(self):
        without_missing_asset(self.env)
        self.start_tour("/odoo/sessions", "commune_relations.search_keyboard", login="test_officer")


@tagged("post_install", "-at_install")
class TestSearchPhoneTour(SearchTour):
    browser_size = "375x667"
    touch_enabled = True

    def test_with_the_box(self):
        without_missing_asset(self.env)
        self.start_tour("/odoo/sessions", "commune_relations.search_box", login="test_officer")
