"""The onboarding of a communauté de communes, in a browser, without the demonstration."""

import html
import re
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from ..core.sender_case import OUTSIDE, SenderCase
from .common import without_missing_asset
from .test_sender_tour import DRAWN

COLLEAGUE = "lea.garnier@deux-rives.example"
PEOPLE = [("is_fictitious", "=", True)]


@tagged("post_install", "-at_install")
class TestOnboardingTour(SenderCase, HttpCase):
    def test_from_the_first_login_to_the_first_commune_invited(self):
        without_missing_asset(self.env)
        self.company.write({"epci_id": False, "email": False, "name": "My Company"})
        self.company.currency_id = self.env.ref("base.USD")
        self.env["res.partner"].search([("is_commune", "=", True)]).active = False
        manager = new_test_user(self.env, "first_manager", "commune_relations.group_manager")
        manager.lang = "en_US"
        self.outbox.take()
        with patch(DRAWN, lambda _end: 12345):
            self.start_tour("/odoo", "commune_relations.onboarding", login=manager.login)
        self.assertEqual((manager.lang, self.company.currency_id.name), ("fr_FR", "EUR"))
        self.assertEqual(self.company.epci_id.mayor_id.name, "Paule PRESLE")
        commune = self.company.epci_id.member_ids.filtered(lambda c: c.insee_code == "01010")
        self.assertEqual(commune.mayor_id.name, "Jeanne EXEMPLE")
        self.assertEqual(commune.mayor_id.user_ids.login, "mairie@anglefort.example")
        [(_sender, recipients, _content)] = self.outbox.take()
        self.assertEqual(recipients, [OUTSIDE])
        sent = self._outgoing()
        for login, tour in (
            ("mairie@anglefort.example", "/my first_mayor"),
            (COLLEAGUE, "/odoo first_colleague"),
        ):
            [letter] = [letter for recipients, letter in sent if login in recipients]
            self.assertIn(OUTSIDE, letter["From"])
            self.assertNotIn("example.com", letter.as_string())
            self._complete_account(letter, login)
            place, name = tour.split()
            self.start_tour(place, f"commune_relations.{name}", login=login)
        self._assert_menus_of_an_officer()

    def _complete_account(self, letter, login):
        """By the link of the letter, as its reader does; the password is what a tour types."""
        page = letter.get_body(("html",)).get_content()
        [link] = re.findall(r'href="https?://[^/]+(/web/signup[^"]+)"', page)
        link = html.unescape(link)
        self.authenticate(None, None)
        self.assertIn(login, self.url_open(link).text)
        answer = self.url_open(
            link,
            data={
                "csrf_token": http.Request.csrf_token(self),
                "token": re.search("token=([^&]+)", link)[1],
                "login": login,
                "name": login,
                "password": login,
                "confirm_password": login,
            },
        )
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        user = self.env["res.users"].search([("login", "=", login)])
        self.assertTrue(user.login_date, login)

    def _assert_menus_of_an_officer(self):
        colleague = self.env["res.users"].search([("login", "=", COLLEAGUE)])
        menus = self.env["ir.ui.menu"].with_user(colleague).load_menus(False).values()
        shown = {menu.get("xmlid") for menu in menus}
        self.assertIn("commune_relations.menu_requests", shown)
        self.assertIn("commune_relations.menu_import_upload", shown)
        self.assertNotIn("commune_relations.menu_configuration_staff_accounts", shown)


@tagged("post_install", "-at_install")
class TestOnboardingOfThree(SenderCase):
    """A communauté de communes, an overseas agglomération, a métropole of local law."""

    def test_no_dollar_no_address_of_odoo_nobody_invented(self):
        for siren in ("200070852", "200018653", "246700488"):
            with self.subTest(siren=siren), self.env.cr.savepoint() as savepoint:
                self.company.write({"epci_id": False, "email": False, "name": "My Company"})
                self.company.currency_id = self.env.ref("base.USD")
                Reference = self.env["commune.reference.epci"]
                list(Reference._set_up_everything(siren, online=False))
                self.env.invalidate_all()
                # An event of the organisation has its cost in this currency.
                self.assertEqual(self.company.currency_id.symbol, "€")
                self.assertFalse(self.env["res.partner"].search_count(PEOPLE))
                # Odoo would write from odoobot@example.com.
                self.assertFalse(self.company._get_organisation_sender())
                savepoint.rollback()
            self.env.invalidate_all()
