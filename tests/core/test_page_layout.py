"""Whose page it is: the frame of the organisation is for its addresses and its persons, once an
intercommunality is set up; what others look for is Odoo's."""

from unittest.mock import patch

from werkzeug.exceptions import Forbidden

from odoo.tests import new_test_user, tagged

from ..territory.portal_case import PortalCase

# Markers of a page with the organisation layout.
SIGNS = ("o_login_header", "o_login_footer", "--organisation:", "/commune/legal/")
PAGES = ("/my/requests/999999999", "/my/agreements/999999999", "/commune/check-in/999999999")
OTHERS = ("/nowhere", "/my/nowhere", "/shop/cart", "/my/orders/3", "/my/home/nowhere")
DEAD = ("/session/bad", "/event-invitation/bad", "/directory-campaign/bad", "/commune-survey/bad")


@tagged("post_install", "-at_install")
class TestPageLayout(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guests = ("test_customer", "test_guest")
        for login, group in zip(cls.guests, ("group_portal", "group_user"), strict=True):
            new_test_user(cls.env, login, groups=f"base.{group}")
        cls.agent = new_test_user(cls.env, "test_nadia", groups="base.group_portal")
        cls.env["hr.employee"].create(
            {"name": "Nadia", "is_replacement_agent": True, "user_id": cls.agent.id}
        )

    def assertOrganisationPage(self, page, status=None):
        for sign in ("o_login_header", "o_login_footer"):
            self.assertIn(sign, page.text, page.url)
        self.assertEqual(page.status_code, status or page.status_code, page.url)

    def assertOdoo(self, page, words=(), status=None):
        for sign in (*SIGNS, "Page not found", "Page not open to you"):
            self.assertNotIn(sign, page.text, page.url)
        for word in words:
            self.assertIn(word, page.text, page.url)
        self.assertEqual(page.status_code, status or page.status_code, page.url)

    def test_what_others_look_for_elsewhere_is_missing_in_the_words_of_odoo(self):
        for login in (*self.guests, "test_officer"):
            self.authenticate(login, login)
            for path in OTHERS:
                self.assertOdoo(self.url_open(path), ["/contactus", "404.svg"], 404)

    def test_at_our_addresses_the_organisation_layout_is_used(self):
        for login in self.guests:
            self.authenticate(login, login)
            for path in PAGES:
                page = self.url_open(path)
                self.assertOrganisationPage(page, 404)
                self.assertIn("<title>Page not found</title>", page.text)

    def test_our_persons_and_visitors_get_the_organisation_pages_everywhere(self):
        for login in ("test_mayor_a", "test_former_a", "test_nadia", None):
            self.authenticate(login, login)
            for path in OTHERS:
                page = self.url_open(path)
                self.assertOrganisationPage(page, 404)
                self.assertNotIn("/contactus", page.text)

    def test_a_page_that_is_refused_is_that_of_its_owner(self):
        def refuse(users):
            raise Forbidden()

        words = ['<h1 class="mt-5">403']
        with patch.object(self.env.registry["res.users"], "_get_portal_commune", refuse):
            for login in (*self.guests, "test_officer"):
                self.authenticate(login, login)
                self.assertOdoo(self.url_open("/my/security"), words, 403)
            for login, path in (("test_guest", "/my/services"), ("test_mayor_a", "/my/security")):
                self.authenticate(login, login)
                page = self.url_open(path)
                self.assertOrganisationPage(page, 403)
                self.assertIn("<title>Page not open to you</title>", page.text)
            self.env.company.epci_id = False
            for login in (*self.guests, "test_mayor_a", "test_nadia"):
                self.authenticate(login, login)
                self.assertOdoo(self.url_open("/my/security"), words, 403)

    def test_nothing_of_the_organisation_shows_before_an_intercommunality_is_set_up(self):
        self.env.company.epci_id = False
        for login in ("test_mayor_a", "test_nadia", "test_officer", *self.guests, None):
            self.authenticate(login, login)
            for path in ("/my", "/my/home", "/my/security", "/groups", "/web/login", *DEAD):
                self.assertOdoo(self.url_open(path))
            for path in OTHERS:
                page = self.url_open(path)
                self.assertOdoo(page, ["/contactus"], 404)
                self.assertNotIn("o_commune_brand", page.text)
        self._login("mayor_a")
        for path in ("/my/requests", "/my/account", "/my/services"):
            page = self.url_open(path)
            for sign in SIGNS[:3]:
                self.assertNotIn(sign, page.text, path)
