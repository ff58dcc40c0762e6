"""Files that leave before their form: kept once, for one session, for a day."""

import io
import re
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.requests.ticket.form import FormError
from ..race_case import RaceCase
from .portal_request_case import HTML, PDF, PNG, PortalRequestCase

ONE, TWO, THREE = ("1" * 32, "2" * 32, "3" * 32)
MEGABYTE = 1024 * 1024


@tagged("post_install", "-at_install")
class TestUploads(PortalRequestCase):
    def setUp(self):
        super().setUp()
        self._open_form()

    def _open_form(self, user=None):
        self._login(user or self.portal_a)
        return self._get("/my/requests/new").text

    def _send(self, token=ONE, name="trou.jpg", content=PNG):
        return self.url_open(
            "/my/uploads",
            data={"csrf_token": http.Request.csrf_token(self), "token": token},
            files={"file": (name, io.BytesIO(content))},
        )

    def _waiting(self):
        return self.env["commune.upload"].search([])

    def test_a_photo_sent_again_is_joined_once(self):
        for _time in range(2):
            self.assertEqual(self._send().json(), {"problem": ""})
        self._send(TWO, "plan.pdf", PDF)
        self._file(upload=[ONE, TWO])
        ticket = self._latest()
        self.assertEqual(ticket.commune_file_ids.mapped("name"), ["plan.pdf", "trou.jpg"])
        self.assertEqual(set(ticket.commune_file_ids.mapped("raw")), {PDF, PNG})
        self.assertFalse(self._waiting())

    def test_a_message_takes_them_too(self):
        ticket = self._request()
        self._send()
        self._post(f"/my/requests/{ticket.id}/message", text="Voici", upload=[ONE])
        message = ticket.message_ids.sorted("id")[-1]
        self.assertEqual(message.attachment_ids.mapped("raw"), [PNG])

    def test_another_commune_and_another_session_find_nothing(self):
        self._send()
        before = self._count()
        for user in (self.portal_b, self.portal_a):
            # Each login is a session of its own.
            self._open_form(user)
            commune = self.commune_b if user == self.portal_b else self.commune_a
            page = self._file(commune, upload=[ONE])
            with self.subTest(user=user.login):
                self.assertEqual(self._count(), before)
                self.assertIn('id="problem_files"', page.text)
                self.assertNotIn("trou.jpg", page.text)
        self.assertEqual(self._waiting().user_id, self.portal_a)

    def test_who_was_shown_no_form_sends_nothing(self):
        for user in (self.portal_a, self.portal_b):
            self._login(user)
            self.assertEqual(self._send().status_code, 404)
        self.assertFalse(self._waiting())

    def test_no_file_is_opened_by_its_number(self):
        self._send()
        file = self._waiting()._get_files()
        for user in (self.portal_a, self.portal_b, self.officer):
            self._login(user)
            self.assertEqual(self._get(f"/web/content/{file.id}").status_code, 404)
            with self.assertRaises(UserError):
                file.with_user(user).read(["raw"])

    def test_the_rules_of_files_hold(self):
        for name, content, word in [
            ("page.html", HTML, "page.html"),
            ("dessin.png", HTML, "dessin.png"),
            ("vide.pdf", b"", "vide.pdf"),
            ("lourd.png", PNG + b"0" * 10 * MEGABYTE, "10 Mo"),
        ]:
            answer = self._send(name=name, content=content)
            self.assertEqual(answer.status_code, 422, name)
            self.assertIn(word, answer.json()["problem"])
        self.assertEqual(self._send(token="../x").status_code, 422)
        self.assertFalse(self._waiting())

    def test_the_number_and_the_weight_hold_over_the_whole_form(self):
        before = self._count()
        tokens = [f"{number:032x}" for number in range(1, 12)]
        for token in tokens:
            self._send(token)
        self.assertIn("10 au plus", self._file(upload=tokens).text)
        heavy = PNG + b"0" * 9 * MEGABYTE
        for token in (TWO, THREE):
            self._send(token, content=heavy)
        page = self._file(upload=[TWO, THREE], files={"files": ("c.png", io.BytesIO(heavy))})
        self.assertIn("25 Mo", page.text)
        self.assertEqual(self._count(), before)

    def test_a_form_that_is_refused_keeps_its_photos(self):
        self._send()
        page = self._file(question="", upload=[ONE])
        self.assertIn("trou.jpg", page.text)
        self.assertRegex(page.text, rf'(?s)<input[^>]*name="upload"[^>]*value="{ONE}"')
        self._file(upload=re.findall(r'value="(1{32})"', page.text))
        self.assertEqual(self._latest().commune_file_ids.mapped("name"), ["trou.jpg"])

    def test_what_waits_longer_than_a_day_is_thrown_away(self):
        for token in (ONE, TWO):
            self._send(token)
        old, new = self._waiting()
        files = old._get_files()
        old.date = fields.Datetime.now() - timedelta(hours=24, minutes=1)
        before = self._count()
        self.assertIn('id="problem_files"', self._file(upload=[ONE]).text)
        self.assertEqual(self._count(), before)
        self.env["commune.upload"]._gc_uploads()
        self.assertEqual(self._waiting(), new)
        self.assertFalse(files.exists())

    def test_one_person_does_not_fill_the_server(self):
        uploads = self.env["commune.upload"].with_user(self.portal_a)
        for number in range(32):
            uploads._receive("session", f"{number:032x}", f"{number}.png", PNG)
        names = self._waiting().mapped("name")
        self.assertEqual((names[0], names[-1], len(names)), ("2.png", "31.png", 30))


@tagged("post_install", "-at_install")
class TestUploadRace(RaceCase):
    def _receive(self, env):
        return env["commune.upload"]._receive("session", ONE, "trou.png", PNG)

    def _count(self, env):
        return env["commune.upload"].search_count([])

    def _waiting(self):
        return self._in_transaction(lambda env: env["commune.upload"].search([]).ids)

    def test_two_sendings_of_one_photo_keep_one(self):
        begun, errors = self._at_once(self._count, self._receive, self._receive)
        self.addCleanup(self._in_transaction, lambda env: env["commune.upload"].search([]).unlink())
        self.assertFalse(errors)
        self.assertEqual(len(self._waiting()), 1)
        # The second one was run again, and found what the first one left.
        self.assertEqual(begun, 3)

    def test_two_forms_at_once_do_not_take_it_twice(self):
        self._in_transaction(self._receive)
        taken = []

        def take(env):
            taken.append(env["commune.upload"]._take("session", [ONE]))

        begun, errors = self._at_once(self._count, take, take)
        self.assertEqual([type(error) for error in errors], [FormError])
        self.assertEqual(begun, 3)
        self.assertFalse(self._waiting())
