"""A manager chooses the teams of the organisation, on a screen and on a telephone."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .common import without_missing_asset


class TeamsTour(CommuneCase, HttpCase):
    def _choose(self):
        without_missing_asset(self.env)
        self.epci.write({"epci_kind": "CC", "population": 9000})
        self.start_tour("/odoo/commune-teams", "commune_relations.teams", login="test_manager")
        self.assertEqual(self.env.company.request_team_preset, "medium")
        names = self.env["helpdesk.ticket.team"].search([]).mapped("name")
        self.assertIn("Eau et assainissement", names)
        self.assertEqual(len(names), 7)


@tagged("post_install", "-at_install")
class TestTeamsTour(TeamsTour):
    browser_size = "1400x900"

    def test_the_manager_chooses_a_few_teams(self):
        self._choose()


@tagged("post_install", "-at_install")
class TestTeamsPhoneTour(TeamsTour):
    browser_size = "375x667"
    touch_enabled = True

    def test_the_same_on_a_telephone(self):
        self._choose()
