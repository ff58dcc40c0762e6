"""The letters of a path over real SMTP: a relay that does not answer loses and doubles nothing."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..requests.smtp_case import SmtpCase
from .path_case import get_path_records


@tagged("post_install", "-at_install")
class TestPathSmtp(SmtpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        get_path_records(cls)["path"].user_id = cls.officer
        cls.person = cls.env["res.partner"].create(
            {"firstname": "Ève", "lastname": "NEUVE", "email": "eve.neuve@mel.example"}
        )
        mandate = cls._mandate(cls.person, cls.commune_a, "councillor", date_start=cls.today)
        cls.follow = cls.env["commune.path.progress"].search([("mandate_id", "=", mandate.id)])

    def _get_deliveries(self):
        self.env.invalidate_all()
        return self.env["commune.letter.delivery"].search(
            [("res_model", "=", "commune.path.progress"), ("res_id", "=", self.follow.id)]
        )

    def _received(self):
        return [m for to, m in self._outgoing() if self.person.email in to]

    def test_a_closed_relay_delays_the_letter_of_the_day(self):
        self._close_relay()
        start = fields.Datetime.now() + timedelta(minutes=1)
        for minutes in (0, 1, 2):  # the scheduled action runs three times
            with freeze_time(start + timedelta(minutes=minutes)):
                self.env["commune.path.progress"]._cron_follow_paths()
                self._run_queue()
        self.assertEqual(self._get_deliveries().mapped("state"), ["waiting"])
        self._open_relay()
        with freeze_time(start + timedelta(minutes=10)):
            [letter] = self._received()
            self.env["commune.path.progress"]._cron_follow_paths()
            self.assertEqual(self._received(), [])
        body = letter.get_body(("html",)).get_content()
        for line in self.follow.line_ids.filtered("notified_date"):
            self.assertIn(line.step_id.name, body)
        self.assertEqual(self._get_deliveries().mapped("state"), ["left"])

    def test_a_relay_that_hangs_holds_nobody_and_the_letter_leaves_once(self):
        self.env["commune.path.progress"]._cron_follow_paths()
        with self._hanging_relay(silent=True):
            self._run_queue()
        self.assertEqual(self._get_deliveries().mapped("state"), ["waiting"])
        with freeze_time(fields.Datetime.now() + timedelta(minutes=10)):
            self.assertEqual(len(self._received()), 1)
            self.assertEqual(self._received(), [])

    def test_an_address_that_is_refused_is_named_to_somebody(self):
        self.outbox.refusals[self.person.email] = "550 5.1.1 No such user"
        self.env["commune.path.progress"]._cron_follow_paths()
        self._run_queue()
        self.assertEqual(self._get_deliveries().mapped("state"), ["lost"])
        path = self.follow.path_id
        [asked] = path.activity_ids
        self.assertEqual(asked.user_id, self.officer)
        self.assertIn("NEUVE", asked.note)
        # The mayor, whose path began too, was reached.
        self.assertEqual(path.letters_text, "1 of 2 left, 1 not left")
