"""Nobody attends the council of a commune by video (CGCT, L.2121-7 and L.5211-11-1)."""

from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .committee_case import CommitteeCase, CommitteeHttpCase

LINK = "https://visio.exemple.invalid/conseil"
LAW = "art. L. 5211-11-1 is for intercommunalities only"


class VideoCase:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council = cls._committee("Conseil d’Aubrive", "council", place_id=cls.commune_a.id)
        cls._seat(cls.council, cls.mandate_a, cls.mandate_a_limited)
        cls.sitting = cls._convened(cls.council)
        cls.line = cls.sitting.attendance_ids[0]

    @classmethod
    def _convened(cls, committee):
        session = cls._session(committee)
        session.write({"state": "convened", "notice_date": fields.Datetime.now()})
        return session

    def _as_before(self, record, **values):
        """What an earlier version let be written."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE {record._table} SET {name} = %s WHERE id = %s", (value, record.id)
            )
        self.env.invalidate_all()

    def _refuses(self):
        return self.assertRaisesRegex(ValidationError, LAW)


@tagged("post_install", "-at_install")
class TestVideo(VideoCase, CommitteeCase):
    # answers

    def test_the_answer_is_offered_where_the_law_has_it(self):
        self._as_before(self.sitting, video_url=LINK)
        self._as_before(self.council, remote_counts=True)
        self.assertNotIn("remote", dict(self.line._get_possible_answers()))
        for kind, place in (("council", self.epci), ("commission", self.commune_a)):
            other = self._committee("Autre", kind, place_id=place.id, remote_counts=True)
            self._seat(other, self.mandate_a)
            line = self._convened(other).attendance_ids[0]
            self.assertIn("remote", dict(line._get_possible_answers()), kind)

    def test_the_answer_is_refused_and_the_one_before_stays(self):
        self._as_before(self.sitting, video_url=LINK)
        self.line._reply("present", "link")
        with self.assertRaisesRegex(UserError, LAW):
            self.line._reply("remote", "link")
        self.assertEqual(self.line.answer, "present")
        self.assertEqual(len(self.line.answer_ids), 1)

    def test_an_answer_given_before_stays(self):
        self._as_before(self.line, answer="remote")
        self.assertEqual(self.line.answer, "remote")
        self.assertIn("by video", self.line._describe_reply())
        self.line._reply("present", "link")
        self.assertEqual(self.line.answer, "present")

    # the meeting screen

    def _arrive(self, session, **values):
        line = session.attendance_ids[0]
        operation = {"uid": str(uuid4()), "kind": "arrive", "attendance": line.id, **values}
        return operation, self._send(session, operation)

    def _send(self, session, operation):
        done = session.with_user(self.officer).apply_meeting_operations([operation])
        return done["results"][0]

    def _today(self, committee):
        session = self._session(committee, days=0, date_begin=fields.Datetime.now())
        session.write({"state": "convened", "notice_date": session.date_begin})
        return session

    def test_the_screen_notes_nobody_by_video(self):
        session = self._today(self.council)
        self.assertIs(session.get_meeting()["session"]["video_allowed"], False)
        result = self._arrive(session, mode="remote")[1]
        self.assertEqual(result["outcome"], "refused")
        self.assertIn(LAW, result["message"])
        self.assertFalse(session.operation_ids or session.attendance_ids.presence_ids)
        self.assertEqual(self._arrive(session, mode="room")[1]["outcome"], "applied")

    def test_what_the_screen_noted_before_is_sent_again_and_goes_on(self):
        session = self._today(self.council)
        self._as_before(self.council, kind="commission")
        operation, result = self._arrive(session, mode="remote")
        self.assertEqual(result["outcome"], "applied")
        self._as_before(self.council, kind="council")
        self.assertEqual(self._send(session, operation)["outcome"], "applied")
        line = session.attendance_ids[0]
        leave = {"uid": str(uuid4()), "kind": "leave", "attendance": line.id}
        self.assertEqual(self._send(session, leave)["outcome"], "applied")
        self.assertEqual(line.presence_ids.mapped("mode"), ["remote"])
        self.assertTrue(line.presence_ids.left_at)

    def test_a_presence_is_not_written_by_video(self):
        Presence = self.env["commune.attendance.presence"]
        values = {"attendance_id": self.line.id, "arrived_at": self.sitting.date_begin}
        with self._refuses(), self.env.cr.savepoint():
            Presence.create({**values, "mode": "remote"})
        row = Presence.create(values)
        with self._refuses(), self.env.cr.savepoint():
            row.mode = "remote"
        # One that is there already keeps its way, and gets its end.
        self._as_before(row, mode="remote")
        row.write({"mode": "remote", "left_at": row.arrived_at + timedelta(hours=1)})
        self.assertEqual(row.mode, "remote")

    # the committee and the session

    def test_a_link_is_neither_taken_over_nor_written(self):
        self.council.default_video_url = LINK
        session = self._session(self.council, days=60)
        self.assertFalse(session.video_url)
        with self._refuses(), self.env.cr.savepoint():
            session.video_url = LINK
        self.copil.default_video_url = LINK
        self.assertEqual(self._session(days=60).video_url, LINK)

    def test_a_link_written_before_stays_on_its_day_and_does_not_follow_it(self):
        self._as_before(self.sitting, video_url=LINK)
        self.sitting.room = "Salle des fêtes"
        later = self.sitting._copy_to(self.sitting.date_begin + timedelta(days=7))
        self.assertEqual(self.sitting.video_url, LINK)
        self.assertFalse(later.video_url)

    def test_a_committee_does_not_count_them(self):
        with self._refuses(), self.env.cr.savepoint():
            self.council.remote_counts = True
        council = self._committee("Conseil", "council", remote_counts=True)
        with self._refuses(), self.env.cr.savepoint():
            council.place_id = self.commune_b
        self._as_before(self.council, remote_counts=True)
        self.council.proxy_limit = 2
        self.assertTrue(self.council.remote_counts)


@tagged("post_install", "-at_install")
class TestVideoPages(VideoCase, CommitteeHttpCase):
    def test_neither_the_link_nor_the_portal_offers_it(self):
        self._as_before(self.sitting, video_url=LINK)
        line = self._line(self.sitting, self.portal_a)
        self._login(self.portal_a)
        for path in (f"/session/{line.sudo().token}", f"/my/sessions/{self.sitting.id}"):
            page = self.url_open(path).text
            self.assertIn('value="present"', page, path)
            self.assertNotIn('value="remote"', page, path)
            answered = self._post(f"{path}/answer", answer="remote")
            self.assertEqual(answered.status_code, 422, path)
            self.assertIn("5211-11-1", answered.text)
        self.assertFalse(line.answer)
