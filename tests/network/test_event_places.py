"""Places, quotas and the queue of an event."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventPlaces(EventCase):
    def test_beyond_the_places_one_waits_and_is_promoted_in_order(self):
        self.event.write({"seats_limited": True, "seats_max": 2})
        first, second, third, fourth = self._colleagues(4)
        outcomes = self._register(first, second, third, fourth)
        self.assertEqual(outcomes, ["registered", "registered", "waiting", "waiting"])
        self.assertEqual(self._registration(third).waiting_rank, 1)
        self.assertEqual(self._registration(fourth).waiting_rank, 2)
        self._registration(first)._withdraw()
        promoted = self._registration(third)
        self.assertEqual((promoted.state, promoted.is_waiting), ("open", False))
        self.assertEqual(self._registration(fourth).waiting_rank, 1)
        letter = self._letters(third.partner_id)[-1]
        self.assertIn("Une place est libre", letter.subject)
        self.assertEqual(letter.attachment_ids.mapped("name"), ["invitation.ics"])
        self.assertTrue(self._registration(first).excused)

    def test_a_place_that_frees_never_goes_past_those_who_wait(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        first, second, third = self._colleagues(3)
        self._register(first, second)
        self.event.seats_max = 2
        self.assertEqual(self._registration(second).state, "open")
        self.assertEqual(self._register(third), ["waiting"])
        self._registration(first).unlink()
        self.assertEqual(self._registration(third).state, "open")

    def test_who_leaves_the_queue_and_comes_back_goes_to_its_end(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        first, second, third = self._colleagues(3)
        self._register(first, second, third)
        self._registration(second)._withdraw()
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self.assertEqual(self._register(second), ["waiting"])
        self.env.invalidate_all()
        ranks = [self._registration(mandate).waiting_rank for mandate in (third, second)]
        self.assertEqual(ranks, [1, 2])
        self._registration(first)._withdraw()
        self.assertEqual(self._registration(third).state, "open")
        self.assertTrue(self._registration(second).is_waiting)

    def test_nobody_goes_past_those_who_wait_for_a_place_that_is_free(self):
        """The event was over when a place was given back, so nobody took it; then it is put off."""
        self.event.write({"seats_limited": True, "seats_max": 1})
        first, second, third = self._colleagues(3)
        self._register(first, second)
        with freeze_time(self.event.date_end + timedelta(hours=1)):
            self._registration(first)._withdraw()
        self.assertEqual(self.event._get_seats_left(), 1)
        self.assertEqual(self._register(third), ["waiting"])
        self.assertEqual(self._registration(second).waiting_rank, 1)

    def test_odoo_s_own_buttons_promote_too(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        first, second = self._colleagues(2)
        self._register(first, second)
        self._registration(first).action_cancel()
        self.assertEqual(self._registration(second).state, "open")

    def test_a_person_is_registered_once(self):
        (mandate,) = self._colleagues(1)
        self.assertEqual(self._register(mandate), ["registered"])
        self.assertEqual(self._register(mandate), ["already"])
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["event.registration"].create(
                {"event_id": self.event.id, "mandate_id": mandate.id}
            )

    def test_who_comes_back_after_an_excuse_has_one_line(self):
        (mandate,) = self._colleagues(1)
        self._register(mandate)
        self._registration(mandate)._withdraw()
        self.assertEqual(self._register(mandate), ["registered"])
        self.assertEqual(len(self._registration(mandate)), 1)
        self.assertFalse(self._registration(mandate).excused)

    def test_the_quota_of_a_commune(self):
        self.event.commune_quota = 2
        outcomes = self._register(*self._colleagues(3))
        self.assertEqual(outcomes, ["registered", "registered", "quota"])
        others = self._colleagues(1, self.commune_b)
        self.assertEqual(self._register(others), ["registered"])

    def test_who_waits_counts_in_the_quota(self):
        self.event.write({"commune_quota": 2, "seats_limited": True, "seats_max": 1})
        outcomes = [self._register(mandate)[0] for mandate in self._colleagues(3)]
        self.assertEqual(outcomes, ["registered", "waiting", "quota"])

    def test_an_ended_mandate_registers_nobody(self):
        self.assertEqual(self._register(self.mandate_ended), [])
        self.assertFalse(self._places())

    def test_over_or_called_off_nobody_registers_nor_is_promoted(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        first, second, third = self._colleagues(3)
        self._register(first, second)
        with freeze_time(self.event.date_end + timedelta(hours=1)):
            self.assertEqual(self._register(third), ["closed"])
            self._registration(first)._withdraw()
        self.assertTrue(self._registration(second).is_waiting)
        self.event.action_cancel_event()
        self.assertIn("annul", self._letters(second.partner_id)[-1].subject.lower())
        self.assertEqual(self._register(third), ["closed"])

    def test_half_days_are_proposed_from_the_dates(self):
        day = fields.Datetime.to_datetime("2026-12-01")
        event = self._event(
            half_day_ids=False,
            date_begin=day + timedelta(hours=8),
            date_end=day + timedelta(days=1, hours=11),
        )
        found = event.half_day_ids.mapped(
            lambda s: (s.date.day, s.period, s.hour_start, s.hour_end)
        )
        self.assertEqual(found, [(1, "am", 9, 12), (1, "pm", 14, 17), (2, "am", 9, 12)])
        self.assertEqual(event.training_hours, 9)

    def test_a_training_needs_an_accredited_body(self):
        with self.assertRaises(ValidationError):
            self._event(body_id=False)
        self.body.date_end = self.today
        with self.assertRaises(ValidationError):
            self._event()

    def test_reminders_once_each_and_only_to_those_in_office(self):
        stays, leaves = self._colleagues(2)
        self._register(stays, leaves)
        self.event.registration_ids.flush_recordset()
        start = self.event.date_begin
        before = {m: len(self._letters(m.partner_id)) for m in (stays, leaves)}
        leaves.date_end = self.today
        self.env.cr.execute(
            "UPDATE event_registration SET create_date = %s", (start - timedelta(days=9),)
        )
        self.event.registration_ids.invalidate_recordset()
        for days, count in ((8, 0), (7, 1), (6, 1), (1, 2), (1, 2)):
            moment = (start - timedelta(days=days)).replace(hour=5)
            with freeze_time(moment):
                self.env["event.event"]._cron_remind_registered()
            self.assertEqual(len(self._letters(stays.partner_id)) - before[stays], count, days)
        sent = {m: len(self._letters(m.partner_id)) - before[m] for m in (stays, leaves)}
        # freeze_time does not move CURRENT, which PostgreSQL reads: `leaves` left before.
        self.assertEqual(sent[stays], 2)
        self.assertIn("Rappel", self._letters(stays.partner_id)[-1].subject)

    def test_anyone_who_registers_within_the_week_is_reminded_of_the_day_before_alone(self):
        (late,) = self._colleagues(1)
        self._register(late)
        self.event.registration_ids.flush_recordset()
        start = self.event.date_begin
        self.env.cr.execute(
            "UPDATE event_registration SET create_date = %s", (start - timedelta(days=6),)
        )
        self.event.registration_ids.invalidate_recordset()
        before = len(self._letters(late.partner_id))
        for days, count in ((5, 0), (1, 1)):
            with freeze_time((start - timedelta(days=days)).replace(hour=5)):
                self.env["event.event"]._cron_remind_registered()
            self.assertEqual(len(self._letters(late.partner_id)) - before, count, days)
