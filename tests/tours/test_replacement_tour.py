"""A secretary on a phone asks for an agent; the coordinator finds one."""

from odoo.tests import HttpCase, tagged

from ..replacement.replacement_case import TODAY, ReplacementCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestReplacementPhoneTour(ReplacementCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_secretary_asks_for_an_agent(self):
        self.start_tour(
            "/my/replacements", "commune_relations.replacement_secretary", login="test_secretary_ab"
        )
        request = self.env["commune.replacement.request"].search([])
        self.assertEqual((request.state, request.slot_count), ("submitted", 10))
        self.assertEqual(request.post, "Comptable")
        self.assertEqual(request._get_week("other_"), {(2, "am")})
        self.assertEqual(request.flexibility, "surtout pas le jeudi")

    def test_the_same_as_last_time_in_three_taps(self):
        last = self._request()
        tour = "commune_relations.replacement_again"
        self.start_tour("/my", tour, login="test_mayor_a")
        new = self.env["commune.replacement.request"].search([], order="id desc", limit=1)
        self.assertNotEqual(new, last)
        self.assertEqual((new.state, new.post), ("submitted", last.post))
        self.assertEqual(new.slot_count, last.slot_count)
        self.assertGreater(new.date_start, TODAY)


@tagged("post_install", "-at_install")
class TestReplacementOfficeTour(ReplacementCase, HttpCase):
    def test_from_the_request_to_the_mission(self):
        without_missing_asset(self.env)
        self.coordinator.password = "test_coordinator"
        request = self._request(needs=(("CPT", "2"),))
        self.start_tour(
            f"/odoo/replacement-requests/{request.id}",
            "commune_relations.replacement_coordinator",
            login="test_coordinator",
        )
        mission = request.mission_ids
        self.assertEqual(mission.employee_id, self.nadia)
        self.assertEqual(request.state, "filled")
        self.assertEqual(mission.half_day_count, 4)
