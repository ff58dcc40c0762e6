"""Registering many colleagues at once costs what registering a few does."""

from odoo.tests import tagged

from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventBatch(EventCase):
    def _cost(self, event, mandates):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        outcomes = self._register(*mandates, event=event)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, outcomes

    def _costs(self, *sizes, **values):
        costs = []
        for size in sizes:
            event = self._event(name=f"Réunion {size}", **values)
            mandates = self._colleagues(size)
            cost, outcomes = self._cost(event, mandates)
            self.assertEqual(len(outcomes), size)
            self.assertEqual(len(event.invitation_ids), size)
            for mandate in mandates:
                letter = self._letters(mandate.partner_id)
                token = self._registration(mandate, event).sudo().link_id.token
                self.assertIn(token, self._copy(letter))
            costs.append(cost)
        return costs

    def test_three_or_thirty_colleagues_cost_the_same(self):
        _warm, few, many = self._costs(2, 3, 30)
        self.assertLessEqual(abs(many - few), 2)

    def test_those_who_wait_cost_no_more(self):
        limits = {"seats_limited": True, "seats_max": 1, "commune_quota": 40}
        _warm, few, many = self._costs(2, 3, 30, **limits)
        self.assertLessEqual(abs(many - few), 2)

    def test_those_who_come_back_cost_no_more(self):
        costs = []
        for size in (2, 3, 30):
            event = self._event(name=f"Retour {size}")
            mandates = self._colleagues(size)
            self._register(*mandates, event=event)
            self._places(event)._withdraw()
            cost, outcomes = self._cost(event, mandates)
            self.assertEqual(outcomes, ["registered"] * size)
            self.assertEqual(len(self._places(event)), size)
            costs.append(cost)
        self.assertLessEqual(abs(costs[2] - costs[1]), 2)

    def test_each_outcome_in_one_go(self):
        self.event.write({"seats_limited": True, "seats_max": 3, "commune_quota": 3})
        one, two, three, four = self._colleagues(4)
        other, last = self._colleagues(2, self.commune_b)
        self._register(one)
        second_post = self._mandate(two.partner_id, self.commune_b, "deputy_mayor", rank=1)
        outcomes = self._register(one, two, second_post, three, four, other, last)
        self.assertEqual(
            outcomes,
            ["already", "registered", "already", "registered", "quota", "waiting", "waiting"],
        )
        ranks = [self._registration(mandate).waiting_rank for mandate in (other, last)]
        self.assertEqual(ranks, [1, 2])
