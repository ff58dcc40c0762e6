"""Obligations: their dates, and one activity for each renewal."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestObligation(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.last_renewal_date = date(2026, 3, 15)
        cls.pact = cls.env.ref("commune_relations.obligation_governance_pact")
        cls.tools = cls.env.ref("commune_relations.obligation_training_tools")
        cls.training = cls.env.ref("commune_relations.obligation_training_deliberation")

    def test_dates_follow_the_renewal(self):
        self.assertEqual(self.training.date_due, date(2026, 6, 15))
        self.assertEqual(self.tools.date_due, date(2026, 9, 15))
        self.assertEqual(self.pact.date_due, date(2026, 12, 15))
        self.env.company.last_renewal_date = date(2032, 3, 14)
        self.pact.invalidate_recordset()
        self.assertEqual(self.pact.date_due, date(2032, 12, 14))

    def _state(self, day):
        with freeze_time(day):
            self.pact.invalidate_recordset(["state"])
            return self.pact.state

    def test_states(self):
        self.assertEqual(self._state("2026-11-14"), "coming")
        self.assertEqual(self._state("2026-11-15"), "soon")
        self.assertEqual(self._state("2026-12-15"), "soon")
        self.assertEqual(self._state("2026-12-16"), "late")
        self.pact.done_date = "2026-12-01"
        self.assertEqual(self._state("2026-12-16"), "done")
        self.pact.done_date = "2020-12-01"
        self.assertEqual(self._state("2026-12-16"), "late")

    def test_one_activity_thirty_days_before_and_no_more(self):
        (self.training | self.tools).done_date = date(2026, 5, 1)
        for day, count in (("2026-11-14", 0), ("2026-11-15", 1), ("2026-11-16", 1)):
            with freeze_time(day):
                self.env.invalidate_all()
                self.env["commune.obligation"]._cron_remind()
            self.assertEqual(len(self.pact.activity_ids), count, day)
        self.assertEqual(self.pact.activity_ids.date_deadline, date(2026, 12, 15))
        self.assertFalse(self.tools.activity_ids)
        self.pact.with_user(self.officer).action_done()
        self.assertFalse(self.pact.activity_ids)
        with freeze_time("2026-11-17"):
            self.env["commune.obligation"]._cron_remind()
        self.assertFalse(self.pact.activity_ids)

    def _line(self, **values):
        return self.env["commune.obligation"].create({"name": "Essai", "source": "x", **values})

    def test_what_comes_each_year_is_due_again_once_done(self):
        with freeze_time("2026-09-10"):
            report = self._line(trigger="yearly", yearly_month=9, yearly_day=30)
            report.sudo()._write({"create_date": "2026-09-10 08:00:00"})
            self.env.invalidate_all()
            self.env.add_to_compute(report._fields["date_due"], report)
            self.assertEqual((report.date_due, report.state), (date(2026, 9, 30), "soon"))
        with freeze_time("2026-10-05"):
            self.env.invalidate_all()
            self.assertEqual(report.state, "late")
            report.action_done()
            self.assertEqual((report.date_due, report.state), (date(2027, 9, 30), "coming"))
            self.assertEqual(report.done_date, date(2026, 10, 5))
            report.action_undo()
            self.assertEqual((report.date_due, report.done_date), (date(2026, 9, 30), False))

    def test_an_event_that_has_not_happened_asks_for_nothing(self):
        clect = self.env.ref("commune_relations.obligation_clect_report")
        self.assertFalse(clect.date_due)
        clect.event_date = date(2026, 7, 1)
        self.assertEqual(clect.date_due, date(2027, 4, 1))
        clect.done_date = date(2026, 6, 30)
        self.assertNotEqual(clect.state, "done")
        clect.done_date = date(2026, 7, 2)
        self.assertEqual(clect.state, "done")

    def test_three_runs_recall_once_and_a_reason_recalls_nothing(self):
        obligations = self.env["commune.obligation"]
        self.pact.aside_reason = "Le conseil n’a pas voulu de pacte"
        with freeze_time("2026-12-01"):
            for _run in range(3):
                self.env.invalidate_all()
                obligations._cron_remind()
            self.assertEqual(self.pact.state, "aside")
            self.assertFalse(self.pact.activity_ids)
            late = obligations.search([("date_due", "<", "2026-12-01")]) - self.pact
            self.assertTrue(late)
            for line in late.filtered(lambda one: one.state == "late"):
                self.assertEqual(len(line.activity_ids), 1, line.name)

    def test_each_commune_sees_those_of_its_population(self):
        rules = self.env.ref("commune_relations.obligation_council_rules")
        pay = self.env.ref("commune_relations.obligation_council_pay")
        managed = self.env.ref("commune_relations.obligation_epci_pay")
        found = {
            place: self.env["commune.obligation"]._get_for(place) & (rules | pay | managed)
            for place in (self.commune_a, self.commune_b, self.epci)
        }
        self.assertEqual(found[self.commune_a], rules | pay)  # 4,200 inhabitants
        self.assertEqual(found[self.commune_b], pay)  # 640
        self.assertEqual(found[self.epci], managed)
        self.commune_b.population = 1000
        self.assertIn(rules, self.env["commune.obligation"]._get_for(self.commune_b))

    def test_the_nearest_comes_first(self):
        self.tools.done_date = date(2026, 9, 1)
        self.training.aside_reason = "Fait par le centre de gestion"
        found = self.env["commune.obligation"].search([("date_due", "!=", False)])
        settled = self.tools | self.training
        self.assertEqual(found[-2:], self.training | self.tools)
        dates = (found - settled).mapped("date_due")
        self.assertEqual(dates, sorted(dates))
        self.env.company.last_renewal_date = date(2032, 3, 14)
        self.assertFalse(self.tools.is_settled)

    def test_a_day_that_no_year_has_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._line(trigger="yearly", yearly_month=13, yearly_day=1)

    def test_the_secretary_of_2028(self):
        both = self.commune_a | self.commune_b
        self.assertEqual(both.mapped("secretary_status"), ["unknown", "unknown"])
        self.assertEqual(both.mapped("secretary_category_needed"), ["A", "B"])
        (self.mandate_both_a | self.mandate_both_b).category = "B"
        both.invalidate_recordset()
        self.assertEqual(both.mapped("secretary_status"), ["below", "fits"])
        action = self.env.ref("commune_relations.commune_secretary_action")
        domain = [*safe_eval(action.domain), ("id", "in", both.ids)]
        self.assertEqual(self.env["res.partner"].search(domain), self.commune_a)
        self.mandate_both_a.category = "A"
        both.invalidate_recordset()
        self.assertFalse(self.env["res.partner"].search(domain))
