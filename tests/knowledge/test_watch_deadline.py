"""Days of an item that was validated: obligations of the communes concerned, in the calendars."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .impact_case import ImpactCase


@tagged("post_install", "-at_install")
class TestDeadlines(ImpactCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.effect = cls.today + timedelta(days=40)
        cls.before = cls.today + timedelta(days=20)
        cls.law = cls._make_item(
            name="Règle des petites communes",
            date_effect=cls.effect,
            population_max=1000,
            deadline_ids=[
                Command.create({"date": cls.before, "name": "Délibérer"}),
                Command.create({"date": cls.today - timedelta(days=3), "name": "Trop tard"}),
            ],
        )

    def _validate(self):
        self.law.with_user(self.officer).action_analyse()
        self.law.with_user(self.manager).action_validate()

    def _live(self):
        return {(one.name, one.date_due) for one in self.law.sudo().obligation_ids}

    def _calendar(self, user):
        return user._get_calendar_content().decode().replace("\r\n ", "")

    def test_nothing_before_a_colleague_has_read_it(self):
        self.law.with_user(self.officer).action_analyse()
        self.assertFalse(self._live())

    def test_each_day_to_come_is_an_obligation(self):
        self._validate()
        wanted = {("Règle des petites communes", self.effect), ("Délibérer", self.before)}
        self.assertEqual(self._live(), wanted)
        found = self.env["commune.obligation"].sudo()._get_for(self.commune_b)
        self.assertLessEqual(self.law.obligation_ids, found)
        found = self.env["commune.obligation"].sudo()._get_for(self.commune_a)
        self.assertFalse(self.law.obligation_ids & found)

    def test_they_are_in_the_calendars(self):
        self._validate()
        lines = self._calendar(self.portal_b)
        self.assertIn("Délibérer", lines)
        self.assertIn(f"{self.before:%Y%m%d}", lines)
        self.assertNotIn("Délibérer", self._calendar(self.portal_a))
        self.assertIn("Délibérer", self._calendar(self.officer))
        # A law is not something to do before the day of its effect.
        titles = {one.name: one._get_calendar_title() for one in self.law.sudo().obligation_ids}
        self.assertEqual(titles["Délibérer"], "Before this day: Délibérer")
        self.assertEqual(
            titles["Règle des petites communes"], "Takes effect: Règle des petites communes"
        )

    def test_anyone_who_follows_the_item_is_reminded(self):
        self._validate()
        self.env["commune.obligation"]._cron_remind()
        reminded = self.law.obligation_ids.filtered("activity_ids")
        self.assertEqual(reminded.mapped("name"), ["Délibérer"])
        self.assertEqual(reminded.activity_ids.user_id, self.officer)

    def test_archived_or_taken_back_they_are_withdrawn(self):
        self._validate()
        self.env["commune.obligation"]._cron_remind()
        for action in ("action_put_away", "action_take_back"):
            with self.subTest(action):
                getattr(self.law.with_user(self.officer), action)()
                self.assertFalse(self._live())
        self.assertNotIn("Délibérer", self._calendar(self.portal_b))
        left = self.env["mail.activity"].search(
            [("res_model", "=", "commune.obligation"), ("summary", "=", "Délibérer")]
        )
        self.assertFalse(left)

    def test_a_day_corrected_is_read_again_then_moved(self):
        self._validate()
        later = self.before + timedelta(days=7)
        self.law.deadline_ids.filtered(lambda one: one.name == "Délibérer").date = later
        self.assertEqual(self.law.state, "analysed")
        self.assertFalse(self._live())
        self.law.with_user(self.manager).action_validate()
        self.assertIn(("Délibérer", later), self._live())
        self.assertEqual(len(self._live()), 2)

    def test_done_early_is_done(self):
        self._validate()
        one = self.law.obligation_ids.filtered(lambda line: line.name == "Délibérer")
        one.with_user(self.officer).action_done()
        self.assertEqual(one.state, "done")
        self.assertNotIn("Délibérer", self._calendar(self.portal_b))

    def test_what_was_distributed_is_taken_back_first(self):
        self._validate()
        self.law.with_user(self.officer).action_distribute()
        with self.assertRaises(UserError):
            self.law.deadline_ids[:1].with_user(self.officer).date = self.effect
