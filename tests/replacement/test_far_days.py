"""A year mistyped by a commune: a sentence beside its field, never a fault, never seconds."""

from datetime import date, timedelta
from unittest.mock import patch

from lxml import html

from odoo import http
from odoo.tests import HttpCase, tagged

from ...models.replacement.request import asked_half_days
from .replacement_case import TODAY, ReplacementCase

FAR = ("9999-12-31", "2500-01-04", "2028-11-27")  # a day more than two years
NEAR = "2028-11-24"  # the last Friday within two years


@tagged("post_install", "-at_install")
class TestFarDays(ReplacementCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal_a.lang = "fr_FR"
        self.authenticate("test_mayor_a", "test_mayor_a")

    def _post(self, path, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data)

    def _file(self, **data):
        values = {"commune_id": self.commune_a.id, "post": "Secrétaire", "mon_am": "1", **data}
        return self._post("/my/replacements/new", **values)

    def _find(self):
        return self.env["commune.replacement.request"].search([])

    def _read_problems(self, page):
        """{field: sentence} of a form that is refused."""
        self.assertEqual(page.status_code, 422)
        problems = html.fromstring(page.content).xpath("//*[starts-with(@id, 'problem_')]")
        return {one.get("id").removeprefix("problem_"): one.text_content() for one in problems}

    def test_the_form_refuses_a_day_beyond_two_years(self):
        for far in FAR:
            for field, data in (
                ("date_start", {"date_start": far}),
                ("date_end", {"date_start": "2027-01-11", "date_end": far}),
                ("date_end", {"date_end": far, "date_0": "2027-01-11", "date_0_am": "1"}),
                ("dates", {"date_start": "2027-01-11", "date_0": far, "date_0_am": "1"}),
            ):
                with self.subTest(far=far, field=field, data=data):
                    problems = self._read_problems(self._file(**data))
                    self.assertEqual(list(problems), [field])
                    self.assertIn(far[:4], problems[field])
                    self.assertIn("2 ans", problems[field].replace("\xa0", " "))
        self.assertFalse(self._find())
        page = self._file(date_start="2028-11-20", date_end=NEAR)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._days(self._find().slot_ids), [("2028-11-20", "am")])

    def test_what_is_no_date_is_shown_and_not_taken_for_another(self):
        """A last day that cannot be read is not the first one."""
        for typed in ("12027-01-11", "31/12/2027"):
            for field, data in (
                ("date_start", {"date_start": typed}),
                ("date_end", {"date_start": "2027-01-11", "date_end": typed}),
                ("dates", {"date_start": "2027-01-11", "date_0": typed, "date_0_am": "1"}),
            ):
                with self.subTest(typed=typed, field=field):
                    problems = self._read_problems(self._file(**data))
                    self.assertEqual(list(problems), [field])
                    self.assertIn("31/12/2026", problems[field])
        for old in ("1899-12-31", "0026-12-01"):
            problems = self._read_problems(self._file(date_start=old))
            self.assertIn("trop ancien", problems["date_start"])
        self.assertFalse(self._find())

    def test_the_same_as_last_time_refuses_it_before_any_day_is_counted(self):
        last = self._request()
        path = f"/my/replacements/{last.id}/again"
        for field, start, end in (
            ("date_start", "9999-12-31", "9999-12-31"),
            ("date_start", "2500-01-04", "2500-01-04"),
            ("date_end", "2027-01-25", "9999-12-31"),
            ("date_end", "2027-01-25", "20270-01-26"),
        ):
            with self.subTest(start=start, end=end):
                with patch.object(asked_half_days, "half_days") as counted:
                    page = self._post(path, date_start=start, date_end=end, shown=f"{start} {end}")
                counted.assert_not_called()
                self.assertEqual(list(self._read_problems(page)), [field])
        self.assertEqual(self._find(), last)

    def test_a_request_that_lies_far_ahead_proposes_days_within_reach(self):
        """Noted by the service for ever, or for years to come."""
        for start, end in (("2027-01-11", "2036-01-11"), ("9999-12-20", "9999-12-31")):
            with self.subTest(end=end):
                last = self._request(date_start=start, date_end=end)
                first, until = last._propose_dates()
                self.assertGreater(first, TODAY)
                self.assertLessEqual(until, date(2028, 11, 26) + timedelta(weeks=5))
                page = self.url_open(f"/my/replacements/{last.id}/again")
                self.assertEqual(page.status_code, 200)

    def test_what_was_asked_for_long_is_proposed_up_to_the_last_day_that_is_taken(self):
        last = self._request(date_start="2027-01-11", date_end="2028-01-14")
        self.assertEqual(last._propose_dates(), (date(2028, 1, 17), date(2028, 11, 26)))
