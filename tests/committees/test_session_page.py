"""The page of a session: the answer in force, the proxies one holds, the documents beside what the
decisions change for one's own commune."""

import io

from lxml import html

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools.pdf import PdfWriter

from .committee_case import CommitteeHttpCase
from .test_session_answer import AnswerCase


def pdf(pages):
    writer, stream = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(stream)
    return stream.getvalue()


class PageCase(AnswerCase, CommitteeHttpCase):
    def _pages(self, line, user):
        """What the personal link shows without an account, then the portal."""
        for path, who in (
            (f"/session/{line.token}", None),
            (f"/my/sessions/{line.session_id.id}", user),
        ):
            self._login(who)
            yield path, html.fromstring(self.url_open(path).text)


@tagged("post_install", "-at_install")
class TestAnswerInForce(PageCase):
    def _words(self, page, path):
        return [" ".join(found.text_content().split()) for found in page.xpath(path)]

    def test_it_is_shown_in_words_with_its_day_and_the_others_change_it(self):
        with freeze_time(f"{self.today.year}-01-12 09:05:00"):
            self.line_a._reply("excused", "link")
        for path, page in self._pages(self.line_a, self.portal_a):
            with self.subTest(path=path):
                # Without an account too, the colours of the organisation, not Odoo's.
                self.assertTrue(page.xpath("//head/style[contains(., '--organisation:')]"))
                (now,) = self._words(page, "//*[@id='session_answer_now']")
                self.assertIn("Ma réponse actuelle", now)
                self.assertIn("excusé", now)
                self.assertIn(f"12 janvier {self.today.year} à 10 h 05", now)
                marked = self._words(page, "//button[@name='answer'][@aria-pressed='true']")
                self.assertEqual(len(marked), 1)
                self.assertIn("ma réponse", marked[0])
                others = page.xpath("//button[@name='answer'][@aria-pressed='false']/@value")
                self.assertEqual(others, ["present"])
                self.assertFalse(page.xpath("//*[@aria-current='true']"))

    def test_holders_are_under_headings_and_the_page_shows_who_is_notified(self):
        for path, page in self._pages(self.line_a, self.portal_a):
            with self.subTest(path=path):
                self.assertIn("Autres membres", page.xpath("//select/optgroup/@label"))
                self.assertEqual(page.xpath("//select[@id='holder']/option/@value"), [""])
                # No document is attached: only the agenda is read.
                (document,) = self._words(page, "//a[contains(@href, '/file.pdf')]")
                self.assertEqual(document, "Ordre du jour (PDF)")
        self._login(None)
        path = f"/session/{self.line_a.token}/answer"
        text = self._post(path, answer="proxy", holder=self.line_b.id).text
        self.assertIn("Un courriel prévient", text)
        self.portal_b.partner_id.email = False
        text = self._post(path, answer="proxy", holder=self.line_b.id).text
        self.assertIn("ne pouvons pas prévenir", text)

    def test_a_proxy_is_the_answer_in_force_too(self):
        self.line_a._reply("proxy", "staff", holder=self.line_b)
        for path, page in self._pages(self.line_a, self.portal_a):
            with self.subTest(path=path):
                (marked,) = self._words(page, "//summary[@aria-current='true']")
                self.assertIn("pouvoir", marked)
                self.assertIn("ma réponse", marked)
                self.assertFalse(page.xpath("//button[@aria-pressed='true']"))
                (now,) = self._words(page, "//*[@id='session_answer_now']")
                self.assertIn("BLANC", now)
                self.assertIn("notée par notre service", now)


@tagged("post_install", "-at_install")
class TestHeldProxy(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copil.proxy_limit = 2
        cls.line_b._reply("present", "link")
        cls.line_a._reply("proxy", "link", holder=cls.line_b)
        cls.line_c._reply("proxy", "link", holder=cls.line_b)

    def test_the_letter_opens_the_holder_s_own_page_which_says_whom_he_represents(self):
        body = self._copy(self._letters(self.portal_b)[-1])
        self.assertIn(f"/session/{self.line_b.token}", body)
        self.assertNotIn(self.line_c.token, body)
        for _path, page in self._pages(self.line_b, self.portal_b):
            (held,) = page.xpath("//*[@id='session_proxies']")
            words = held.text_content()
            self.assertIn("AUBRY", words)
            self.assertIn("COLIN", words)
        self._login(None)
        other = self.url_open(f"/session/{self.line_a.token}").text
        self.assertNotIn("session_proxies", other)

    def test_the_holder_declines_one_and_comes_all_the_same(self):
        before = len(self._letters(self.portal_a))
        self._login(None)
        for _press in range(2):  # the second finds it done
            page = self._post(
                f"/session/{self.line_b.token}/answer", answer="decline", giver=self.line_a.id
            )
            self.assertIn('id="outcome"', page.text)
            self.assertNotIn("AUBRY", html.fromstring(page.text).xpath("string(//ul)"))
        self.env.invalidate_all()
        self.assertEqual((self.line_a.answer, self.line_a.proxy_to_id.id), (False, False))
        self.assertEqual(self.line_a.answer_ids[0].author_id, self.line_b.partner_id)
        self.assertEqual(self.line_b.answer, "present")
        self.assertEqual(self.line_b.proxy_from_ids, self.line_c)
        letters = self._letters(self.portal_a)[before:]
        self.assertEqual(len(letters), 1)
        self.assertIn("Votre pouvoir n’est plus valable", letters.subject)
        self.assertNotIn("caduc", letters.body_html)

    def test_nobody_declines_for_another_nor_once_the_session_is_held(self):
        self._login(self.portal_both)
        self._post(f"/my/sessions/{self.meeting.id}/answer", answer="decline", giver=self.line_a.id)
        page = self._post(
            f"/session/{self.line_c.token}/answer", answer="decline", giver=self.line_a.id
        )
        outcome = html.fromstring(page.text).xpath("string(//*[@id='outcome'])")
        self.assertTrue(outcome.strip())
        self.assertNotIn("Merci", outcome)
        self.meeting.sudo().state = "held"
        self._login(self.portal_b)
        late = self._post(
            f"/my/sessions/{self.meeting.id}/answer", answer="decline", giver=self.line_a.id
        )
        self.assertEqual(late.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(self.line_b.proxy_from_ids, self.line_a | self.line_c)


@tagged("post_install", "-at_install")
class TestDocuments(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.item = cls.meeting.item_ids[1]
        files = [("Note.pdf", pdf(3)), ("Plan.pdf", pdf(1)), ("Tableau.ods", b"x" * 3000)]
        cls.item.document_ids = cls.env["ir.attachment"].create(
            [{"name": name, "raw": content} for name, content in files]
        )
        cls.env["commune.decision"].create(
            {
                "session_id": cls.meeting.id,
                "item_id": cls.item.id,
                "text": "Acheter ensemble",
                "scope": "chosen",
                "chosen_commune_ids": [Command.link(cls.commune_a.id)],
                "impact_text": "<p>Votre sel est livré en octobre.</p>",
                "is_published": True,
            }
        )

    def test_each_document_with_its_pages_and_its_size_beside_the_impact(self):
        for path, page in self._pages(self.line_a, self.portal_a):
            with self.subTest(path=path):
                (row,) = page.xpath("//div[contains(@class, 'row')][.//h4]")
                words = " ".join(row.text_content().split())
                self.assertIn("Ce que cela change pour ma commune", words)
                self.assertIn("Votre sel est livré en octobre.", words)
                self.assertIn("Note.pdf (3 pages, 1 ko)", words)
                self.assertIn("Plan.pdf (1 page, 1 ko)", words)
                self.assertIn("Tableau.ods (3 ko)", words)
                item = row.getparent()
                self.assertIn(self.item.name, item.text_content())
                (link,) = row.xpath(".//a[contains(., 'Note.pdf')]/@href")
                note = self.item.document_ids.filtered(lambda one: one.name == "Note.pdf")
                self.assertEqual(self.url_open(link).content, note.raw)

    def test_a_member_of_another_commune_has_the_documents_only(self):
        for path, page in self._pages(self.line_b, self.portal_b):
            with self.subTest(path=path):
                self.assertNotIn("livré en octobre", page.text_content())
                self.assertIn("Note.pdf", page.text_content())

    def test_what_is_not_published_yet_is_not_read(self):
        self.meeting.decision_ids.is_published = False
        for _path, page in self._pages(self.line_a, self.portal_a):
            self.assertNotIn("livré en octobre", page.text_content())

    def test_the_decisions_of_a_commune_have_their_documents_for_members(self):
        self._login(self.portal_a)
        page = self.url_open("/my/decisions").text
        self.assertIn(f"/my/sessions/{self.meeting.id}/document/", page)
        self.assertIn("Note.pdf", page)
        self.line_a.member_id.date_end = self.today
        page = self.url_open("/my/decisions").text
        self.assertIn("livré en octobre", page)
        self.assertNotIn("Note.pdf", page)

    def test_the_queries_of_the_page_do_not_grow_with_its_items(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.url_open(f"/my/sessions/{self.meeting.id}")
            return self.env.cr.sql_log_count - before

        self._login(self.portal_a)
        count()
        few = count()
        for number in range(10):
            item = self.item.copy({"name": f"Point {number}"})
            item.document_ids = self.env["ir.attachment"].create(
                {"name": f"Pièce {number}.pdf", "raw": pdf(number + 2)}
            )
        count()
        self.assertLessEqual(count(), few + 1)


@tagged("post_install", "-at_install")
class TestShownOnce(PageCase):
    def test_the_answer_just_given_is_shown_once(self):
        self._login(self.portal_a)
        answered = self._post(f"/my/sessions/{self.line_a.session_id.id}/answer", answer="excused")
        page = html.fromstring(answered.text)
        text = " ".join(page.text_content().split())
        self.assertEqual(text.count("excusé"), 1)
        [outcome] = page.xpath("//*[@id='outcome']")
        self.assertIn("enregistrée", outcome.text_content())

    def test_a_late_decision_is_not_copied_in_full(self):
        session = self.line_a.session_id
        long = "Acheter le sel ensemble, " * 12 + "dès octobre."
        decided = self._session(days=-30)
        decided.sudo().write({"state": "held", "notice_date": "2026-01-01 08:00:00"})
        decision = self.env["commune.decision"].create(
            {"session_id": decided.id, "text": long, "deadline": "2026-01-02"}
        )
        item = self.env["commune.session.item"].create(session._prepare_followed_item(decision, 1))
        self._login(self.portal_a)
        path = f"/my/sessions/{session.id}"
        link = f"/my/sessions/{decided.id}/minutes.pdf"
        page = self.url_open(path).text
        self.assertIn("Acheter le sel ensemble", page)
        self.assertNotIn("dès octobre", page)
        self.assertLess(len(item.name), 130)
        self.assertNotIn(link, page)
        decided.sudo().minutes_html = "<p>Le sel.</p>"
        decided.action_send_minutes()
        self.assertIn(f'href="{link}"', self.url_open(path).text)
        self.assertEqual(self.url_open(link).status_code, 200)
        # Who was not called to it has no link to it.
        decided.sudo().attendance_ids.filtered(
            lambda one: one.partner_id == self.portal_a.partner_id
        ).unlink()
        self.assertNotIn(link, self.url_open(path).text)
