"""A survey over real SMTP: a commune is written to when its letter has left."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.commune_relations.models.core.mail_delivery import unwritten

from ..requests.smtp_case import SmtpCase
from .survey_case import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveySmtp(SmtpCase, SurveyCase):
    def _turn(self, minutes):
        with freeze_time(self.start + timedelta(minutes=minutes)):
            self._run_queue()
            self.env.invalidate_all()

    def test_the_answers_wait_for_what_really_left(self):
        self._close_relay()
        self.campaign.with_user(self.officer).action_open()
        links = self.campaign.target_ids.link_ids
        total = len(links)
        self.assertGreater(total, 3)
        self.start = fields.Datetime.now() + timedelta(minutes=1)
        self._turn(0)
        self.assertFalse(links.filtered("sent_date"))
        self.assertEqual(set(self.campaign.target_ids.mapped("state")), {"queued"})
        self.assertEqual(
            self.campaign.letters_text, f"0 of {total} left, {total} to be tried again"
        )
        self._open_relay()
        self.outbox.refusals["bruno.blanc@mel.example"] = "550 5.1.1 No such user"
        self._turn(6)
        refused = links.filtered(lambda one: one.partner_id == self.portal_b.partner_id)
        self.assertEqual(links.filtered(lambda one: not one.sent_date), refused)
        self.assertEqual(links.filtered("bounced_email"), refused)
        self.assertEqual(refused.bounced_email, "bruno.blanc@mel.example")
        self.assertEqual(self.campaign.letters_text, f"{total - 1} of {total} left, 1 not left")
        asked = self.campaign.activity_ids
        self.assertEqual(asked.user_id, self.officer)
        self.assertIn("BLANC", asked.note)
        self.assertEqual(self._target(self.commune_a).state, "sent")
        self.assertEqual(self._target(self.commune_c).state, "sent")

    def test_a_server_that_never_answers_keeps_the_letters_in_the_queue(self):
        calls = self.outbox.calls
        self.campaign.with_user(self.officer).action_open()
        links = self.campaign.target_ids.link_ids
        total = len(links)
        self.assertEqual(self.outbox.calls, calls)
        self.assertEqual(self.campaign.letters_text, f"Queued: {total}")
        self.start = fields.Datetime.now() + timedelta(minutes=1)
        for silent, turns, minutes in ((False, total, 0), (True, 1, 6)):
            with self._hanging_relay(silent):
                for _turn in range(turns):
                    self._turn(minutes)
            self.assertEqual(
                self.campaign.letters_text, f"0 of {total} left, {total} to be tried again"
            )
            self.assertFalse(links.filtered(lambda one: one.sent_date or one.bounced_email))
            self.assertEqual(set(self.campaign.target_ids.mapped("state")), {"queued"})
        self.assertEqual(self.outbox.take(), [])
        for minutes in (22, 3000):
            self._turn(minutes)
        sent = [to for _from, recipients, _c in self.outbox.take() for to in recipients]
        self.assertEqual(sorted(sent), sorted(link.partner_id.email for link in links))
        self.assertEqual(self.campaign.letters_text, f"All left: {total}")

    def test_a_survey_of_many_is_written_by_the_queue(self):
        self.startPatcher(patch.object(unwritten, "MOST_NOW", 3))
        answer = self.campaign.with_user(self.officer).action_open()
        links = self.campaign.target_ids.link_ids
        total = len(links)
        self.assertGreater(total, 3)
        self.assertIn(f": {total}.", answer["params"]["message"])
        queued = [("model", "=", "commune.survey.link"), ("state", "=", "outgoing")]
        self.assertFalse(self.env["mail.mail"].search(queued))
        self.assertEqual(self.campaign.letters_text, f"Queued: {total}")
        self.assertEqual(set(self.campaign.target_ids.mapped("state")), {"queued"})
        self.campaign.with_user(self.officer).action_remind()
        self.start = fields.Datetime.now() + timedelta(minutes=1)
        self._turn(0)
        self._turn(1)
        sent = [to for _from, recipients, _c in self.outbox.take() for to in recipients]
        self.assertEqual(sorted(sent), sorted(link.partner_id.email for link in links))
        self.assertEqual(set(self.campaign.target_ids.mapped("state")), {"sent"})
