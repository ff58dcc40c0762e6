"""The amounts of the replacement service in the yearly statement of the services."""

from datetime import date

from odoo.tests import tagged

from .hours_case import HoursCase


@tagged("post_install", "-at_install")
class TestReplacementYear(HoursCase):
    def _issued(self):
        """Two half-days: 2 × 94.50 + 2 × 6.40 = 201.80 €."""
        sheet = self._sheet(self._mission())
        self._sign(sheet)
        statement = self._billed(sheet)
        statement.action_check()
        statement.with_user(self.coordinator).action_issue()
        return statement

    def test_the_statements_of_the_year_stand_there_with_their_numbers(self):
        statement = self._issued()
        commune = statement.commune_id
        before = commune._get_service_costs(2026)
        costs = commune._get_service_costs(2027)
        line = costs["lines"][-1]
        self.assertEqual((line["actual_due"], line["actual_withheld"]), (201.8, 0))
        self.assertEqual(line["used"], 2)
        self.assertIn(statement.name, line["period"])
        self.assertEqual(
            costs["actual_due"] - sum(one["actual_due"] for one in costs["lines"][:-1]), 201.8
        )
        self.assertNotIn(statement.name, str(before["lines"]))
        report = self.env["report.commune_relations.service_year"]
        values = report._get_report_values(commune.ids, {"year": 2027})
        self.assertFalse(line["by_unit_cost"])
        self.assertEqual([use["amount"] for use in values["used_lines"][-1]["uses"]], [201.8])

    def test_the_article_is_cited_when_the_convention_rests_on_l5211_4_1(self):
        statement = self._issued()
        basis = self.env.ref("commune_relations.legal_basis_l5211_4_1")
        # Signed: its basis is no longer written by a gesture.
        self.env.cr.execute(
            "UPDATE agreement SET legal_basis_id = %s WHERE id = %s",
            (basis.id, statement.agreement_id.id),
        )
        self.env.invalidate_all()
        line = statement.commune_id._get_service_costs(2027)["lines"][-1]
        self.assertTrue(line["by_unit_cost"])

    def test_what_was_cancelled_is_taken_away(self):
        statement = self._issued()
        opposite = self.statements.browse(statement.action_cancel_statement()["res_id"])
        opposite.action_check()
        opposite.action_issue()
        line = statement.commune_id._get_service_costs(2027)["lines"][-1]
        self.assertEqual((line["actual_due"], line["used"]), (0, 0))
        self.assertIn(opposite.name, line["period"])

    def test_a_draft_is_no_amount(self):
        sheet = self._sheet(self._mission(), date(2027, 1, 18))
        self._sign(sheet)
        statement = self._billed(sheet)
        costs = statement.commune_id._get_service_costs(2027)
        self.assertEqual(costs["actual_due"], 0)
