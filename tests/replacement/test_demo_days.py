"""The demonstration holds whatever the month in which it is made."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.commune_relations.demo import Demo
from odoo.addons.commune_relations.demo.replacement import history

from ..common import CommuneCase

RANKS = {name: rank for rank, name in enumerate(("mon", "tue", "wed", "thu", "fri"))}


@tagged("post_install", "-at_install")
class TestDemoDays(CommuneCase):
    def test_each_request_of_the_past_has_a_day_of_work(self):
        """Ten years of first whole weeks, Easter Mondays and first days of May among them."""
        demo, company = Demo(self.env), self.env.company
        with patch.object(type(company), "_get_department_code", lambda *_args: "57"):
            working = company._get_working_days()
        holidays = 0
        with patch.object(type(company), "_get_working_days", lambda *_args: working):
            for month in range(120):
                first = date(2024 + month // 12, month % 12 + 1, 1)
                monday = first + timedelta(days=-first.weekday() % 7)
                holidays += not working.is_working(monday)
                for weeks in (history.DAYS, *(one[2] for one in history.HISTORY)):
                    week = demo._choose_week(weeks, month, monday)
                    days = {monday + timedelta(days=RANKS[one[:3]]) for one in week}
                    self.assertTrue(any(map(working.is_working, days)), (monday, week))
        self.assertGreater(holidays, 3)
