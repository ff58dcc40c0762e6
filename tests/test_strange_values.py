"""What no screen sends to the day page, the search, the dashboard or the card: a sentence, or
nothing; never a fault of the server, never another record."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_access_matrix import AccessRecords

NUMBERS = ("x", None, False, True, [1], {}, 2**40, -1, 1.5, "\x00", "١")
CODES = (["promise"], {}, None, 5, "unlink", "\x00")


@tagged("post_install", "-at_install")
class TestStrangeValues(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.day = cls.env["commune.my.day"].with_user(cls.officer)

    def test_the_day_page_finds_no_line(self):
        promise = self.records["commitment_of_the_officer"]
        for action in ("act", "undo", "open_line"):
            for number in NUMBERS:
                self.assertIn("refusal", getattr(self.day, action)("promise", number))
            for code in CODES:
                self.assertIn("refusal", getattr(self.day, action)(code, promise.id))
        for value in (*NUMBERS, "+5d", "2026-13-45"):
            with self.assertRaises(UserError):
                self.day.snooze("promise", promise.id, value)
            with self.assertRaises(UserError):
                self.day.hand_over("promise", promise.id, value)
        for code in CODES:
            self.assertEqual(self.day.get_colleagues(code), [])
            with self.assertRaises(UserError):
                self.day.open_list(code, "late")
        self.assertEqual((promise.state, promise.user_id), ("open", self.officer))

    def test_a_line_that_is_none_brings_no_other_back(self):
        promise = self.records["commitment_of_the_officer"]
        self.day.snooze("promise", promise.id, "tomorrow")
        for code, number in (("promise", "x"), ("promise", None), (["promise"], promise.id)):
            self.day.unsnooze(code, number)
        kept = self.env["commune.my.day.snooze"].search([("user_id", "=", self.officer.id)])
        self.assertEqual(kept.res_id, promise.id)

    def test_the_search_and_the_card_open_nothing(self):
        search = self.env["commune.search"].with_user(self.officer)
        for number in NUMBERS:
            with self.assertRaises(UserError), self.cr.savepoint():
                search.open_found("commune", number)
            with self.assertRaises(UserError), self.cr.savepoint():
                self.env["commune.card"].with_user(self.officer).get_page(number)
        for code in CODES:
            with self.assertRaises(UserError):
                search.open_found(code, self.commune_a.id)

    def test_the_dashboard_understands_or_refuses(self):
        steering = self.env["commune.steering"].with_user(self.reader)
        for wrong in (
            {"period": "free", "start": "0001-01-01", "end": "0001-02-01"},
            {"period": "free", "start": "9999-12-01", "end": "9999-12-31"},
            {"period": "year", "day": "0001-05-05"},
            {"period": "year", "day": "9999-05-05"},
            {"period": ["year"]},
            {"band": ["small"]},
            {"sector": "1 OR 1=1"},
            {"sector": 2**70},
            {"step": 1e400},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                steering.get_board(wrong)
        for choices in ("year", [1], 5):
            self.assertEqual(steering.get_board(choices)["choices"]["period"], "twelve_months")

    def test_a_year_of_costs_that_is_none_is_this_one(self):
        lines = self.env["commune.service.subscription"].with_user(self.reader)
        lines = lines.browse(lines.search([], limit=1).ids)
        self.assertTrue(lines)
        forecast = lines.with_context(cost_year=self.today.year).year_forecast
        for year in ("x", [2026], 10**9, -4, {"a": 1}):
            lines.invalidate_recordset()
            self.assertEqual(lines.with_context(cost_year=str(year)).year_forecast, forecast)
