"""An officer makes the report of last year, introduces it, freezes it and downloads it."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestActivityReportTour(CommuneCase, HttpCase):
    def test_the_report_of_a_year_is_frozen(self):
        without_missing_asset(self.env)
        self.officer.password = "test_officer"
        self.start_tour(
            "/odoo/activity-reports", "commune_relations.activity_report", login="test_officer"
        )
        report = self.env["commune.activity.report"].search([])
        last = self.env.company._get_today().year - 1
        self.assertEqual((report.state, report.date_end.year), ("frozen", last))
        self.assertIn("Une année près des communes.", report.introduction)
        self.assertEqual(report.frozen_by_id, self.officer)
