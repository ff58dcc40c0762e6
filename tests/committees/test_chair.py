"""The chair is convened, listed on the sheet and in the minutes, counted by committee rules."""

from datetime import timedelta

from odoo.tests import tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestChair(CommitteeCase):
    def setUp(self):
        super().setUp()
        self.session = self._session()

    def _arrive(self, *lines):
        self.env["commune.attendance.presence"].create(
            [{"attendance_id": line.id, "arrived_at": self.session.date_begin} for line in lines]
        )

    def _hold(self):
        self.session.write({"state": "held", "notice_date": "2026-01-05 09:00:00"})

    def _make_vice_chair(self, mandate, rank=0):
        mandate.rank = rank
        member = self.copil.member_ids.filtered(lambda m: m.mandate_id == mandate)
        member.role = "vice_chair"

    def test_a_chair_who_is_no_member_is_called_and_counts(self):
        line = self._line(self.session, self.chair)
        self.assertEqual((line.role, line.voting), ("chair", True))
        # two mayors, a councillor, a secretary, and the chair
        self.assertEqual(self.session.voting_count, 5)
        sheet = self.env["report.commune_relations.session_sheet"]
        colleges = sheet._get_report_values(self.session.ids)["colleges"]
        self.assertEqual(colleges[0][1], [line])

    def test_the_committee_may_decide_that_the_chair_does_not_count(self):
        self.copil.write({"chair_counts": False, "quorum_mode": "majority"})
        self.assertEqual(self.session.voting_count, 4)
        self.assertEqual(self.session.quorum_required, 3)
        self._hold()
        self._arrive(self._line(self.session, self.chair))
        self.assertEqual(self.session.present_count, 0)

    def test_a_chair_who_is_a_member_keeps_the_seat(self):
        board = self._committee("Bureau", "copil")
        self._seat(board, self.mandate_a, college="Maires")
        board.chair_id = self.portal_a.partner_id
        self.assertEqual(len(board.member_ids), 1)
        self.assertEqual(self._session(board, days=50).voting_count, 1)

    def test_another_chair_takes_the_seat(self):
        former = self.copil.member_ids.filtered("is_chair_seat")
        self.copil.chair_id = self.mandate_ended.partner_id
        seats = self.copil.member_ids.filtered("is_chair_seat")
        self.assertEqual(seats.partner_id, self.mandate_ended.partner_id)
        self.assertFalse(former.exists())
        self.copil.chair_id = False
        self.assertFalse(self.copil.member_ids.filtered("is_chair_seat"))

    def test_a_chair_who_was_called_stays_in_the_history(self):
        self.session.write({"state": "convened", "notice_date": "2026-01-05 09:00:00"})
        former = self.copil.member_ids.filtered("is_chair_seat")
        self.copil.chair_id = self.mandate_ended.partner_id
        self.assertEqual(former.date_end, self.today)
        self.assertTrue(self._line(self.session, self.chair))
        self.assertFalse(self._line(self._session(days=60), self.chair))
        # The chair comes back on the same day.
        self.copil.chair_id = self.chair
        self.assertFalse(former.date_end)

    def test_a_seat_of_ones_own_takes_the_place_of_that_of_the_chair(self):
        board = self._committee("Bureau", "copil", chair_id=self.portal_a.partner_id.id)
        self._session(board, days=50)
        seat = self._seat(board, self.mandate_a, college="Maires")
        self.assertEqual(board.member_ids, seat)

    def test_the_chair_presides(self):
        self.assertEqual(self.session._get_presiding(), self.chair)
        self._hold()
        self._arrive(self._line(self.session, self.chair))
        self.assertEqual(self.session._get_presiding(), self.chair)
        self.assertIn(
            "Vera VICE",
            self.env["commune.session.minutes"]._get_minutes_opening(self.session),
        )

    def test_a_vice_chair_presides_when_the_chair_is_away(self):
        self._make_vice_chair(self.mandate_b, rank=2)
        self._make_vice_chair(self.mandate_a_limited, rank=1)
        first = self._line(self.session, self.portal_a_limited)
        second = self._line(self.session, self.portal_b)
        self._line(self.session, self.chair).answer = "excused"
        self.assertEqual(self.session._get_presiding(), first.partner_id)
        first.answer = "excused"
        self.assertEqual(self.session._get_presiding(), second.partner_id)
        # Once somebody came, who is there decides, whatever was answered.
        self._hold()
        self._arrive(first, second)
        self.assertEqual(self.session._get_presiding(), first.partner_id)
        opening = self.env["commune.session.minutes"]._get_minutes_opening(self.session)
        self.assertIn("Luc ARNAUD", opening)
        self.assertIn("in the absence of", opening)
        self._arrive(self._line(self.session, self.chair))
        self.assertEqual(self.session._get_presiding(), self.chair)

    def test_nobody_is_named_when_nobody_of_the_chair_came(self):
        self._hold()
        self._arrive(self._line(self.session, self.portal_a))
        self.assertFalse(self.session._get_presiding())
        self.assertIn(
            "is to be written here",
            self.env["commune.session.minutes"]._get_minutes_opening(self.session),
        )

    def test_a_chair_of_one_session_is_on_the_sheet(self):
        self.session.chair_id = self.mandate_ended.partner_id
        sheet = self.env["report.commune_relations.session_sheet"]
        self.assertTrue(sheet._get_report_values(self.session.ids)["chair_apart"])
        self.assertEqual(self.session._get_presiding(), self.mandate_ended.partner_id)

    def test_the_seat_ends_with_the_mandate_held_in_the_place(self):
        mandate = self._mandate(self.chair, self.epci, "vice_president")
        board = self._committee("Bureau", "copil", chair_id=self.chair.id)
        self.assertEqual(board.member_ids.mandate_id, mandate)
        mandate.date_end = self.today - timedelta(days=1)
        self.assertFalse(self._session(board, days=50).attendance_ids)

    def test_the_elected_are_named_before_the_staff_on_every_document(self):
        """Whatever the names of their colleges, in the order of the alphabet."""
        seat = self.copil.member_ids.filtered(lambda m: m.mandate_id == self.mandate_both_a)
        self.assertNotEqual(seat.mandate_id.kind, "elected")
        seat.college = "Agents"
        session = self._session(days=50)
        self.env.invalidate_all()  # in the order of the database
        reports = [self.env[f"report.commune_relations.session_{n}"] for n in ("notice", "sheet")]
        named = reports[0]._get_report_values(session.ids)["addressees"]
        self.assertIn("COLIN", named[-1])
        self.assertEqual(reports[1]._get_colleges(session)[-1][1][-1].member_id, seat)
        session.state = "held"
        absent = session.env["commune.session.minutes"]._get_minutes_lists(session)[-1][1]
        self.assertGreater(absent.index("COLIN"), absent.index("AUBRY"))
