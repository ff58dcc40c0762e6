"""Before the day of the event nobody has attended it, by whatever button."""

from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventDay(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.mandate,) = cls._colleagues(1)
        cls.event._register_persons(cls.mandate, cls.portal_a.partner_id)
        cls.registration = cls.event.registration_ids
        cls.morning, cls.afternoon = cls.event.half_day_ids.sorted()

    def _assert_refused(self, action, *args):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            action(*args)

    def test_the_day_before_everything_is_refused(self):
        with freeze_time(self.event.date_begin - timedelta(days=1)):
            for action, args in (
                (self.registration._mark_attendance, (self.morning, "present")),
                (self.registration._mark_attendance, (self.morning, "absent")),
                (self.registration.action_set_done, ()),
                (self.registration.action_print_certificate, ()),
                (self.event.action_print_certificates, ()),
                (self.event.action_thank, ()),
            ):
                self._assert_refused(action, *args)
        self.assertEqual(self.registration.state, "open")
        self.assertFalse(self.registration.attendance_ids)

    def test_the_day_is_that_of_the_place(self):
        # In Nouméa (UTC+11) the day of the event begins the day before at 13:00 UTC.
        day = self.morning.date
        self.event.write(
            {
                "date_tz": "Pacific/Noumea",
                "half_day_ids": [
                    Command.update(self.afternoon.id, {"hour_start": 18, "hour_end": 19})
                ],
            }
        )
        with freeze_time(f"{day - timedelta(days=1)} 12:59:00"):
            self._assert_refused(self.registration._mark_attendance, self.morning, "present")
        with freeze_time(f"{day - timedelta(days=1)} 13:00:00"):
            self.registration._mark_attendance(self.morning, "present")
        self.assertEqual(self.registration.state, "done")

    def test_an_event_of_two_days_is_noted_day_by_day(self):
        self.event.date_end += timedelta(days=1)
        self.event.half_day_ids = [
            Command.create(
                {
                    "date": self.morning.date + timedelta(days=1),
                    "period": "am",
                    "hour_start": 9,
                    "hour_end": 12,
                }
            )
        ]
        second_day = self.event.half_day_ids.sorted()[-1]
        with freeze_time(self.event.date_begin):
            self.registration._mark_attendance(self.morning, "present")
            self._assert_refused(self.registration._mark_attendance, second_day, "present")
            # A first day is enough for what was attended to be certified.
            self.assertTrue(self.registration.action_print_certificate())

    def test_put_off_after_the_fact_there_is_no_certificate_any_more(self):
        self._attend(self.registration, self.morning)
        self.event.write(
            {
                "date_begin": self.event.date_begin + timedelta(days=30),
                "date_end": self.event.date_end + timedelta(days=30),
            }
        )
        with freeze_time(self.event.date_begin - timedelta(days=29)):
            self._assert_refused(self.registration.action_print_certificate)
