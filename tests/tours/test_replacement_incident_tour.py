"""The coordinator from a warning to a closed case; an agent who reports on a phone."""

from odoo.tests import HttpCase, freeze_time, tagged

from ..replacement.incident_case import IncidentCase
from ..replacement.test_replacement_evaluation import COMMUNE, EvaluationCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestReplacementIncidentTour(EvaluationCase, HttpCase):
    def test_from_the_warning_to_the_closed_case(self):
        without_missing_asset(self.env)
        self.coordinator.password = "test_coordinator"
        mission = self._finished()
        sheet = self._sheet(mission)
        self._sign(sheet, {1: "Partie à 11 h"})
        self._of(mission, "commune")._answer({**COMMUNE, "again": "no"})
        with freeze_time("2027-02-10 06:00:00"):
            self.env["commune.replacement.alert"]._cron_warn()
        self.start_tour(
            "/odoo/replacement-warnings",
            "commune_relations.replacement_incident",
            login="test_coordinator",
        )
        alert = self.env["commune.replacement.alert"].search([])
        case = alert.incident_id
        self.assertEqual(
            (alert.state, case.step, case.closing_result), ("case", "closed", "solved")
        )
        self.assertEqual(case.closing_note, "Tâches écrites à deux")


@tagged("post_install", "-at_install")
class TestReplacementReportTour(IncidentCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_an_agent_reports_on_a_phone(self):
        mission = self._mission()
        self.start_tour("/my/missions", "commune_relations.replacement_report", login="test_nadia")
        case = self.env["commune.replacement.incident"].search([("mission_id", "=", mission.id)])
        self.assertEqual((case.kind, case.source, case.step), ("task", "agent", "reported"))
        self.assertEqual(case.facts, "On me demande le ménage")
