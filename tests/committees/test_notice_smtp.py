"""A notice over real SMTP: it reads as sent when every letter has left, and not before."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..requests.smtp_case import SmtpCase
from .committee_case import CommitteeCase

ADDRESSES = {
    "anne.aubry@mel.example",
    "bruno.blanc@mel.example",
    "luc@arnaud.example",
    "sophie.colin@mel.example",
}


@tagged("post_install", "-at_install")
class TestNoticeSmtp(SmtpCase, CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copil.chair_id = cls.portal_a.partner_id  # a member: four are called
        cls.portal_b.partner_id.phone = "03 87 11 22 33"
        cls.commune_a.phone = "03 87 00 00 01"
        cls.copil.place_id.email = "reseau@metropole.example"
        cls.env.company.email = "reseau@metropole.example"

    def _convene(self, moment=None, days=60):
        session = self._session(days=days)
        session.action_approve_agenda()
        with freeze_time(moment or fields.Datetime.now()):
            session.with_user(self.officer).action_send_notice()
        return session

    def _turn(self, moment):
        """The queue runs at that moment."""
        with freeze_time(moment):
            self._run_queue()
            self.env.invalidate_all()

    def _letters_of(self, session):
        return self.env["commune.letter.delivery"].search(
            [("document_model", "=", "commune.session"), ("document_id", "=", session.id)]
        )

    def _asked(self, session):
        kind = self.env.ref("commune_relations.mail_activity_type_letters_unsent")
        return session.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def _arrived(self):
        """Members who received something; the secretary is notified of things to do."""
        sent = [to for _from, recipients, _c in self.outbox.take() for to in recipients]
        return [address for address in sent if address != self.officer.email]

    def test_the_click_does_not_wait_for_the_mail_server(self):
        calls = self.outbox.calls
        session = self._convene()
        self.assertEqual(self.outbox.calls, calls)
        self.assertEqual(self._arrived(), [])
        self.assertEqual(session.notice_state, "leaving")
        self.assertEqual(session.letters_text, "Queued: 4")
        self.assertFalse(session.attendance_ids.filtered("sent_at"))
        self._run_queue()
        self.env.invalidate_all()
        self.assertEqual(set(self._arrived()), ADDRESSES)
        self.assertEqual((session.notice_state, session.letters_state), ("sent", "left"))
        self.assertEqual(session.letters_text, "All left: 4")
        self.assertEqual(set(session.attendance_ids.mapped("notice_state")), {"left"})

    def test_a_closed_server_delays_the_notice_and_accuses_nobody(self):
        session = self._convene()
        start = fields.Datetime.now() + timedelta(minutes=1)
        self._close_relay()
        # 5 minutes, then 15, then an hour.
        for turn, minutes in enumerate((0, 6, 22), 1):
            self._turn(start + timedelta(minutes=minutes))
            letters = self._letters_of(session)
            self.assertEqual(set(letters.mapped("state")), {"waiting"})
            self.assertEqual(set(letters.mapped("attempts")), {turn})
            self.assertEqual(set(letters.mapped("reason")), {"closed"})
            self.assertEqual(session.notice_state, "leaving")
            self.assertEqual(session.letters_text, "0 of 4 left, 4 to be tried again")
            self.assertFalse(session.attendance_ids.filtered("bounced"))
            # A delay of some minutes needs no action.
            self.assertEqual(len(self._asked(session)), int(turn == 3))
        # Nothing is tried before its hour.
        self._turn(start + timedelta(minutes=40))
        self.assertEqual(set(letters.mapped("attempts")), {3})
        asked = self._asked(session)
        self.assertEqual(asked.user_id, self.officer)
        for words in ("AUBRY", "BLANC", "ARNAUD", "COLIN", "03 87 11 22 33", "03 87 00 00 01"):
            self.assertIn(words, asked.note)
        self._open_relay()
        self._turn(start + timedelta(minutes=84))
        self.assertEqual(sorted(self._arrived()), sorted(ADDRESSES))
        self.assertEqual(session.notice_state, "sent")
        self.assertFalse(self._asked(session))
        self._turn(start + timedelta(days=1))
        self.assertEqual(self._arrived(), [])

    def test_letters_to_one_person_leave_in_the_order_they_were_written(self):
        first = self._convene()
        start = fields.Datetime.now() + timedelta(minutes=1)
        self._close_relay()
        for minutes in (0, 6, 22):
            self._turn(start + timedelta(minutes=minutes))
        # The first letters now wait for an hour; others to the same persons are written.
        second = self._convene(start + timedelta(minutes=23), days=61)
        self._turn(start + timedelta(minutes=24))
        self.assertEqual(set(self._letters_of(second).mapped("attempts")), {1})
        self.outbox.take()
        self._open_relay()
        self._turn(start + timedelta(minutes=30))
        self.assertEqual(set(self._letters_of(second).mapped("state")), {"left"})
        self.assertEqual(set(self._letters_of(first).mapped("state")), {"left"})
        self.assertEqual(sorted(self._arrived()), sorted([*ADDRESSES, *ADDRESSES]))

    def test_a_server_that_never_answers_keeps_the_notice_in_the_queue(self):
        for silent, days in ((True, 60), (False, 61)):
            session = self._convene(days=days)
            calls = self.outbox.calls
            start = fields.Datetime.now() + timedelta(minutes=1)
            with self.subTest(silent=silent), self._hanging_relay(silent):
                # The whole queue waits for a silent server; else each letter for its own turn.
                for turn in range(1, 2 if silent else 5):
                    waiting = 4 if silent else turn
                    self._turn(start)
                    self.assertEqual(
                        session.letters_text, f"0 of 4 left, {waiting} to be tried again"
                    )
                    self.assertEqual(session.notice_state, "leaving")
                letters = self._letters_of(session)
                self.assertEqual(set(letters.mapped("attempts")), {1})
                self.assertEqual(set(letters.mapped("reason")), {"closed"})
                self.assertFalse(session.attendance_ids.filtered("bounced"))
                self.assertEqual(self.outbox.calls - calls, 0 if silent else 4)
            self._turn(start + timedelta(minutes=4))
            self.assertEqual(self._arrived(), [])
            self._turn(start + timedelta(minutes=6))
            self.assertEqual(sorted(self._arrived()), sorted(ADDRESSES))
            self.assertEqual(session.notice_state, "sent")
            self._turn(start + timedelta(minutes=90))
            self.assertEqual(self._arrived(), [])

    def test_a_server_that_asks_to_come_back_marks_nobody_as_returned(self):
        session = self._convene()
        self.outbox.refusals["*"] = "451 4.7.1 Greylisted, please come back"
        start = fields.Datetime.now() + timedelta(minutes=1)
        self._turn(start)
        self.assertFalse(session.attendance_ids.filtered("bounced"))
        self.assertEqual(set(self._letters_of(session).mapped("reason")), {"later"})
        self.assertFalse(session.activity_ids.filtered("note"))
        self._open_relay()
        self._turn(start + timedelta(minutes=7))
        self.assertEqual(set(self._arrived()), ADDRESSES)
        self.assertEqual(session.notice_state, "sent")

    def test_one_address_that_is_refused_is_named_and_mended(self):
        session = self._convene()
        line = self._line(session, self.portal_b)
        self.outbox.refusals["bruno.blanc@mel.example"] = "550 5.1.1 No such user"
        self._turn(fields.Datetime.now() + timedelta(minutes=1))
        self.assertEqual(set(self._arrived()), ADDRESSES - {"bruno.blanc@mel.example"})
        self.assertEqual(session.attendance_ids.filtered("bounced"), line)
        self.assertEqual((line.notice_state, line.sent_at), ("lost", False))
        self.assertEqual(session.notice_state, "leaving")
        self.assertEqual(session.letters_text, "3 of 4 left, 1 not left")
        asked = self._asked(session)
        self.assertIn("BLANC", asked.note)
        self.assertIn("03 87 11 22 33", asked.note)
        self.assertNotIn("AUBRY", asked.note)
        # It is not tried again by itself.
        self._turn(fields.Datetime.now() + timedelta(days=2))
        self.assertEqual(self._arrived(), [])
        line.partner_id.email = "b.blanc@mel.example"
        unsent = self.env["commune.letter.delivery"].with_user(self.officer)
        unsent = unsent.search(
            [("state", "in", ("waiting", "lost")), ("document_id", "=", session.id)]
        )
        self.assertEqual((unsent.partner_id, unsent.reason), (line.partner_id, "address"))
        opened = session.with_user(self.officer).action_open_unsent()
        shown = self.env[opened["res_model"]].with_user(self.officer).search(opened["domain"])
        self.assertEqual(shown & unsent, unsent)
        self.assertEqual(set(shown.mapped("document_id")), {session.id})
        unsent.action_try_again()
        self._turn(fields.Datetime.now() + timedelta(days=2, minutes=1))
        self.assertEqual(self._arrived(), ["b.blanc@mel.example"])
        self.assertEqual((line.notice_state, line.bounced), ("left", False))
        self.assertEqual(session.notice_state, "sent")
        self.assertFalse(self._asked(session))

    def test_who_was_informed_by_telephone_is_not_waited_for(self):
        session = self._convene()
        self.outbox.refusals["bruno.blanc@mel.example"] = "550 5.1.1 No such user"
        self._turn(fields.Datetime.now() + timedelta(minutes=1))
        letters = self._letters_of(session).filtered(lambda one: one.state == "lost")
        letters.with_user(self.officer).action_settle()
        self.assertEqual(self._line(session, self.portal_b).notice_state, "told")
        self.assertEqual(session.notice_state, "sent")
        self.assertEqual(session.letters_text, "3 of 4 left, 1 notified otherwise")
        self.assertFalse(self._asked(session))

    def test_on_the_last_day_the_first_failure_is_reported(self):
        session = self._session(days=60)
        last = fields.Datetime.to_datetime(session.notice_deadline) + timedelta(hours=14)
        session.action_approve_agenda()
        with freeze_time(last):
            session.action_send_notice()
        self._close_relay()
        self._turn(last + timedelta(minutes=1))
        asked = self._asked(session)
        self.assertEqual(asked.date_deadline, session.notice_deadline)
        self.assertIn("AUBRY", asked.note)
        self._open_relay()
        self._turn(last + timedelta(days=1))
        self.assertEqual(session.notice_state, "sent_urgent")
        self.assertEqual(set(session.attendance_ids.mapped("notice_state")), {"late"})

    def test_the_alarm_rings_while_letters_wait_and_there_is_time(self):
        session = self._session(days=60)
        early = fields.Datetime.to_datetime(session.notice_deadline) - timedelta(days=2, hours=-5)
        session.action_approve_agenda()
        with freeze_time(early):
            session.action_send_notice()
            self.assertFalse(self._asked(session))
            self.env["commune.session"]._cron_remind_sessions()
            self.env["commune.session"]._cron_remind_sessions()
            asked = self._asked(session)
            self.assertEqual(len(asked), 1)
            self.assertEqual(asked.date_deadline, early.date())
            self.assertIn("03 87 11 22 33", asked.note)
        with freeze_time(early + timedelta(days=3)):
            self.env.invalidate_all()
            self.assertEqual(session.notice_state, "unsent")

    def test_after_four_days_it_is_given_up(self):
        session = self._convene()
        self._close_relay()
        moment = fields.Datetime.now() + timedelta(minutes=1)
        for _turn in range(20):
            self._turn(moment)
            moment = max(filter(None, self._letters_of(session).mapped("next_try")), default=None)
            if not moment:
                break
        letters = self._letters_of(session)
        self.assertEqual(set(letters.mapped("state")), {"lost"})
        self.assertEqual(set(letters.mapped("attempts")), {13})
        self.assertFalse(session.attendance_ids.filtered("bounced"))
        self.assertEqual(len(self._asked(session)), 1)

    def test_a_reminder_pressed_twice_leaves_once(self):
        session = self._convene()
        self._run_queue()
        self.outbox.take()
        for _press in range(2):
            session.with_user(self.officer).action_send_again()
        self._run_queue()
        self.assertEqual(sorted(self._arrived()), sorted(ADDRESSES))
        session.with_user(self.officer).action_send_again()
        self._run_queue()
        self.assertEqual(self._arrived(), [])
