"""A call, a hand-over, an answer validated by the lead and the management, in a browser."""

from odoo.tests import HttpCase, tagged

from ..requests.answer_case import AnswerCase
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestRequestOfficeTour(AnswerCase, HttpCase):
    def test_from_the_call_to_the_validated_answer(self):
        without_missing_asset(self.env)
        before = self.env["helpdesk.ticket"].search([])
        self._tour(
            "office_call", "action-commune_relations.commune_request_quick_action", "officer"
        )
        request = self.env["helpdesk.ticket"].search([]) - before
        self.assertEqual(request.transfer_count, 1)
        self.assertEqual(request.team_id, self.roads)
        self.assertTrue(request.is_sensitive)
        request.user_id = self.referent
        path = f"commune-requests/{request.id}"
        self._tour("office_answer", path, "referent")
        self.assertEqual(request.validation_step, "lead")
        self._tour("office_validate", path, "lead")
        self._tour("office_validate", path, "director")
        self.assertEqual(request.validation_step, "validated")
        self._tour("office_send", path, "referent")
        self.assertEqual(request.stage_kind, "answered")
        self.assertEqual(request.canned_answer_ids.name, "Étude en cours")

    def _tour(self, name, path, who):
        self.start_tour(f"/odoo/{path}", f"commune_relations.{name}", login=f"test_{who}")
