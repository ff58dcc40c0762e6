"""A report from the portal: who reads it, its files, what is added to it."""

import base64

from lxml import html

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...models.requests.ticket.form import FormError
from ..services.service_case import PIXEL
from .incident_case import SECRET, IncidentCase

PHOTO = ("bleu.png", base64.b64decode(PIXEL), "image/png")
NEW = "/my/difficulties/new"


@tagged("post_install", "-at_install")
class TestIncidentReport(IncidentCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate("test_nadia", "test_nadia")

    def _post(self, address, files=(), **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(address, data=data, files=[("files", one) for one in files] or None)

    def _report(self, facts, files=(), about="other"):
        """:return: (the page that follows, the case as superuser)"""
        page = self._post(NEW, files, kind="other", about=about, facts=facts)
        return page, self.cases.sudo().search([("facts", "=", facts)])

    def _add(self, case, facts, files=()):
        return self._post(f"/my/difficulties/{case.id}/add", files, facts=facts)

    def test_a_report_says_who_reads_it(self):
        alone, past = "est seule à le lire", "ne le lisent pas"
        for about, text, unsaid in (("other", alone, past), ("service", past, alone)):
            page, case = self._report(f"Essai {about}", about=about)
            section = page.text.split(case.name)[1].split("</section>")[0]
            self.assertIn(text, section)
            self.assertNotIn(unsaid, section)
            reads = self.cases.with_user(self.coordinator).search_count([("id", "=", case.id)])
            self.assertEqual(bool(reads), about == "other")

    def test_a_photo_is_read_by_the_readers_of_the_case(self):
        _page, case = self._report("Avec une photo", [PHOTO])
        file = case.evidence_ids
        self.assertEqual((file.name, file.mimetype), ("bleu.png", "image/png"))
        self.assertEqual((file.res_model, file.res_id), (case._name, case.id))
        self.assertEqual(case.with_user(self.coordinator).evidence_ids.raw, PHOTO[1])
        for who in ("officer", "portal_a", "agent_user", "karim_user"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                file.with_user(getattr(self, who)).read(["raw"])
        for login in ("test_nadia", "test_karim"):
            self.authenticate(login, login)
            self.assertIn(self.url_open(f"/web/content/{file.id}").status_code, (403, 404))

    def test_a_photo_that_left_before_the_report_is_joined_to_it(self):
        self.url_open(NEW)
        data = {"csrf_token": http.Request.csrf_token(self), "token": "1" * 32}
        self.url_open("/my/uploads", data=data, files={"file": PHOTO})
        values = {"kind": "other", "about": "other", "facts": "Envoyée avant"}
        self._post(NEW, upload="1" * 32, **values)
        case = self.cases.sudo().search([("facts", "=", "Envoyée avant")])
        self.assertEqual(case.evidence_ids.mapped("raw"), [PHOTO[1]])
        self.assertFalse(self.env["commune.upload"].search([]))

    def test_a_file_that_a_request_would_refuse_is_refused(self):
        page = ("photo.png", b"<html><script>alert(1)</script></html>", "image/png")
        answer, case = self._report("Avec une page", [page])
        self.assertEqual(answer.status_code, 422)
        for word in ("photo.png", "Avec une page"):
            self.assertIn(word, answer.text)
        self.assertFalse(case)

    def test_a_report_without_answers_is_shown_at_the_first_of_them(self):
        for wrong in (["kind", "about", "facts"], ["about"]):
            values = dict.fromkeys(("kind", "about", "facts"), "other") | dict.fromkeys(wrong, "")
            page = html.fromstring(self._post(NEW, **values).text)
            [problem] = page.find_class("alert-danger")
            self.assertEqual(len(problem.findall("p")), len(wrong))
            marked = [field.get("name") for field in page.xpath("//form//*[@aria-invalid]")]
            self.assertEqual(marked, wrong)
            [focused] = page.xpath("//*[@autofocus]")
            self.assertEqual(focused.get("name"), wrong[0])
            self.assertIs(problem.getnext(), focused)
        self.assertFalse(self.cases.sudo().search([("facts", "=", "other")]))

    def test_what_is_missing_bears_the_label_of_its_field(self):
        view = self.env.ref("commune_relations.portal_incident_new").with_context(lang="en_US")
        page = html.fromstring(view.arch)
        cases = self.cases.with_user(self.agent_user).with_context(lang="en_US")
        with self.assertRaises(FormError) as refused:
            cases._file_alert({})
        for name, sentence in refused.exception.problems:
            [label] = page.xpath(f"//label[@for='difficulty_{name}']/text()")
            self.assertIn(label.strip(), sentence)
        self.assertEqual(len(refused.exception.problems), 3)

    def test_an_agent_sees_and_adds_to_ones_own_report(self):
        _page, case = self._report("Mon premier mot")
        case.with_user(self.coordinator).facts = f"Réécrit {SECRET}"
        before = self.env["mail.mail"].search([])
        page = self._add(case, "Mon second mot", [PHOTO]).text
        for word in ("Mon premier mot", "Mon second mot"):
            self.assertEqual(page.count(word), 1)
        self.assertNotIn(SECRET, page)
        self.assertEqual(case.evidence_ids.mapped("name"), ["bleu.png"])
        self.assertIn("Mon second mot", case.with_user(self.coordinator).event_ids.mapped("text"))
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, case.user_id.partner_id)
        self.assertNotIn("second", mail.body_html)
        self.assertEqual(self._add(case, " ").status_code, 422)

    def test_nobody_else_adds_to_a_report_nor_sees_it(self):
        _page, case = self._report("Mon premier mot")
        concerned = self._open_case()
        concerned.party_ids.action_notify()
        # Whom a case concerns is on its page, and has reported nothing.
        self.assertEqual(self._add(concerned, "Intrus").status_code, 422)
        for login in ("test_karim", "test_mayor_a"):
            self.authenticate(login, login)
            self.assertEqual(self._add(case, "Intrus").status_code, 404)
            self.assertNotIn("premier mot", self.url_open("/my/difficulties").text)
        lines = self.env["commune.replacement.incident.event"].search([])
        self.assertNotIn("Intrus", lines.mapped("text"))

    def test_nothing_is_added_to_a_case_that_is_over(self):
        _page, case = self._report("Bientôt fini")
        self.assertIn(f"/{case.id}/add", self.url_open("/my/difficulties").text)
        case.closing_note = "Rien à faire"
        case.with_user(self.coordinator).action_no_action()
        page = self.url_open("/my/difficulties").text
        self.assertIn("Bientôt fini", page)
        self.assertNotIn(f"/{case.id}/add", page)
        self.assertEqual(self._add(case, "Encore").status_code, 422)

    def test_ten_words_a_day_and_no_more(self):
        _page, case = self._report("Mot 1")
        codes = [self._add(case, f"Mot {number}").status_code for number in range(2, 12)]
        self.assertEqual(codes, [200] * 9 + [422])
        self.assertEqual(self._report("Un autre")[0].status_code, 422)
