"""A small communauté keeps requests and committees: its manager, then a mayor on a telephone."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..test_pillars import PILLARS
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestPillarsTour(CommuneCase, HttpCase):
    browser_size = "1920x1080"

    def test_the_manager_keeps_requests_and_committees(self):
        without_missing_asset(self.env)
        self.start_tour("/odoo/sessions", "commune_relations.pillars", login="test_manager")
        company = self.env.company
        self.assertEqual([p for p in PILLARS if company[f"uses_{p}"]], ["requests", "committees"])


@tagged("post_install", "-at_install")
class TestPillarsHomeTour(CommuneCase, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_mayor_sees_only_these(self):
        kept = ("requests", "committees")
        self.env.company.write({f"uses_{pillar}": pillar in kept for pillar in PILLARS})
        self.start_tour("/my", "commune_relations.pillars_home", login="test_mayor_a")
