"""An agent on a phone, the commune on its portal, the coordinator in the office."""

from odoo.tests import HttpCase, tagged

from ..replacement.hours_case import HoursCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestReplacementHoursPhoneTour(HoursCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_week_from_the_agent_to_the_commune(self):
        mission = self._mission()
        self.start_tour(
            "/my/missions", "commune_relations.replacement_agent_week", login="test_nadia"
        )
        sheet = self.sheets.search([("mission_id", "=", mission.id)])
        self.assertEqual((sheet.state, sheet.hour_total), ("submitted", 7))
        self.start_tour(
            "/my/replacement-hours",
            "commune_relations.replacement_commune_signs",
            login="test_mayor_a",
        )
        self.assertEqual(sheet.state, "contested")
        self.assertEqual(sheet.line_ids.mapped("state"), ["validated", "contested"])
        self.assertEqual(sheet.line_ids[1].contest_reason, "Partie à 11 h")
        self.start_tour(
            "/my/missions", "commune_relations.replacement_agent_answers", login="test_nadia"
        )
        self.assertEqual(sheet.state, "submitted")
        self.start_tour(
            "/my/replacement-hours",
            "commune_relations.replacement_commune_decides_again",
            login="test_mayor_a",
        )
        self.assertEqual(sheet.line_ids.mapped("state"), ["validated", "validated"])


@tagged("post_install", "-at_install")
class TestReplacementStatementTour(HoursCase, HttpCase):
    def test_from_the_contested_week_to_the_statement(self):
        without_missing_asset(self.env)
        self.coordinator.password = "test_coordinator"
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        self.start_tour(
            "/odoo/replacement-today",
            "commune_relations.replacement_statement",
            login="test_coordinator",
        )
        statement = self.statements.search([("commune_id", "=", self.commune_a.id)])
        self.assertEqual((statement.state, statement.amount_total), ("issued", 100.9))
