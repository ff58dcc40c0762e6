"""Pages without an account: who writes stands at the top, and how to reach it below."""

import html

from odoo.tests import tagged

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
        self.assertIn('class="o_commune_letterhead', page.text, page.url)
        self.assertIn(NAME, page.text.split("<h1")[0].split("<main")[-1], page.url)

    def test_the_house_stands_at_the_top_and_is_reached_below(self):
        for path in (*DEAD, "/personal-link/res.users/1/signup"):
            page = self.url_open(path)
            self.assertHead(page)
            self.assertIn('href="tel:0387000000"', page.text, path)

    def test_hours_and_telephone_stand_at_the_foot_of_the_portal(self):
        self.epci.opening_hours = "Lundi : 9 h - 12 h"
        self.authenticate("test_mayor_a", "test_mayor_a")
        for path in ("/my", "/my/requests", "/my/account", "/my/services", "/my/decisions"):
            page = self.url_open(path)
            self.assertIn('href="tel:0387000000"', page.text, path)
            self.assertEqual(page.text.count("Lundi : 9 h - 12 h"), 1, path)
        self.authenticate(None, None)
        self.assertIn("Lundi : 9 h - 12 h", self.url_open(DEAD[0]).text)

    def test_no_question_is_offered_where_nobody_can_be_reached(self):
        self.patch(self.env.registry["res.company"], "_get_house_contact", lambda company: ("", ""))
        page = self.url_open(DEAD[0])
        self.assertHead(page)
        self.assertNotIn("A question?", page.text)

    def test_the_robot_is_nobody_to_write_to(self):
        company = self.env.company
        company.email = self.epci.email = False
        company.alias_domain_id = False
        self.env["helpdesk.ticket.team"].search([]).alias_domain_id = False
        self.assertTrue(self.env.ref("base.user_root").email)
        self.assertEqual(company._get_house_contact(), ("03 87 00 00 00", ""))

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
        self.assertIn("o_commune_door", page.text)
        self._login("mayor_a")
        page = self.url_open("/my/nowhere")
        self.assertEqual(page.status_code, 404)
        self.assertNotIn("o_commune_door", page.text)
        self.assertIn("<title>Page not found</title>", page.text)
        self.assertIn("--house:", page.text)
        self.assertNotIn("404.svg", page.text)

    def test_the_scripts_of_the_portal_are_sent_the_words_of_ours(self):
        modules = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertLessEqual({"commune_relations", "auth_totp_portal", "web"}, set(modules))

    def test_the_page_of_the_second_factor_says_what_it_is(self):
        self._login("mayor_a")
        page = self.url_open("/my/security").text
        self.assertIn("FreeOTP", page)
        page = html.unescape(self.url_open("/my/account").text)
        self.assertIn('href="/my/security">A code besides the password, passkeys, devices<', page)
