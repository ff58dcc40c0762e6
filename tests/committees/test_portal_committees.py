"""The portal: my committees, my sessions, my answer, the items of my commune."""

import hashlib
from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from .committee_case import CommitteeHttpCase


@tagged("post_install", "-at_install")
class TestPortalCommittees(CommitteeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._session(days=40, name="Séance de rentrée")
        cls.draft = cls._session(days=90, name="Séance de printemps")
        cls.meeting.action_approve_agenda()
        cls.meeting.action_send_notice()

    def test_a_member_sees_the_sessions_convened_and_answers(self):
        self._login(self.portal_a)
        home = self.url_open("/my").text
        self.assertIn("/my/committees", home)
        page = self.url_open("/my/committees").text
        self.assertIn("Séance de rentrée", page)
        self.assertNotIn(f'href="/my/sessions/{self.draft.id}"', page)
        self.assertEqual(self.url_open(f"/my/sessions/{self.meeting.id}").status_code, 200)
        answer = self._post(f"/my/sessions/{self.meeting.id}/answer", answer="present")
        self.assertIn('id="outcome"', answer.text)
        line = self._line(self.meeting, self.portal_a)
        line.invalidate_recordset()
        self.assertEqual(line.answer, "present")
        self.assertEqual(line.answer_ids.channel, "portal")

    def test_a_page_has_a_breadcrumb(self):
        """The way back, then the page itself, which leads nowhere."""
        self._login(self.portal_a)
        title = self.copil.name
        for path, back, here in [
            ("/my/committees", [], None),
            (f"/my/committees/{self.copil.id}", ["/my/committees"], title),
            (f"/my/sessions/{self.meeting.id}", ["/my/committees"], None),
        ]:
            with self.subTest(path=path):
                page = html.fromstring(self.url_open(path).text)
                (crumbs,) = page.xpath("//ol[contains(@class, 'o_portal_submenu')]")
                self.assertEqual(crumbs.xpath(".//a/@href"), ["/my/home", *back])
                (current,) = crumbs.xpath("./li[@aria-current='page']")
                words = current.text_content().strip()
                self.assertTrue(words == here if here else words)

    def test_a_session_that_is_not_convened_is_not_seen(self):
        self._login(self.portal_a)
        for path in ("", "/file.pdf", "/calendar.ics"):
            page = self.url_open(f"/my/sessions/{self.draft.id}{path}")
            self.assertEqual(page.status_code, 404, path)
        answer = self._post(f"/my/sessions/{self.draft.id}/answer", answer="present")
        self.assertEqual(answer.status_code, 404)

    def test_who_does_not_sit_or_does_not_sit_any_more_sees_nothing(self):
        self.copil.member_ids.filtered(
            lambda m: m.mandate_id == self.mandate_b
        ).date_end = self.today
        self.mandate_a_limited.date_end = self.today
        self.env.flush_all()
        for user in (self.portal_b, self.portal_a_limited, self.portal_ended):
            self._login(user)
            for path in (
                f"/my/committees/{self.copil.id}",
                f"/my/sessions/{self.meeting.id}",
                f"/my/sessions/{self.meeting.id}/file.pdf",
                f"/my/sessions/{self.meeting.id}/calendar.ics",
                f"/my/sessions/{self.meeting.id}/document/1",
                f"/my/committees/{self.copil.id}/document/1",
            ):
                with self.subTest(user=user.login, path=path):
                    self.assertEqual(self.url_open(path).status_code, 404)
            answer = self._post(f"/my/sessions/{self.meeting.id}/answer", answer="present")
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn("rentrée", self.url_open("/my/committees").text)
        self.assertFalse(self.meeting.attendance_ids.answer_ids)

    def test_the_members_and_the_own_rules_of_a_committee(self):
        rules = self.env["ir.attachment"].create({"name": "Règlement.pdf", "raw": b"%PDF-1.4"})
        self.copil.document_ids = rules
        self._login(self.portal_a)
        page = self.url_open(f"/my/committees/{self.copil.id}").text
        self.assertIn("BLANC", page)
        document = self.url_open(f"/my/committees/{self.copil.id}/document/{rules.id}")
        self.assertEqual(document.content, b"%PDF-1.4")

    def test_a_mayor_proposes_an_item_until_the_date(self):
        self._login(self.portal_b)
        form = f"/my/sessions/{self.draft.id}/propose"
        self.assertIn(form, self.url_open("/my/committees").text)
        self.assertEqual(self.url_open(form).status_code, 200)
        values = {"commune_id": self.commune_b.id, "title": " Sel  de route ", "text": "<b>x</b>"}
        empty = self._post(f"{form}/send", **{**values, "title": " "})
        self.assertEqual(empty.status_code, 422)
        self._post(f"{form}/send", **values)
        item = self.draft.item_ids.filtered(lambda i: i.state == "proposed")
        self.assertEqual((item.name, item.proposed_by_id), ("Sel de route", self.commune_b))
        self.assertNotIn("<b>", item.description)
        self.assertIn("Sel de route", self.url_open("/my/committees").text)
        foreign = self._post(f"{form}/send", **{**values, "commune_id": self.commune_a.id})
        self.assertEqual(foreign.status_code, 404)
        self.draft.items_deadline = self.today - timedelta(days=1)
        self.env.flush_all()
        self.assertEqual(self.url_open(form).status_code, 404)
        self.assertEqual(self._post(f"{form}/send", **values).status_code, 404)
        self.assertEqual(len(self.draft.item_ids), 3)

    def test_nothing_that_was_typed_is_cut(self):
        self._login(self.portal_b)
        form = f"/my/sessions/{self.draft.id}/propose"
        page = self.url_open(form).text
        self.assertIn('data-most="200"', page)
        self.assertNotIn("maxlength", page.split("<form")[-1])
        values = {"commune_id": self.commune_b.id, "title": "Sel de route " * 20, "text": "x"}
        for name, text in (("title", "Sel de route " * 20), ("text", "sel " * 1251)):
            page = self._post(f"{form}/send", **{**values, "title": "Sel", name: text})
            self.assertEqual(page.status_code, 422)
            read = html.fromstring(page.content)
            [field] = read.xpath("//*[@autofocus]")
            self.assertEqual(field.get("name"), name)
            self.assertEqual((field.get("value") or field.text).strip(), text.strip())
        self.assertFalse(self.draft.item_ids.filtered(lambda i: i.state == "proposed"))

    def test_a_councillor_proposes_nothing(self):
        self._login(self.portal_a_limited)
        form = f"/my/sessions/{self.draft.id}/propose"
        self.assertEqual(self.url_open(form).status_code, 404)
        sent = self._post(f"{form}/send", commune_id=self.commune_a.id, title="X")
        self.assertEqual(sent.status_code, 404)

    def test_the_sessions_are_in_the_calendar_at_the_right_time(self):
        self.meeting.date_begin = f"{self.today.year + 1}-07-06 15:30:00"
        content = self.portal_a._get_calendar_content().decode().replace("\r\n ", "")
        self.assertIn("SUMMARY:Séance de rentrée", content)
        self.assertIn(f"DTSTART:{self.today.year + 1}0706T153000Z", content)
        self.assertIn("17", self.meeting._get_letter_when())
        self.assertNotIn("printemps", content)
        self.mandate_a.date_end = self.today
        content = self.portal_a._get_calendar_content().decode()
        self.assertNotIn("rentr", content)

    def test_the_queries_do_not_grow_with_the_sessions(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines, _past = self.portal_a.partner_id.env["commune.portal.page"]._get_portal_lines(
                self.portal_a.partner_id
            )
            for line in lines:
                line.session_id._get_letter_when()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for days in range(50, 60):
            session = self._session(days=days)
            session.write({"state": "convened", "notice_date": self.meeting.notice_date})
        count()
        self.assertLessEqual(count(), few + 2)

    def test_the_minutes_are_on_the_page_once_they_are_sent_and_for_members_only(self):
        session = self.meeting
        line = self._line(session, self.portal_a)
        pages = (f"/my/sessions/{session.id}", f"/session/{line.token}")
        session.sudo().write({"state": "held", "opened_at": session.date_begin})
        session.action_prepare_minutes()
        session.minutes_html = "<p>Le sel est acheté ensemble.</p>"
        self._login(self.portal_a)
        for page in pages:
            self.assertNotIn("/minutes.pdf", self.url_open(page).text)
            self.assertEqual(self.url_open(f"{page}/minutes.pdf").status_code, 404)
        session.action_send_minutes()
        sent = session.version_ids
        session.minutes_html = "<p>Corrigé.</p>"
        self.assertEqual(len(session.version_ids), 2)
        for page in pages:
            self.assertIn(f'href="{page}/minutes.pdf"', self.url_open(page).text)
            answer = self.url_open(f"{page}/minutes.pdf")
            self.assertEqual(answer.headers["Content-Type"], "application/pdf")
            self.assertEqual(hashlib.sha256(answer.content).hexdigest(), sent.sha256)
        self._login(self.portal_ended)
        self.assertEqual(self.url_open(f"{pages[0]}/minutes.pdf").status_code, 404)

    def test_the_answer_that_was_given_is_highlighted(self):
        line = self._line(self.meeting, self.portal_a)
        path = f"/session/{line.token}"
        self.authenticate(None, None)
        for answer in (None, "excused", "present"):
            if answer:
                self._post(f"{path}/answer", answer=answer)
            page = html.fromstring(self.url_open(path).text)
            chosen = page.xpath("//button[@name='answer'][@aria-pressed='true']/@value")
            full = page.xpath(
                "//button[@name='answer'][contains(@class, 'btn-primary')]"
                "[contains(@class, 'btn-lg')]/@value"
            )
            self.assertEqual(chosen, [answer] if answer else [])
            self.assertEqual(full, chosen)
