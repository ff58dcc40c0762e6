"""A coordinator reads the indicators, then writes and freezes the report of the year."""

from datetime import date
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..replacement.replacement_case import ReplacementCase
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestReplacementReportTour(ReplacementCase, HttpCase):
    def setUp(self):
        super().setUp()
        without_missing_asset(self.env)
        self.coordinator.password = "test_coordinator"
        self._request().received_date = "2027-01-05 08:00:00"

    def _set_today(self, day):
        companies = self.env.registry["res.company"]
        self.startPatcher(patch.object(companies, "_get_today", lambda company: day))

    def test_a_figure_of_the_menu_opens_as_many_lines(self):
        self.coordinator.lang = "fr_FR"
        self._set_today(date(2027, 2, 1))
        self.start_tour(
            "/odoo/replacement-requests",
            "commune_relations.replacement_indicators",
            login="test_coordinator",
        )

    def test_the_report_of_a_year_is_frozen(self):
        self._set_today(date(2028, 1, 10))
        report = self.env["commune.replacement.report"].create({"year": 2027})
        self.start_tour(
            f"/odoo/replacement-reports/{report.id}",
            "commune_relations.replacement_year_report",
            login="test_coordinator",
        )
        self.assertEqual((report.state, report.foreword), ("frozen", "Une bonne année."))
