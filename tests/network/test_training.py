"""The annual table of trainings, on screen and in the workbook."""

import io
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestTraining(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.last_renewal_date = cls.today - timedelta(days=200)
        cls.event.cost = 900
        cls.woman, cls.man, cls.far = (
            *cls._colleagues(2, date_start=cls.today, delegation="Urbanisme"),
            *cls._colleagues(1, cls.commune_b),
        )
        cls.event._register_persons(cls.woman | cls.man | cls.far, cls.portal_a.partner_id)
        morning, afternoon = cls.event.half_day_ids.sorted()
        for mandate, slots in ((cls.woman, morning | afternoon), (cls.far, morning)):
            registration = cls.event.registration_ids.filtered(
                lambda r, mandate=mandate: r.mandate_id == mandate
            )
            for slot in slots:
                cls._attend(registration, slot)
        cls.year = morning.date.year

    def _table(self, **values):
        table = self.env["commune.training.table"].create({"year": self.year, **values})
        # The training is in ten days: the year is looked at once it is over.
        self.patch(type(table), "_get_day", lambda table: date(table.year, 12, 31))
        table.action_compute()
        return table

    def _line(self, table, commune):
        return table.line_ids.filtered(lambda line: line.commune_id == commune)

    def test_hours_days_cost_and_who_was_never_trained(self):
        table = self._table()
        a, b = self._line(table, self.commune_a), self._line(table, self.commune_b)
        self.assertEqual((a.trained_count, a.hours, a.days, a.cost), (1, 5.5, 1, 600))
        self.assertEqual((b.trained_count, b.hours, b.days, b.cost), (1, 2.5, 0.5, 300))
        # A: a mayor, a councillor and two more; the former deputy is out of office.
        self.assertEqual((a.official_count, a.never_count), (4, 3))
        self.assertEqual((a.obliged_count, a.obliged_met_count), (2, 1))
        self.assertEqual((a.max_days, a.over_count), (1, 0))
        never = self.env["res.partner"].search(a.action_open_never()["domain"])
        self.assertIn(self.man.partner_id, never)
        self.assertNotIn(self.woman.partner_id, never)
        self.assertEqual(len(never), a.never_count)

    def test_the_parts_of_a_cost_add_up_to_the_cent(self):
        afternoon = self.event.half_day_ids.sorted()[1]
        woman = self.event.registration_ids.filtered(lambda r: r.mandate_id == self.woman)
        woman.attendance_ids.filtered(lambda a: a.half_day_id == afternoon).unlink()
        self.event.cost = 100.01
        table = self._table()
        costs = [self._line(table, place).cost for place in (self.commune_a, self.commune_b)]
        self.assertEqual(sum(round(cost * 100) for cost in costs), 10001)

    def test_another_year_is_empty(self):
        table = self._table(year=self.year - 1)
        self.assertFalse(sum(table.line_ids.mapped("hours")))

    def test_beyond_the_leave(self):
        self.env["commune.legal.value"].search([]).value = 0.5
        self.assertEqual(self._line(self._table(), self.commune_a).over_count, 1)

    def test_the_whole_leave_and_no_more_is_not_beyond_it(self):
        """One day was used, one day is allowed."""
        self.env["commune.legal.value"].search([]).value = 1
        line = self._line(self._table(), self.commune_a)
        self.assertEqual((line.max_days, line.over_count), (1, 0))

    def test_the_leave_is_that_of_the_day(self):
        value = self.env["commune.legal.value"]._get_value
        self.assertEqual(value("training_days", date(2025, 12, 23)), 18)
        self.assertEqual(value("training_days", date(2025, 12, 24)), 24)
        self.assertEqual(value("training_days", date(2030, 1, 1)), 24)
        self.assertEqual(value("unknown", date(2030, 1, 1)), 0)

    def test_the_workbook_says_what_the_screen_says(self):
        table = self._table()
        report = self.env["report.commune_relations.training_table_xlsx"].with_user(self.reader)
        table = (
            self.env["commune.training.table"].with_user(self.reader).create({"year": self.year})
        )
        table.action_compute()
        content, kind = report.create_xlsx_report(table.ids, {})
        self.assertEqual(kind, "xlsx")
        sheet = load_workbook(io.BytesIO(content)).active
        names = ["official_count", "trained_count", "never_count", "hours", "days", "cost"]
        rows = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
        for line in table.line_ids:
            wanted = [line[name] for name in names]
            self.assertEqual(list(rows[line.commune_id.name][1:7]), wanted)
        self.assertIn("24", sheet["A1"].value)

    def test_a_referent_makes_no_table(self):
        with self.assertRaises(AccessError):
            self.env["commune.training.table"].with_user(self.referent).create({"year": 2026})
