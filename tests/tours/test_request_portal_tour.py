"""A mayor on a phone: files a request with a photo, follows it, closes it."""

from odoo.tests import tagged

from ..requests.request_case import RequestCase
from .common import SlowPhoneCase


@tagged("post_install", "-at_install")
class TestRequestPortalTour(RequestCase, SlowPhoneCase):
    browser_size = "375x812"
    touch_enabled = True

    def test_from_the_question_to_the_opinion(self):
        self._tour("/my", "mayor_files_a_request")
        ticket = self.env["helpdesk.ticket"].search([], order="id desc", limit=1)
        self.assertEqual(ticket.name, "Nid de poule devant l'école")
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual(ticket.topic_id, self.road_topic)
        self.assertEqual(ticket.place, "12 rue de la Gare")
        self.assertEqual(ticket.commune_file_ids.mapped("name"), ["trou.jpg"])

        self._answer(ticket)
        self._tour(f"/my/requests/{ticket.id}", "mayor_reads_the_answer")
        self.assertEqual((ticket.stage_kind, ticket.reopen_count), ("in_progress", 1))

        self._answer(ticket)
        self._tour(f"/my/requests/{ticket.id}", "mayor_closes_and_rates")
        self.assertEqual(ticket.stage_kind, "closed")
        self.assertEqual(ticket.sudo().rating_ids.rating, 4)

    def _tour(self, url, name):
        self.start_tour(url, f"commune_relations.{name}", login=self.portal_a.login)
        self.env.invalidate_all()

    def _answer(self, ticket):
        ticket.answer_html = "<p>Le trou est rebouché.</p>"
        ticket.env["commune.request.answer"]._send_answer(ticket)
