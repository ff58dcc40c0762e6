"""Who is where, half-day by half-day: the axis says its days and months in French."""

from odoo.tests import HttpCase, tagged

from ..replacement.replacement_case import ReplacementCase
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestTimelineWordsTour(ReplacementCase, HttpCase):
    def test_days_and_months_in_french(self):
        without_missing_asset(self.env)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.coordinator.write({"password": "test_coordinator", "lang": "fr_FR"})
        self._request(needs=(("CPT", "2"),))
        self.start_tour(
            "/odoo/replacement-timeline-agent",
            "commune_relations.timeline_words",
            login="test_coordinator",
        )
