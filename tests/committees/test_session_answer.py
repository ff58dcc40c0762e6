"""Answers by the personal link, and the proxies."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .committee_case import CommitteeCase, CommitteeHttpCase, get_quorum


class AnswerCase:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._session(days=40)
        cls.meeting.action_approve_agenda()
        cls.meeting.action_send_notice()
        cls.line_a, cls.line_b, cls.line_c, cls.line_d = (
            cls.meeting.attendance_ids.filtered(lambda a, p=user.partner_id: a.partner_id == p)
            for user in (cls.portal_a, cls.portal_b, cls.portal_both, cls.portal_a_limited)
        )


@tagged("post_install", "-at_install")
class TestProxies(AnswerCase, CommitteeCase):
    def test_a_second_answer_replaces_the_first_and_both_are_kept(self):
        self.line_a._reply("present", "link")
        line = self.line_a.with_user(self.portal_a)
        line._reply("excused", "portal", comment="  Conseil municipal ")
        self.assertEqual(self.line_a.answer, "excused")
        self.assertEqual(self.line_a.answer_ids.mapped("answer"), ["excused", "present"])
        self.assertEqual(self.line_a.answer_ids.mapped("channel"), ["portal", "link"])
        self.assertEqual(self.line_a.comment, "Conseil municipal")
        with self.assertRaises(UserError):
            self.line_a.answer_ids[0].answer = "present"
        with self.assertRaises(UserError):
            self.line_a.answer_ids.unlink()

    def test_a_holder_holds_one_proxy(self):
        self.line_a._reply("proxy", "link", holder=self.line_b)
        self.assertEqual(self.line_a.proxy_to_id, self.line_b)
        with self.assertRaisesRegex(UserError, "BLANC"):
            self.line_c._reply("proxy", "link", holder=self.line_b)
        self.assertFalse(self.line_c.answer)
        self.assertNotIn(self.line_b, self.line_c._get_possible_holders())
        self.line_a._reply("proxy", "link", holder=self.line_d)
        self.line_c._reply("proxy", "link", holder=self.line_b)
        self.assertEqual(self.line_b.proxy_from_ids, self.line_c)

    def test_postgresql_itself_refuses_a_second_proxy(self):
        """Whatever the code believes at that moment: two requests may have read the same state."""
        self.line_a._reply("proxy", "link", holder=self.line_b)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.line_c.write(
                    {"answer": "proxy", "proxy_to_id": self.line_b.id, "proxy_rank": 1}
                )
                self.line_c.flush_recordset()

    def test_a_committee_may_allow_two(self):
        self.copil.proxy_limit = 2
        self.line_a._reply("proxy", "link", holder=self.line_b)
        self.line_c._reply("proxy", "link", holder=self.line_b)
        self.assertEqual(sorted(self.line_b.proxy_from_ids.mapped("proxy_rank")), [1, 2])
        with self.assertRaises(UserError):
            self.line_d._reply("proxy", "link", holder=self.line_b)

    def test_nobody_gives_a_proxy_to_oneself_nor_to_an_absent_member(self):
        with self.assertRaises(UserError):
            self.line_a._reply("proxy", "link", holder=self.line_a)
        self.line_b._reply("excused", "link")
        with self.assertRaises(UserError):
            self.line_a._reply("proxy", "link", holder=self.line_b)
        with self.assertRaises(UserError):
            self.line_a._reply("proxy", "link", holder=self.line_a.browse())
        self.assertFalse(self.line_a.answer_ids)

    def test_a_member_of_another_session_cannot_hold(self):
        other = self._session(days=60)
        with self.assertRaises(UserError):
            self.line_a._reply("proxy", "link", holder=self._line(other, self.portal_b))

    def test_where_proxies_are_off_none_is_given(self):
        self.copil.proxy_allowed = False
        self.assertNotIn("proxy", dict(self.line_a._get_possible_answers()))
        with self.assertRaises(UserError):
            self.line_a._reply("proxy", "link", holder=self.line_b)

    def test_a_holder_who_does_not_come_after_all_frees_the_proxy(self):
        self.line_a._reply("proxy", "link", holder=self.line_b)
        self.assertEqual(self._letters(self.portal_b)[-1].recipient_ids, self.line_b.partner_id)
        before = len(self._letters(self.portal_a))
        self.line_b._reply("excused", "link")
        self.assertFalse(self.line_a.answer)
        self.assertFalse(self.line_a.proxy_to_id)
        self.assertEqual(len(self._letters(self.portal_a)), before + 1)
        self.assertEqual(len(self.line_a.answer_ids), 2)

    def test_the_fourth_session_in_a_row_is_warned(self):
        self.line_a._reply("proxy", "link", holder=self.line_b)
        self.assertFalse(self.line_a.proxy_warning)
        for days in (10, 15, 20):
            before = self._session(days=days)
            before.write({"state": "convened", "notice_date": self.meeting.notice_date})
            line = self._line(before, self.portal_a)
            line._reply("proxy", "staff", holder=self._line(before, self.portal_b))
            self.assertFalse(line.proxy_warning)
            before.state = "held"
        self.line_a._reply("proxy", "link", holder=self.line_b)
        self.assertIn("4", self.line_a.proxy_warning)
        self.assertIn("AUBRY", " ".join(self.meeting.activity_ids.mapped("summary")))
        self.line_a._reply("proxy", "link", holder=self.line_d)
        self.assertFalse(self.line_a.proxy_warning)

    def test_quorum_of_46_members_is_24_and_proxies_do_not_count(self):
        committee = self._committee("Conseil (quorum)", "council", quorum_mode="majority")
        persons = self.env["res.partner"].create(
            [{"firstname": "P", "lastname": f"N{n}"} for n in range(46)]
        )
        self.env["commune.committee.member"].create(
            [{"committee_id": committee.id, "person_id": person.id} for person in persons]
        )
        session = self._session(committee)
        session.write({"state": "convened", "notice_date": self.meeting.notice_date})
        lines = session.attendance_ids
        for giver, holder in zip(lines[22:27], lines[:5], strict=True):
            giver._reply("proxy", "link", holder=holder)
        self.env["commune.attendance.presence"].create(
            [{"attendance_id": line.id} for line in lines[:22]]
        )
        figures = get_quorum(session)
        self.assertEqual(
            (figures["members"], figures["required"], figures["present"], figures["proxies"]),
            (46, 24, 22, 5),
        )
        self.assertFalse(figures["reached"])
        self.env["commune.attendance.presence"].create(
            [{"attendance_id": line.id} for line in lines[30:32]]
        )
        self.assertTrue(get_quorum(session)["reached"])

    def test_video_counts_where_the_committee_says_so(self):
        self.copil.quorum_mode = "majority"
        self.env["commune.attendance.presence"].create(
            [
                {"attendance_id": line.id, "mode": mode}
                for line, mode in (
                    (self.line_a, "room"),
                    (self.line_b, "room"),
                    (self.line_c, "remote"),
                )
            ]
        )
        self.assertEqual(get_quorum(self.meeting)["required"], 3)
        self.assertFalse(get_quorum(self.meeting)["reached"])
        self.copil.remote_counts = True
        self.assertTrue(get_quorum(self.meeting)["reached"])


@tagged("post_install", "-at_install")
class TestPersonalLink(AnswerCase, CommitteeHttpCase):
    def setUp(self):
        super().setUp()
        self._login(None)

    def _path(self, line, page=""):
        return f"/session/{line.token}{page}"

    def test_the_link_shows_without_an_account_and_changes_nothing(self):
        page = self.url_open(self._path(self.line_a))
        self.assertEqual(page.status_code, 200)
        self.assertIn("Groupement de commandes", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.line_a.invalidate_recordset()
        self.assertTrue(self.line_a.opened_at)
        self.assertFalse(self.line_a.answer)
        refused = self.url_open(self._path(self.line_a, "/answer?answer=present"))
        self.assertIn(refused.status_code, (404, 405))
        self.assertFalse(self.line_a.answer)

    def test_the_link_is_for_its_member_or_for_a_browser_without_account(self):
        for user in (self.portal_b, self.portal_both, self.officer, self.employee):
            self._login(user)
            for page in ("", "/file.pdf", "/calendar.ics"):
                with self.subTest(user=user.login, page=page):
                    answer = self.url_open(self._path(self.line_a, page))
                    self.assertEqual(answer.status_code, 403)
                    self.assertIn("Ce lien est personnel", answer.text)
            self._post(self._path(self.line_a, "/answer"), answer="excused")
        self.line_a.invalidate_recordset()
        self.assertFalse(self.line_a.answer or self.line_a.opened_at)
        self._login(self.portal_a)
        self.assertEqual(self.url_open(self._path(self.line_a)).status_code, 200)

    def test_one_press_answers_and_a_second_replaces(self):
        for answer in ("present", "excused"):
            page = self._post(self._path(self.line_a, "/answer"), answer=answer)
            self.assertEqual(page.status_code, 200)
            self.assertIn('id="outcome"', page.text)
        self.line_a.invalidate_recordset()
        self.assertEqual(self.line_a.answer, "excused")
        self.assertEqual(self.line_a.answer_ids.mapped("channel"), ["link", "link"])

    def test_a_proxy_by_the_link_and_the_refusal_of_a_second(self):
        first = self._post(
            self._path(self.line_a, "/answer"), answer="proxy", holder=self.line_b.id
        )
        self.assertEqual(first.status_code, 200)
        second = self._post(
            self._path(self.line_c, "/answer"), answer="proxy", holder=self.line_b.id
        )
        self.assertEqual(second.status_code, 422)
        self.assertIn('id="form_problem"', second.text)
        (self.line_a | self.line_c).invalidate_recordset()
        self.assertEqual(self.line_a.proxy_to_id, self.line_b)
        self.assertFalse(self.line_c.answer)

    def test_altered_foreign_and_expired_links_change_nothing(self):
        token = self.line_a.token
        for bad in (token[:-1], token[::-1], token + "x", "x", "%00", self.meeting.id):
            page = self._post(f"/session/{bad}/answer", answer="present")
            self.assertEqual(page.status_code, 404)
            for part in ("", "/file.pdf", "/calendar.ics", "/document/1"):
                self.assertEqual(self.url_open(f"/session/{bad}{part}").status_code, 404)
        # the holder of another session, an answer that does not exist
        other = self._line(self._session(days=70), self.portal_b)
        for form in (
            {"answer": "proxy", "holder": other.id},
            {"answer": "proxy", "holder": "1 OR 1=1"},
            {"answer": "proxy"},
            {"answer": "absent"},
            {"answer": "represented", "represented_by": " "},
            {},
        ):
            self.assertEqual(
                self._post(self._path(self.line_a, "/answer"), **form).status_code, 422
            )
        with freeze_time(self.meeting.date_end + timedelta(minutes=1)):
            self.assertEqual(
                self._post(self._path(self.line_a, "/answer"), answer="present").status_code, 422
            )
        self.line_a.invalidate_recordset()
        self.assertFalse(self.line_a.answer)
        self.assertFalse(self.meeting.attendance_ids.answer_ids)

    def test_a_link_dies_with_the_mandate(self):
        self.mandate_a.date_end = self.today
        self.env.flush_all()
        self.assertEqual(self.url_open(self._path(self.line_a)).status_code, 404)
        page = self._post(self._path(self.line_a, "/answer"), answer="present")
        self.assertEqual(page.status_code, 404)
        self.line_a.invalidate_recordset()
        self.assertFalse(self.line_a.answer)

    @mute_logger("odoo.http")
    def test_without_the_csrf_token_nothing_is_taken(self):
        page = self.url_open(self._path(self.line_a, "/answer"), data={"answer": "present"})
        self.assertEqual(page.status_code, 400)
        self.line_a.invalidate_recordset()
        self.assertFalse(self.line_a.answer)

    def test_documents_of_this_session_and_no_other(self):
        own, foreign = self.env["ir.attachment"].create(
            [{"name": name, "raw": b"%PDF-1.4"} for name in ("Rapport.pdf", "Secret.pdf")]
        )
        self.meeting.item_ids[0].document_ids = own
        self.env.flush_all()
        ok = self.url_open(self._path(self.line_a, f"/document/{own.id}"))
        self.assertEqual((ok.status_code, ok.content), (200, b"%PDF-1.4"))
        refused = self.url_open(self._path(self.line_a, f"/document/{foreign.id}"))
        self.assertEqual(refused.status_code, 404)

    def test_the_chair_approves_by_a_link(self):
        session = self._session(days=80)
        session.action_ask_approval()
        path = f"/session-agenda/{session.agenda_token}"
        self.assertIn(path, self._copy(self._letters(self.chair)[-1]))
        self.assertEqual(self.url_open(path).status_code, 200)
        session.invalidate_recordset()
        self.assertEqual(session.state, "draft")
        answer = self._post(f"{path}/answer", answer="change", reason="Ajouter l’eau")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("eau", " ".join(session.activity_ids.mapped("note")))
        self.assertEqual(self._post(f"{path}/answer", answer="change").status_code, 422)
        self._post(f"{path}/answer", answer="approve")
        session.invalidate_recordset()
        self.assertEqual((session.state, session.agenda_approved_by_id), ("agenda", self.chair))
        again = self._post(f"{path}/answer", answer="approve")
        self.assertEqual(again.status_code, 422)
        old = session.agenda_token
        session.action_reopen_agenda()
        session.action_ask_approval()
        self.env.flush_all()
        self.assertEqual(self.url_open(f"/session-agenda/{old}").status_code, 404)
