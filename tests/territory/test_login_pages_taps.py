"""The taps of the first minute, counted on its pages, which need no script: `docs/parcours.md`."""

from lxml import html

import odoo
from odoo.tests import tagged

from .portal_case import PortalCase

WORDS = "Trois pommiers en fleur"


@tagged("post_install", "-at_install")
class TestLoginPagesTaps(PortalCase):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        self.portal_a.login = "anne.aubry@aubrive.example"
        self.authenticate(None, None)
        self.taps = 0

    def _open(self, path):
        self.taps += 1
        answer = self.url_open(path)
        return html.fromstring(answer.text, base_url=answer.url)

    def _send(self, page, **typed):
        """The one form of the page that asks for what is typed, by its own button."""
        [form] = [one for one in page.forms if set(typed) <= set(one.fields)]
        self.assertTrue(form.xpath(".//button[@type='submit']"))
        self.taps += 1
        answer = self.url_open(
            form.action or page.base_url, data={**dict(form.form_values()), **typed}
        )
        return html.fromstring(answer.text)

    def _assert_home(self, page):
        self.assertTrue(page.xpath("//input[@id='orient_q']"))

    def test_from_the_invitation_to_the_first_page(self):
        person = self.portal_a.partner_id
        person.signup_prepare()
        page = self._open(person._get_signup_url())
        self._assert_home(self._send(page, password=WORDS, confirm_password=WORDS))
        self.assertEqual(self.taps, 2)

    def test_from_a_forgotten_password_to_the_first_page(self):
        page = html.fromstring(self.url_open("/web/login").text)
        [forgotten] = page.xpath("//a[contains(@href, '/web/reset_password')]/@href")
        self._send(self._open(forgotten), login=self.portal_a.login)
        person = self.portal_a.partner_id
        self.assertEqual(person.signup_type, "reset")
        page = self._open(person._get_signup_url())
        self.assertTrue(page.xpath("//input[@name='password'][@autofocus]"))
        self._assert_home(self._send(page, password=WORDS, confirm_password=WORDS))
        self.assertEqual(self.taps, 4)

    def _choose(self, **typed):
        person = self.portal_a.partner_id
        person.signup_prepare(signup_type="reset")
        page = self._open(person._get_signup_url())
        [form] = [one for one in page.forms if "confirm_password" in one.fields]
        values = {**dict(form.form_values()), "password": WORDS, "confirm_password": WORDS}
        return self.url_open(page.base_url, data={**values, **typed})

    def test_a_letter_does_not_spare_the_second_factor(self):
        self.portal_a.sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        answer = self._choose()
        self.assertIn("/web/login/totp", answer.url)
        self.assertIn("/web/login", self.url_open("/my/requests").url)

    def test_a_letter_opens_the_account_that_it_was_sent_to(self):
        answer = self._choose(login=self.portal_b.login)
        self.assertTrue(html.fromstring(answer.text).xpath("//input[@id='orient_q']"))
        self.assertEqual(self._get_session_user(), self.portal_a)

    def _get_session_user(self):
        session = odoo.http.root.session_store.get(self.opener.cookies["session_id"])
        return self.env["res.users"].browse(session.uid)
