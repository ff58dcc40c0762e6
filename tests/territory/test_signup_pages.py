"""Login pages of the portal: dead links are explained; no page reveals who has an account."""

import html

from lxml.html import fromstring

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestSignupPages(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        cls.env.company.phone = "03 87 00 00 00"
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def test_a_dead_link_says_why_and_offers_a_new_one(self):
        for path, life in (
            ("/web/signup?token=bad", "it works for 6 days"),
            ("/web/reset_password?token=bad", "it works for 4 hours"),
        ):
            page = self.url_open(path)
            self.assertEqual(page.status_code, 410, path)
            self.assertIn("This link does not work any more", page.text)
            self.assertIn(life, page.text)
            self.assertIn("03 87 00 00 00", page.text)
            self.assertIn('action="/web/reset_password"', page.text)
            self.assertIn('name="login"', page.text)
            for word in ('name="name"', 'name="password"', "John Doe", "Invalid signup token"):
                self.assertNotIn(word, page.text)

    def test_a_link_that_has_been_used_is_dead_and_one_that_lives_is_odoo_s(self):
        partner = self.portal_a.partner_id
        partner.signup_prepare(signup_type="reset")
        address = partner._get_signup_url()
        self.assertIn('name="confirm_password"', self.url_open(address).text)
        partner.signup_cancel()
        self.assertEqual(self.url_open(address).status_code, 410)

    def test_anyone_who_is_logged_in_finds_the_way_home_and_to_the_account(self):
        """Who opens the invitation once more, or the security of the account."""
        person = self.portal_b.partner_id
        person.signup_prepare(signup_type="signup")
        routes = (
            "/web/signup?token=bad",
            "/web/reset_password?token=bad",
            "/web/reset_password",
            person._get_signup_url(),
        )
        agent = new_test_user(self.env, "test_nadia", groups="base.group_portal")
        values = {"name": "Nadia", "is_replacement_agent": True, "user_id": agent.id}
        self.env["hr.employee"].create(values)
        for login in ("test_mayor_a", "test_nadia", None):
            self.authenticate(login, login)
            for path in (*routes, *(("/my/security",) if login else ())):
                page = fromstring(self.url_open(path).text)
                [head] = page.xpath("//header[contains(@class, 'o_login_header')]")
                led = {link.get("href") for link in head.iter("a")}
                for way in ("/my", "/my/account"):
                    self.assertEqual(way in led, bool(login), f"{login} {path} {led}")
                if path.endswith("=bad"):
                    way = "/my" if login else "/web/login"
                    self.assertTrue(
                        page.xpath(f"//main//a[contains(@class, 'btn')][@href='{way}']")
                    )

    def test_a_password_sent_with_a_dead_link_changes_nothing(self):
        before = self.portal_a.partner_id.signup_type
        values = {"login": self.portal_a.login, "password": "x" * 20, "confirm_password": "x" * 20}
        for path in ("/web/signup", "/web/reset_password"):
            self.assertEqual(self._post(path, token="bad", **values).status_code, 410)
        self.assertEqual(self.portal_a.partner_id.signup_type, before)

    def test_without_links_for_forgotten_passwords_the_page_offers_the_organisation_alone(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "False")
        page = self.url_open("/web/signup?token=bad").text
        self.assertNotIn('action="/web/reset_password"', page)
        self.assertIn("03 87 00 00 00", page)

    @mute_logger("odoo.addons.commune_relations.controllers.signup_pages")
    def test_the_same_answer_with_an_account_or_without(self):
        answers = [
            self._post("/web/reset_password", login=login)
            for login in (self.portal_a.login, "personne@nulle-part.example")
        ]
        for answer in answers:
            self.assertEqual(answer.status_code, 200)
            text = html.unescape(answer.text)
            self.assertIn("If an account exists for this address", text)
            self.assertIn('class="alert alert-success"', text)
            self.assertNotIn("alert-danger", text)
        known, unknown = (answer.text.split("<main>")[-1] for answer in answers)
        self.assertEqual(known, unknown)
        self.assertTrue(self.portal_a.partner_id.signup_type)

    def test_a_second_factor_sent_to_the_login_does_not_reveal_who_has_an_account(self):
        for login in (self.portal_a.login, "personne@nulle-part.example"):
            answer = self._post("/web/login", login=login, password="x", type="totp")
            self.assertEqual(answer.status_code, 200, login)

    def test_a_login_that_is_not_typed_is_asked_again(self):
        page = self._post("/web/reset_password", login="").text
        self.assertNotIn("If an account exists", page)
        self.assertIn('name="login"', page)

    def test_no_sentence_of_a_stranger_is_shown_by_the_page(self):
        """Content injection: text in a shared link never appears on the page."""
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        for name in ("message", "error"):
            page = self.url_open(f"/web/reset_password?{name}=Appelez+le+0899")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("0899", fromstring(page.content).text_content(), name)
            page = self._post("/web/reset_password", login="x@y.example", **{name: "Appelez 0899"})
            self.assertNotIn("0899", fromstring(page.content).text_content(), name)

    def test_a_dead_link_asks_for_an_address_as_the_login_does(self):
        page = self.url_open("/web/signup?token=bad").text
        self.assertIn('<label for="login" class="form-label">E-mail address</label>', page)
        self.assertNotIn("Your login", page)
