"""The login pages of the organisation, fast and with its branding; another company's stay
Odoo's."""

import re
from unittest.mock import patch

from lxml import html

from odoo.tests import tagged

from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestLoginPages(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        cls.env.company.epci_id = cls.epci
        cls.env.company.email = "relations@deux-rives.fr"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _weigh(self, page):
        """Bytes that the browser receives before the page is complete."""
        paths = page.xpath("//link[@rel='stylesheet']/@href | //script/@src | //img/@src")
        return sum(len(self.url_open(path).content) for path in paths)

    def test_the_form_is_there_before_any_script(self):
        answer = self.url_open("/web/login")
        page = html.fromstring(answer.content)
        [form] = page.xpath("//form[contains(@class, 'oe_login_form')]")
        self.assertEqual(form.get("action"), "/web/login")
        self.assertTrue(form.xpath(".//button[@type='submit']"))
        # What is not wanted: 608 kB of style sheet, 1.8 MB of scripts, a font of 77 kB.
        self.assertNotIn("assets_frontend", answer.text)
        self.assertLess(len(answer.content) + self._weigh(page), 15_000)
        # Nothing hides the form: the sheet of the page knows no `d-none`.
        [sheet] = page.xpath("//link[@rel='stylesheet']/@href")
        self.assertNotIn("d-none", self.url_open(sheet).text)

    def test_the_page_bears_the_name_of_the_organisation_and_whom_to_call(self):
        self.env.company.phone = "03 87 00 00 00"
        self.epci.brand_name = "Eurométropole des Deux-Rives"
        for path in ("/web/login", "/web/reset_password", "/web/signup?token=bad"):
            page = html.fromstring(self.url_open(path).content)
            [header] = page.xpath("//header")
            self.assertIn("Eurométropole des Deux-Rives", header.text_content())
            self.assertIn("ER", header.text_content())
            self.assertEqual(len(page.xpath("//h1")), 1, path)
            self.assertEqual(page.text_content().count("03 87 00 00 00"), 1, path)
            self.assertIn("Deux-Rives", page.findtext(".//title"))

    def test_one_logs_in_without_a_script(self):
        answer = self._post("/web/login", login="test_mayor_a", password="test_mayor_a")
        self.assertIn("/my", answer.url)

    def test_what_is_refused_is_shown_with_the_way_out(self):
        page = self._post("/web/login", login="test_mayor_a", password="wrong").text
        self.assertIn("Wrong address or password. “Forgotten password?” sends", page)
        self.assertIn("E-mail address", page)
        self.assertNotIn("Enter your email", page)

    def test_another_company_keeps_the_login_page_of_odoo(self):
        self.env.company.epci_id = False
        page = self.url_open("/web/login").text
        self.assertIn("assets_frontend", page)
        self.assertNotIn("o_login_header", page)
        self.assertIn("Enter your email", page)
        self.assertNotIn("E-mail address", page)
        self.assertNotIn("Forgotten password", self.url_open("/web/reset_password").text)

    def test_beside_a_web_site_the_login_pages_are_its_own_and_pages_of_the_addon_stay(self):
        registry = self.env.registry
        with patch.object(registry, "_init_modules", registry._init_modules | {"website"}):
            self.assertNotIn("o_login_header", self.url_open("/web/login").text)
            self.authenticate("test_mayor_a", "test_mayor_a")
            color = self.env.company._get_document_colors()["primary"]
            [style] = html.fromstring(self.url_open("/my").content).xpath("//head/style")
        self.assertIn(f"--organisation:{color}", style.text)
        # The header and the footer of the site are outside; the progress in a survey is below,
        # what Odoo asks in a box (the password, again) covers the page.
        box = ":is(#wrapwrap main,.o-overlay-container .o_dialog)"
        managed = ("#wrapwrap main", "#wrapwrap .o_survey_progress ", box)
        self.assertIn(f"{box} .btn-primary{{", style.text)
        for rule in style.text.rstrip("}").split("}"):
            self.assertTrue(rule.startswith(managed), rule)

    def _invite(self, inviter):
        user = self.portal_a
        user.partner_id.email = "anne.aubry@aubrive.example"
        user.login_date = False
        return user.with_user(inviter).sudo()._send_portal_letter("signup")

    def test_the_invitation_says_who_sends_it_and_answers_go_there(self):
        self.officer.partner_id.write({"name": "Claire LEROY", "email": "claire@deux-rives.fr"})
        mail = self._invite(self.officer)
        self.assertIn("Claire LEROY", mail.body_html)
        self.assertIn("claire@deux-rives.fr", mail.reply_to)
        # Never From a person: the domain of a commune does not let us send.
        self.assertIn("<relations@deux-rives.fr>", mail.email_from)

    def test_an_invitation_of_the_software_is_that_of_the_organisation(self):
        mail = self._invite(self.env.ref("base.user_root"))
        self.assertIn(self.env.company._get_organisation_name(), mail.body_html)
        self.assertEqual(mail.reply_to, "relations@deux-rives.fr")

    def test_the_page_of_an_invitation_says_who_invites_and_asks_no_name(self):
        self.officer.partner_id.name = "Claire LEROY"
        self._invite(self.officer)
        person = self.portal_a.partner_id
        address = person._get_signup_url_for_action()[person.id]
        page = html.fromstring(self.url_open(re.sub(r"^https?://[^/]*", "", address)).content)
        self.assertIn("Claire LEROY", page.text_content())
        [name] = page.xpath("//div[contains(@class, 'field-name')]")
        self.assertEqual(name.get("hidden"), "hidden")
        [login] = page.xpath("//input[@name='login']")
        self.assertEqual(login.get("readonly"), "readonly")
