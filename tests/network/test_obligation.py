"""Obligations: their dates, and one activity for each renewal."""

from datetime import date

from odoo.tests import freeze_time, tagged

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
