"""A day billed by pieces: whatever the statements and their order, it owes one bill of the day."""

from datetime import date

from odoo.tests import tagged

from .hours_case import HoursCase
from .replacement_case import MONDAY

JANUARY = (date(2027, 1, 1), date(2027, 1, 31))


@tagged("post_install", "-at_install")
class TestStatementDays(HoursCase):
    """Half-day 110 €, at least 150 € a day, travel 12 € a day: a whole day is 232 €, half a day
    162 €."""

    def setUp(self):
        super().setUp()
        self.tariff.write(
            {
                "unit": "half_day",
                "amount": 110,
                "minimum": 150,
                "travel": "flat",
                "travel_amount": 12,
            }
        )
        self.sheet = self._sheet(
            self._mission(tue_am=False, mon_pm=True, date_end=MONDAY), submit=True
        )

    def _prepare(self):
        return self.statements._prepare_statements(*JANUARY)

    def _issue(self, statement):
        statement.action_check()
        statement.action_issue()
        return statement

    def _cancel(self, statement):
        opposite = self.statements.browse(statement.action_cancel_statement()["res_id"])
        return self._issue(opposite)

    def _morning_then_afternoon(self):
        """The afternoon is contested, corrected and billed later."""
        self._sign(self.sheet, {1: "Parti à 16 h"})
        first = self._issue(self._billed(self.sheet))
        afternoon = self.sheet.line_ids.filtered(lambda line: line.half_day == "pm")
        afternoon.hour_end = 16
        self._sign(self.sheet)
        return first, self._issue(self._billed(self.sheet))

    def _total(self):
        issued = self.statements.search([("state", "=", "issued")])
        return issued.line_ids._add_up("amount")

    def test_a_half_day_contested_then_billed_gives_the_minimum_back(self):
        first, second = self._morning_then_afternoon()
        self.assertEqual(first.line_ids.mapped("minimum_amount"), [40])
        self.assertEqual(first.amount_total, 162)
        self.assertEqual(second.line_ids.mapped("minimum_amount"), [-40])
        self.assertEqual((second.amount_total, self._total()), (70, 232))
        self.assertFalse(self._prepare())

    def test_the_morning_is_cancelled_and_billed_again(self):
        first, _second = self._morning_then_afternoon()
        self._cancel(first)
        again = self._issue(self._prepare())
        self.assertEqual(again.line_ids.mapped("kind"), ["work"])
        self.assertEqual((again.amount_total, self._total()), (162, 232))

    def test_the_morning_is_cancelled_and_never_billed_again(self):
        """162 − 162 + 70: the afternoon alone owes 162 €, so 92 € are left to balance."""
        first, second = self._morning_then_afternoon()
        self.sheet.line_ids.filtered(lambda line: line.half_day == "am").state = "contested"
        self._cancel(first)
        rest = self._prepare()
        self.assertEqual(rest.line_ids.mapped("kind"), ["balance"])
        self.assertEqual((rest.amount_total, rest.half_day_total), (92, 0))
        self.assertFalse(self._prepare())
        rest.action_refresh()
        self._issue(rest)
        self.assertEqual(self._total(), 162)
        # The afternoon too: what was balanced comes back.
        self.sheet.line_ids.state = "contested"
        self._cancel(second)
        last = self._issue(self._prepare())
        self.assertEqual((last.amount_total, self._total()), (-92, 0))
        self.assertFalse(self._prepare())

    def test_a_cancellation_that_is_not_issued_changes_nothing(self):
        first, _second = self._morning_then_afternoon()
        first.action_cancel_statement()
        self.assertFalse(self._prepare())

    def test_a_draft_that_is_dropped_is_balanced(self):
        self._sign(self.sheet, {1: "Parti à 16 h"})
        draft = self._billed(self.sheet)
        afternoon = self.sheet.line_ids.filtered(lambda line: line.half_day == "pm")
        afternoon.hour_end = 16
        self._sign(self.sheet)
        self._issue(self._billed(self.sheet))
        draft.unlink()
        self._issue(self._prepare())
        self.assertEqual(self._total(), 232)
