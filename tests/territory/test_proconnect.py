"""Entering by ProConnect, without the modules that call us: who enters, what login pages show."""

from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo import http
from odoo.tests import tagged

from odoo.addons.base.models.res_users import ResUsers
from odoo.addons.commune_relations.controllers.proconnect import ProConnectLogin
from odoo.addons.commune_relations.models.territory.portal import proconnect as entering
from odoo.addons.http_routing.tests.common import MockRequest

from ...engine.proconnect import BY_HAND, FAILED, UNKNOWN
from .portal_case import PortalCase

ADDRESS = "anne.aubry@aubrive.example"


@tagged("post_install", "-at_install")
class TestProConnectAccount(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_a.partner_id.email = " Anne.Aubry@AUBRIVE.example "
        cls.users = cls.env["res.users"]

    def _choose(self, email=ADDRESS):
        return self.users._choose_proconnect_account(email)

    def test_who_was_invited_enters_whatever_the_case_of_the_address(self):
        self.assertEqual(self._choose(), (self.portal_a, ""))
        self.portal_a.write(
            {"login": "Anne.Aubry@aubrive.example", "email": "autre@aubrive.example"}
        )
        self.assertEqual(self._choose(), (self.portal_a, ""))

    def test_a_stranger_an_agent_and_a_closed_account_do_not(self):
        self.assertEqual(self._choose("inconnue@aubrive.example"), (self.users, UNKNOWN))
        self.assertEqual(self._choose("anne_aubry@aubrive.example"), (self.users, UNKNOWN))
        self.employee.email = "agent@deux-rives.example"
        self.assertEqual(self._choose("agent@deux-rives.example"), (self.users, UNKNOWN))
        self.portal_a.active = False
        self.assertEqual(self._choose(), (self.users, UNKNOWN))

    def test_whose_mandates_have_all_ended_does_not(self):
        mandates = self.portal_a.partner_id.held_mandate_ids
        mandates.date_end = self.env.company._get_today() - timedelta(days=1)
        self.assertEqual(self._choose(), (self.users, UNKNOWN))

    def test_an_address_that_nobody_typed_opens_no_account(self):
        """An officer writes the own address into the copy that Odoo keeps of the mayor’s."""
        own = "agent@deux-rives.example"
        mayor = self.portal_a.partner_id
        mayor.with_user(self.officer).write({"email_normalized": own})
        self.assertEqual(self._choose(own), (self.users, UNKNOWN))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET email_normalized = %s WHERE id = %s", [own, mayor.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._choose(own), (self.users, UNKNOWN))
        self.assertEqual(self._choose(), (self.portal_a, ""))

    def test_an_address_of_two_accounts_opens_neither(self):
        self.employee.email = ADDRESS
        self.assertEqual(self._choose(), (self.users, BY_HAND))

    def test_an_account_that_an_identity_opens_is_not_given_to_another(self):
        with patch.object(type(self.users), "_has_identity", lambda user: True):
            self.assertEqual(self._choose(), (self.users, BY_HAND))

    def test_a_second_factor_is_not_asked_twice_of_the_same_person_alone(self):
        found = {"uid": self.portal_a.id, "auth_method": "oauth", "mfa": "default"}
        given = {"type": "oauth_token", "login": self.portal_a.login, "token": "x"}
        with (
            MockRequest(self.env) as request,
            patch.object(entering, "request", request),
            patch.object(ResUsers, "_check_credentials", lambda *args: found),
        ):
            for uid, second, mfa in (
                (self.portal_a.id, True, "skip"),
                (self.portal_a.id, False, "default"),
                (self.employee.id, True, "default"),
            ):
                request.session["proconnect"] = {"uid": uid, "second_factor": second}
                answer = self.portal_a._check_credentials(given, {"interactive": True})
                self.assertEqual(answer["mfa"], mfa, (uid, second))

    def _give_second_factor(self, user):
        """The code of the account itself, after an entry by an identity that it does not know."""
        found = {"uid": user.id, "auth_method": "totp", "mfa": "default"}
        with (
            MockRequest(self.env) as request,
            patch.object(entering, "request", request),
            patch.object(ResUsers, "_check_credentials", lambda *args: found),
        ):
            # Without the module that has them, two other fields replace the identity.
            to_link = {"city": "Fournisseur", "zip": "Identité"}
            request.session["proconnect"] = {
                "uid": user.id,
                "second_factor": False,
                "to_link": to_link,
            }
            user._check_credentials({"type": "totp_of_a_test"}, {"interactive": True})
            self.assertFalse(request.session["proconnect"]["to_link"])
        return (user.city, user.zip) == ("Fournisseur", "Identité")

    def test_the_second_factor_gives_the_account_to_the_identity(self):
        self.assertTrue(self._give_second_factor(self.portal_a))

    def test_an_account_linked_meanwhile_is_not_linked_again(self):
        with patch.object(type(self.users), "_has_identity", lambda user: True):
            self.assertFalse(self._give_second_factor(self.portal_a))

    def test_an_identity_linked_meanwhile_opens_no_second_account_even_from_a_closed_one(self):
        self.portal_b.write({"city": "Fournisseur", "zip": "Identité"})
        self.portal_b.active = False
        self.assertFalse(self._give_second_factor(self.portal_a))

    def test_what_comes_back_is_what_this_browser_asked_for(self):
        link = {
            "auth_link": 'https://pc.example/authorize?state={"d": "db", "t": "secret"}&scope=x'
        }
        with MockRequest(self.env) as request, patch.object(entering, "request", request):
            request.session.sid = "a" * 84
            address = self.users._make_proconnect_link(link)
            self.assertNotIn("secret", address)
            made = f"{int(entering.time.time())}-salt"
            proof = self.users._get_proconnect_secrets(made)[0]
            state = {"made": made, "proof": proof}
            self.assertTrue(self.users._is_own_proconnect_state(state))
            old = f"{int(entering.time.time()) - 3601}-salt"
            late = {"made": old, "proof": self.users._get_proconnect_secrets(old)[0]}
            for other in ({}, {**state, "proof": "x"}, {**state, "made": made + "1"}, late):
                self.assertFalse(self.users._is_own_proconnect_state(other), other)
            request.session.sid = "b" * 84
            self.assertFalse(self.users._is_own_proconnect_state(state))


@tagged("post_install", "-at_install")
class TestProConnectLogin(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.env.company.phone = "03 87 00 00 00"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _keep(self, **seen):
        self.session["proconnect"] = seen
        http.root.session_store.save(self.session)

    def _open(self, path="/web/login"):
        def show(controller, qcontext):
            qcontext["proconnect"] = {"auth_link": "https://pc.example/authorize?state=x"}
            return True

        with patch.object(ProConnectLogin, "_show_proconnect", show):
            return html.fromstring(self.url_open(path).content)

    def test_the_button_comes_before_the_password_and_needs_no_script(self):
        page = self._open()
        [button] = page.xpath("//a[contains(@class, 'o_login_proconnect')]")
        self.assertTrue(button.get("href").startswith("https://pc.example/authorize"))
        self.assertTrue(button.xpath("following::form[contains(@class, 'oe_login_form')]"))
        self.assertTrue(page.xpath("//a[@href='https://www.proconnect.gouv.fr/']"))
        self.assertFalse(page.xpath("//*[@role='alert']"))

    def test_anyone_who_was_invited_may_do_without_a_password(self):
        person = self.portal_a.partner_id
        person.signup_prepare(signup_type="signup")
        page = self._open(person._get_signup_url())
        self.assertTrue(page.xpath("//a[contains(@class, 'o_login_proconnect')]"))

    def test_without_proconnect_the_login_pages_show_nothing_of_it(self):
        self.assertNotIn("ProConnect", self.url_open("/web/login?oauth_error=3").text)

    def test_who_does_not_enter_learns_what_to_do(self):
        for reason, words in (
            (UNKNOWN, "it opens no access here"),
            (BY_HAND, "we link your access"),
            (FAILED, "did not succeed"),
        ):
            self._keep(refused=reason, email="x@y.example", logout="https://pc.example/end")
            page = self._open("/web/login?oauth_error=3")
            [alert] = page.xpath("//*[@role='alert']")
            self.assertIn(words, alert.text_content())
            self.assertEqual("x@y.example" in alert.text_content(), reason != FAILED)
            self.assertTrue(alert.xpath(".//a[contains(@href, '/web/session/logout')]"))
            self.assertEqual("03 87 00 00 00" in alert.text_content(), reason != FAILED)
            self.assertEqual(page.text_content().count("03 87 00 00 00"), 1)

    def test_one_leaves_proconnect_too(self):
        self._login("mayor_a")
        plain = self.url_open("/web/session/logout", allow_redirects=False)
        self.assertNotIn("pc.example", plain.headers["Location"])
        self._login("mayor_a")
        self._keep(logout="https://pc.example/api/v2/session/end?id_token_hint=x")
        answer = self.url_open("/web/session/logout", allow_redirects=False)
        self.assertIn("https://pc.example/api/v2/session/end", answer.headers["Location"])
        self.assertIn("/web/login", self.url_open("/my").url)
