"""Pages without an account: the organisation at the top, its contact data below."""

import html
from unittest.mock import patch

import lxml.html

from odoo.tests import new_test_user, tagged

from .portal_case import PortalCase

DEAD = ("/session/bad", "/event-invitation/bad", "/directory-campaign/bad", "/commune-survey/bad")
NAME = "Communauté de communes des Deux Rives"


@tagged("post_install", "-at_install")
class TestPersonalPages(PortalCase):
    def setUp(self):
        super().setUp()
        self.env.company.phone = "03 87 00 00 00"
        self.authenticate(None, None)

    def assertHead(self, page):
        """The same head and foot on every page, and nothing of the software."""
        tree = lxml.html.fromstring(page.content)
        frame = "(//body|//div[@id='wrapwrap'])/%s"
        [head], [foot] = (tree.xpath(frame % part) for part in ("header", "footer"))
        self.assertIn("o_login_header", head.get("class"), page.url)
        self.assertIn(NAME, head.text_content(), page.url)
        self.assertIn("o_login_footer", foot.get("class"), page.url)
        for words in ("o_footer_copyright", "o_brand_promotion", "o_survey_brand_message"):
            self.assertNotIn(words, page.text, page.url)

    def test_the_organisation_is_at_the_top_and_is_reached_below(self):
        for path in (*DEAD, "/personal-link/res.users/1/signup"):
            page = self.url_open(path)
            self.assertHead(page)
            self.assertIn('href="tel:0387000000"', page.text, path)

    def test_one_head_and_one_foot_from_the_login_page_to_the_last_page(self):
        self.env.company.epci_id = self.epci
        for path in ("/web/login", "/nowhere", "/commune/legal/contact", DEAD[0]):
            self.assertHead(self.url_open(path))
        self._login("mayor_a")
        for path in ("/my", "/my/requests", "/my/security", "/my/nowhere", "/groups", DEAD[0]):
            page = self.url_open(path)
            self.assertHead(page)
            for kind in ("notice", "privacy", "accessibility", "contact"):
                self.assertEqual(page.text.count(f'href="/commune/legal/{kind}"'), 1, path)
            # Behind a personal link, no menu of an account.
            self.assertEqual('id="o_logout"' in page.text, path != DEAD[0], path)

    def test_who_is_not_managed_keeps_the_layout_of_odoo(self):
        self.env.company.epci_id = self.epci
        new_test_user(self.env, "test_customer", groups="base.group_portal")
        self.authenticate("test_customer", "test_customer")
        page = self.url_open("/my").text
        self.assertIn("o_footer_copyright", page)
        self.assertNotIn("o_login_", page)

    def test_a_web_site_keeps_its_head_and_its_foot(self):
        self._login("mayor_a")
        environment = type(self.env)
        known = environment.__contains__
        with patch.object(
            environment, "__contains__", lambda env, name: name == "website" or known(env, name)
        ):
            page = self.url_open("/my").text
        self.assertNotIn("o_login_header", page)
        self.assertIn('id="bottom"', page)
        self.assertIn("o_login_footer", page)

    def test_hours_and_telephone_are_at_the_foot_of_the_portal(self):
        self.epci.opening_hours = "Lundi : 9 h - 12 h"
        self.authenticate("test_mayor_a", "test_mayor_a")
        for path in ("/my", "/my/requests", "/my/account", "/my/services", "/my/decisions"):
            page = self.url_open(path)
            self.assertIn('href="tel:0387000000"', page.text, path)
            self.assertEqual(page.text.count("Lundi : 9 h - 12 h"), 1, path)
        self.authenticate(None, None)
        self.assertIn("Lundi : 9 h - 12 h", self.url_open(DEAD[0]).text)

    def test_no_question_is_offered_where_nobody_can_be_reached(self):
        self.patch(
            self.env.registry["res.company"], "_get_organisation_contact", lambda company: ("", "")
        )
        page = self.url_open(DEAD[0])
        self.assertHead(page)
        self.assertNotIn("A question?", page.text)

    def test_the_robot_is_nobody_to_write_to(self):
        company = self.env.company
        company.email = self.epci.email = False
        company.alias_domain_id = False
        self.env["helpdesk.ticket.team"].search([]).alias_domain_id = False
        self.assertTrue(self.env.ref("base.user_root").email)
        self.assertEqual(company._get_organisation_contact(), ("03 87 00 00 00", ""))

    def test_a_page_that_does_not_exist_leads_to_no_page_that_does_not_exist(self):
        page = self.url_open("/nowhere")
        self.assertEqual(page.status_code, 404)
        if "website" in self.env:
            return
        self.assertNotIn("/contactus", page.text)
        self.assertIn('href="/my"', page.text)
        self.env.company.epci_id = self.epci
        page = self.url_open("/my/nowhere")
        self.assertEqual(page.status_code, 404)
        self.assertIn("o_commune_login", page.text)
        self._login("mayor_a")
        page = self.url_open("/my/nowhere")
        self.assertEqual(page.status_code, 404)
        self.assertNotIn("o_commune_login", page.text)
        self.assertIn("<title>Page not found</title>", page.text)
        self.assertIn("--organisation:", page.text)
        self.assertNotIn("404.svg", page.text)

    def test_the_scripts_of_the_portal_are_sent_the_words_of_the_addon(self):
        modules = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertLessEqual({"commune_relations", "auth_totp_portal", "web"}, set(modules))

    def test_the_page_of_the_second_factor_says_what_it_is(self):
        self._login("mayor_a")
        page = self.url_open("/my/security").text
        self.assertIn("FreeOTP", page)
        page = html.unescape(self.url_open("/my/account").text)
        self.assertIn('href="/my/security">A code besides the password, passkeys, devices<', page)
