"""Two thousand recipients: preparing them costs the same number of queries for each batch."""

from odoo.tests import tagged

from .test_mailing import QuietCase

BATCH = 50


@tagged("post_install", "-at_install")
class TestMany(QuietCase):
    def _crowd(self, size):
        people = self.env["res.partner"].create(
            [
                {"name": f"Foule {size} {n}", "email": f"foule{size}.{n}@mel.example"}
                for n in range(size)
            ]
        )
        self.env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": self.commune_a.id,
                    "function_id": self.functions["councillor"].id,
                    "delegation": f"Foule {size}",
                    "date_start": "2026-03-20",
                }
                for person in people
            ]
        )
        return self._audience("councillor", delegation_words=f"Foule {size}", name=f"F {size}")

    def _count(self, action, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = action(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def test_who_receives_is_found_in_a_constant_number_of_queries(self):
        costs = []
        for size in (5, 50, 500):
            letter = self._letter(self._crowd(size))
            cost, plan = self._count(letter._plan_recipients)
            self.assertEqual(len(plan), size)
            costs.append(cost)
        self.assertEqual(costs[1], costs[2])
        self.assertLess(costs[2], 25)

    def test_each_batch_costs_the_same(self):
        costs = {}
        for size in (10, BATCH, 500, 2000):
            letter = self._letter(self._crowd(size))
            self._approve(letter)
            letter.sudo().state = "sending"
            costs[size], _done = self._count(letter.sudo()._action_send_mail)
            self.assertEqual(len(self._traces(letter)), size)
        # A full batch costs what a small one does; ten cost no more than ten times one.
        self.assertLess(costs[BATCH], costs[10] + 5)
        self.assertLess(costs[500], 500 // BATCH * costs[BATCH])
        # From 500 to 2,000 each of the thirty batches more costs what the nine before did.
        before = (costs[500] - costs[BATCH]) / ((500 - BATCH) / BATCH)
        after = (costs[2000] - costs[500]) / ((2000 - 500) / BATCH)
        self.assertAlmostEqual(after, before, delta=1)
