"""Evaluation: surveys for those present, once at once and once later."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventSurvey(EventCase):
    def test_each_survey_once_to_those_present(self):
        survey = self.env["survey.survey"].create(
            {"title": "À chaud", "access_mode": "token", "users_login_required": False}
        )
        self.event.write(
            {"hot_survey_id": survey.id, "cold_survey_id": survey.id, "cold_survey_days": 60}
        )
        here, away = self._colleagues(2)
        self._register(here, away)
        self._attend(self._registration(here), self.event.half_day_ids[0])
        sent = {m: len(self._letters(m.partner_id)) for m in (here, away)}
        for days, count in ((0, 0), (2, 1), (3, 1), (59, 1), (61, 2), (90, 2)):
            with freeze_time(self.event.date_end + timedelta(days=days)):
                self.env["event.event"]._cron_send_surveys()
            self.assertEqual(len(self._letters(here.partner_id)) - sent[here], count, days)
        self.assertEqual(len(self._letters(away.partner_id)), sent[away])
        registration = self._registration(here)
        letter = self._letters(here.partner_id)[-1]
        self.assertIn(registration.cold_input_id.access_token, self._copy(letter))
        self.assertNotEqual(registration.hot_input_id, registration.cold_input_id)
        self.assertEqual(registration.hot_input_id.partner_id, here.partner_id)
        # Who holds the secret answers in the name of the person: the staff does not read it.
        self.env.invalidate_all()
        for user in (self.officer, self.manager):
            with self.assertRaises(AccessError):
                registration.hot_input_id.with_user(user).read(["access_token"])
