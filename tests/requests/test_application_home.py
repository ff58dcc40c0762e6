"""The first screen, and the requests on the sheet and the map of a commune."""

from odoo.tests import tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestApplicationHome(RequestCase):
    def _home(self, user):
        return self.env["res.partner"].with_user(user)._get_application_home_action()

    def test_everybody_begins_with_the_day(self):
        self.env.company.sudo().onboarding_dismissed = True
        for user in (self.reader, self.referent, self.officer, self.manager, self.coordinator):
            self.assertEqual(self._home(user)["tag"], "commune_relations.day")

    def test_a_database_without_communes_begins_with_onboarding(self):
        self.env["res.partner"].search([("is_commune", "=", True)]).write(
            {"is_commune": False, "insee_code": False}
        )
        self.assertEqual(self._home(self.manager)["res_model"], "commune.onboarding")

    def test_open_requests_are_counted_on_the_sheet_and_on_the_map(self):
        self._request()
        self._request()._move_to("answered")
        communes = (self.commune_a | self.commune_b).with_user(self.reader)
        self.assertEqual(communes.mapped("request_open_count"), [1, 0])
        measures = {
            measure.code: measure
            for measure in communes.env["commune.map"]._get_map_measures(communes)
        }
        self.assertEqual(
            measures["open_requests"].values, {self.commune_a.id: 1, self.commune_b.id: 0}
        )
        action = self.commune_a.action_open_requests()
        self.assertEqual(self.env["helpdesk.ticket"].search_count(action["domain"]), 2)
