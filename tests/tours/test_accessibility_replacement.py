"""axe-core on the pages of the replacement service: the commune, the agent, the links."""

from datetime import timedelta

from odoo.tests import tagged

from ..replacement.hours_case import HoursCase
from ..replacement.replacement_case import MONDAY
from .test_accessibility import PageCase


@tagged("post_install", "-at_install")
class TestReplacementAccessibility(PageCase, HoursCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        (cls.portal_a | cls.agent_user).write({"lang": "fr_FR"})
        cls.mission = cls._mission(cls)
        cls.sheet = cls._sheet(cls, cls.mission)
        later = {"date_start": "2027-03-01", "date_end": "2027-03-12"}
        cls.asked = cls._request(**later)
        cls.proposal = cls.asked._assign(cls.nadia, cls.asked.slot_ids)
        cls.proposal.action_send_agent()

    def test_the_pages_of_the_commune(self):
        self._look_at(
            [
                "/my",
                "/my/replacements",
                "/my/replacements/new",
                "/my/difficulties",
                "/my/difficulties/new",
                f"/my/replacements/{self.asked.id}",
                f"/my/replacements/{self.mission.request_id.id}",
                "/my/replacement-hours",
                f"/my/replacement-hours/{self.sheet.id}",
            ],
            login="test_mayor_a",
        )

    def test_the_pages_of_the_agent(self):
        week = MONDAY + timedelta(days=7)
        self._look_at(
            ["/my", "/my/missions", f"/my/missions/{self.mission.id}/hours/{week}"],
            login="test_nadia",
        )

    def test_the_page_behind_the_link_of_a_proposal(self):
        token = self.proposal.sudo().agent_token
        self._look_at(
            [f"/replacement-proposal/{token}"], dead=[f"/replacement-proposal/{token[::-1]}"]
        )

    def test_the_page_behind_the_link_of_an_evaluation(self):
        one = self.mission._ask_evaluations("end")[:1]
        token = one.sudo().token
        self._look_at(
            [f"/replacement-evaluation/{token}"], dead=[f"/replacement-evaluation/{token[::-1]}"]
        )
