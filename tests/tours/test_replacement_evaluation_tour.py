"""The secretary evaluates an agent on a phone, by the link of the letter."""

from odoo.tests import tagged

from ..replacement.test_replacement_evaluation import EvaluationCase
from .common import SlowPhoneCase


@tagged("post_install", "-at_install")
class TestReplacementEvaluationTour(EvaluationCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_one_minute_on_a_phone(self):
        one = self._of(self._finished(), "commune")
        self.start_tour(
            f"/replacement-evaluation/{one.sudo().token}",
            "commune_relations.replacement_evaluation",
        )
        self.assertEqual((one.state, one.score_technical, one.again), ("answered", 4, "yes"))
        self.assertEqual(one.comment, "Merci à elle")
