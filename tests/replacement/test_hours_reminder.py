"""A mission follows its money, and an agent is reminded once of the hours of a week."""

from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from .hours_case import HoursCase

SECOND = date(2027, 1, 18)


@tagged("post_install", "-at_install")
class TestMissionInvoiced(HoursCase):
    def _finish(self, mission):
        mission.checklist_ids.sudo().write({"is_done": True})
        mission.access_ids.sudo().write({"state": "closed"})
        mission._set({"state": "running"})
        mission.action_finish()

    def _bill(self, sheet):
        self._sign(sheet)
        statement = self._billed(sheet)
        statement.action_check()
        statement.action_issue()
        return statement

    def test_only_the_last_statement_makes_a_mission_invoiced(self):
        mission = self._mission()
        self._finish(mission)
        self._bill(self._sheet(mission))
        self.assertEqual(mission.state, "done")
        last = self._bill(self._sheet(mission, SECOND))
        self.assertEqual(mission.state, "invoiced")
        last.action_cancel_statement()
        opposite = self.statements.search([("cancels_id", "=", last.id)])
        self.assertEqual(mission.state, "invoiced")  # a draft cancels nothing
        opposite.action_check()
        opposite.action_issue()
        self.assertEqual(mission.state, "done")

    def test_a_mission_billed_before_its_end_is_invoiced_when_it_ends(self):
        mission = self._mission()
        self._bill(self._sheet(mission))
        self._bill(self._sheet(mission, SECOND))
        self.assertEqual(mission.state, "prepared")
        self._finish(mission)
        self.assertEqual(mission.state, "invoiced")

    def test_it_comes_back_to_the_step_that_it_left(self):
        mission = self._mission()
        self._finish(mission)
        mission._set({"state": "evaluated"})
        first = self._bill(self._sheet(mission))
        self._bill(self._sheet(mission, SECOND))
        self.assertEqual(mission.state, "invoiced")
        first.action_cancel_statement()
        opposite = self.statements.search([("cancels_id", "=", first.id)])
        opposite.action_check()
        opposite.action_issue()
        self.assertEqual(mission.state, "evaluated")

    def test_what_is_contested_is_not_the_last_word(self):
        mission = self._mission()
        self._finish(mission)
        self._bill(self._sheet(mission))
        sheet = self._sheet(mission, SECOND)
        self._sign(sheet, {1: "Partie à 11 h"})
        statement = self._billed(sheet)
        statement.action_check()
        statement.action_issue()
        self.assertEqual(mission.state, "done")


@tagged("post_install", "-at_install")
class TestHoursReminder(HoursCase):
    """Half-days of 11, 12, 18 and 19 January 2027; the weeks end on the 17th and the 24th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nadia.work_contact_id.email = "nadia@pool.example"

    def _run(self, day):
        before = self.env["mail.mail"].search([])
        today = patch.object(type(self.sheets), "_get_today", lambda self: day)
        with today:
            for _run in range(3):
                self.env["commune.replacement.mission"]._cron_remind_hours()
        return self.env["mail.mail"].search([]) - before

    def test_one_letter_three_days_after_the_week(self):
        self._mission()
        self.assertFalse(self._run(date(2027, 1, 20)))
        (mail,) = self._run(date(2027, 1, 21))
        self.assertEqual(mail.recipient_ids, self.nadia.work_contact_id)
        self.assertIn("Aubrive", mail.body_html)
        self.assertIn("11 janvier 2027", mail.body_html)
        self.assertNotIn("18 janvier 2027", mail.body_html)
        self.assertIn("/my/missions", mail.body_html)
        self.assertFalse(self._run(date(2027, 1, 25)))
        (later,) = self._run(date(2027, 1, 28))
        self.assertIn("18 janvier 2027", later.body_html)

    def test_hours_that_are_sent_are_not_recalled(self):
        mission = self._mission()
        self._sheet(mission)
        self.assertFalse(self._run(date(2027, 1, 22)))
        # Written, not sent: the agent has forgotten.
        self._sheet(mission, SECOND, submit=False)
        self.assertEqual(len(self._run(date(2027, 1, 28))), 1)

    def test_one_letter_for_two_communes(self):
        self._agree(self.commune_b)
        self._mission()
        self._mission(commune=self.commune_b, mon_am=False, tue_am=False, thu_am=True)
        (mail,) = self._run(date(2027, 1, 21))
        self.assertIn("Aubrive", mail.body_html)
        self.assertIn("Bellefontaine", mail.body_html)

    def test_the_organisation_chooses_the_days_or_none(self):
        self._mission()
        self.env.company.hours_reminder_days = 0
        self.assertFalse(self._run(date(2027, 1, 28)))
        self.env.company.hours_reminder_days = 10
        self.assertFalse(self._run(date(2027, 1, 27)))
        self.assertEqual(len(self._run(date(2027, 1, 28))), 1)

    def test_ten_times_the_agents_ask_no_more_queries_to_find_them(self):
        missions = self.env["commune.replacement.mission"]
        self.env.company.hours_reminder_days = 3

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = missions.search([])
            for mission in found:
                mission._get_weeks_to_remind(date(2027, 1, 25))
            return self.env.cr.sql_log_count - before

        self._mission()
        few = count()
        for number in range(9):
            agent = self._agent(f"Z{number}", f"Agent {number}", "C", "contractuel", {"ACC": 2})
            self._mission(agent)
        self.assertLessEqual(count(), few)
