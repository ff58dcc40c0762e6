"""A mayor, on a phone, opens the deliberation pack and reports the vote of the council."""

from datetime import timedelta

from odoo.tests import tagged

from ..services.pack_case import PackCase
from .common import SlowPhoneCase


@tagged("post_install", "-at_install")
class TestAgreementVoteTour(PackCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_mayor_reports_the_vote_of_the_council(self):
        dates = ("commune_transmission_date", "commune_publication_date")
        self.agreement.write(dict.fromkeys(dates, False))
        soon = self.today + timedelta(days=60)
        self.agreement.start_date = max(self.agreement.start_date, soon)
        self.agreement.action_send_pack()
        self.start_tour("/my", "commune_relations.agreement_vote", login="test_mayor_a")
        self.assertEqual(self.agreement.commune_deliberation_ref, "2026-42")
        self.assertEqual(self.agreement.commune_deliberation_date, self.today)
        self.assertIn(self.commune_a.name, self.agreement.activity_ids.summary)
