"""Security headers of every page, and what the log keeps of its address."""

import inspect
import logging
import re
from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from ...engine.web import MASK, is_secret
from ...engine.web.addresses import LINKS, LOGIN_PATHS, is_link, is_managed
from ...models.core import log_mask
from ..territory.portal_case import PortalCase

MODULE = "odoo.addons.commune_relations."
TOKEN = "Zm9vYmFyLWJhejEyMzQ1Njc4OTA_"


@tagged("post_install", "-at_install")
class TestHeadersOfEveryPage(PortalCase):
    def _get_routes(self):
        """Routes of the addon that a browser opens, with letters in place of their variables."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint.func
            if rule.endpoint.routing["type"] == "http" and inspect.unwrap(
                endpoint
            ).__module__.startswith(MODULE):
                yield re.sub(r"<[^>]*>", "x", rule.rule)

    def assertPrivate(self, answer):
        headers = answer.headers
        self.assertIn("X-Frame-Options", headers, answer.url)
        self.assertEqual(headers["X-Frame-Options"], "DENY", answer.url)
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"], answer.url)
        self.assertEqual(headers["Cache-Control"], "no-store", answer.url)
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff", answer.url)

    def test_no_route_of_the_addon_is_missing_from_the_table(self):
        # Routes of other applications that we only close or lead elsewhere.
        others = ("/help/", "/mailing/", "/my/address", "/my/ticket", "/new/", "/submitted/")
        others += ("/survey/", "/ticket/", "/web/")
        routes = set(self._get_routes())
        self.assertGreater(len(routes), 60)
        missing = [path for path in routes if not is_managed(path) and not path.startswith(others)]
        self.assertEqual(missing, [])
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.endpoint.routing["auth"] == "public" and "token>" in rule.rule:
                path = re.sub(r"<[^>]*>", "1", rule.rule)
                self.assertTrue(is_secret(path), path)

    def test_every_page_with_an_account_is_framed_and_kept_by_nobody(self):
        self._login("mayor_a")
        for path in ("/my", "/my/requests", "/my/account", "/my/security", "/my/home"):
            self.assertPrivate(self.url_open(path))
        photo = f"/my/interlocutors/{self.officer.id}/photo"
        self.assertPrivate(self.url_open(photo))

    def test_a_customer_of_another_application_has_the_pages_of_odoo(self):
        """Texts of the portal and of the addons that extend it, unchanged by this addon."""
        user = new_test_user(
            self.env, "test_guest", groups="base.group_portal", password="test_guest of the house"
        )
        user.partner_id.email = "guest@shop.example"
        self.authenticate("test_guest", "test_guest of the house")
        for path in ("/my", "/my/home", "/my/account", "/my/security", "/my/addresses", "/my/x"):
            headers = self.url_open(path).headers
            self.assertNotEqual(headers.get("X-Frame-Options"), "DENY", path)
            self.assertNotEqual(headers.get("Cache-Control"), "no-store", path)
            self.assertNotIn("Referrer-Policy", headers, path)
            policy = headers.get("Content-Security-Policy", "")
            self.assertIn(policy, ("", "frame-ancestors 'self'"), path)
        # Our pages are signed by the intercommunality alone, third-party ones by Odoo too.
        self.assertIn("o_brand_promotion", self.url_open("/my").text)
        self.assertPrivate(self.url_open("/my/requests"))
        self._login("mayor_a")
        self.assertNotIn("o_brand_promotion", self.url_open("/my").text)
        self.assertNotEqual(self.url_open("/my/nowhere").headers.get("X-Frame-Options"), "DENY")

    def test_every_personal_link_and_login_page_has_it_too(self):
        for prefix in (*LINKS, *LOGIN_PATHS):
            path = f"{prefix}{TOKEN}" if prefix in LINKS else prefix
            answer = self.url_open(path, allow_redirects=False)
            if not path.startswith("/replacement-calendar"):
                self.assertPrivate(answer)
            if is_link(path) and "text/html" in answer.headers["Content-Type"]:
                self.assertEqual(answer.headers.get("Referrer-Policy"), "no-referrer", path)

    def test_a_link_to_choose_a_password_is_disclosed_to_nobody(self):
        partner = self.portal_a.partner_id
        partner.signup_prepare()
        answer = self.url_open(partner._get_signup_url())
        self.assertIn("token=", answer.url)
        self.assertPrivate(answer)
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_scripts_of_a_page_carry_a_number_drawn_for_it(self):
        # The login pages of the organisation have no inline script at all: see
        # tests/territory/test_login_pages.py.
        numbers = set()
        self._login("mayor_a")
        for _turn in range(2):
            answer = self.url_open("/my/security")
            policy = answer.headers["Content-Security-Policy"]
            number = re.search(r"'nonce-([\w-]{20,})'", policy)[1]
            scripts = re.findall(r"<script(?![^>]*src=)[^>]*>", answer.text)
            self.assertEqual(len(scripts), 2)
            for script in scripts:
                self.assertIn(f'nonce="{number}"', script)
            numbers.add(number)
        self.assertEqual(len(numbers), 2)

    def test_the_back_office_is_as_odoo_made_it(self):
        self.officer.password = "test_officer"
        self._login("officer")
        for path in ("/odoo", "/web/image/res.partner/1/avatar_128", "/web/webclient/load_menus"):
            answer = self.url_open(path)
            self.assertNotIn("Referrer-Policy", answer.headers, path)
            self.assertNotIn("script-src", answer.headers.get("Content-Security-Policy", ""), path)

    def test_the_cookie_of_the_session_says_who_may_send_it(self):
        for path in ("/my", "/odoo", "/nowhere", "/fr_FR/web/login", "/web/login"):
            self.opener.cookies.pop("session_id", None)
            answer = self.url_open(path, allow_redirects=False)
            cookies = answer.raw.headers.getlist("Set-Cookie")
            for cookie in cookies:
                if cookie.startswith("session_id="):
                    self.assertIn("; HttpOnly; Path=/; SameSite=Lax", cookie, path)
        self.assertIn("session_id=", "".join(cookies))


@tagged("post_install", "-at_install")
class TestLogsHoldNoSecret(PortalCase):
    def test_the_log_of_the_server_hides_the_secret_of_an_address(self):
        paths = [f"/session/{TOKEN}", f"/web/signup?token={TOKEN}", f"/survey/start/{TOKEN}"]
        with self.assertLogs("werkzeug", logging.INFO) as log:
            for path in (*paths, "/web/login"):
                self.url_open(path, allow_redirects=False)
        text = "\n".join(log.output)
        self.assertNotIn(TOKEN, text)
        for line in (f"/session/{MASK}", f"/web/signup?token={MASK}", f"/survey/start/{MASK}"):
            self.assertIn(f"GET {line} HTTP/1.1", text)
        self.assertIn("GET /web/login HTTP/1.1", text)

    def test_an_error_and_its_trace_hide_it(self):
        with self.assertLogs("odoo.http", "ERROR") as log:
            try:
                raise ValueError(f"/rate/{TOKEN}/5")
            except ValueError:
                logging.getLogger("odoo.http").exception("at %s", f"/rate/{TOKEN}/5")
        record = log.records[0]
        self.assertEqual(record.getMessage(), f"at /rate/{MASK}/5")
        self.assertIn(f"ValueError: /rate/{MASK}/5", record.exc_text)
        self.assertNotIn(TOKEN, record.exc_text)

    def test_every_log_of_the_process_passes_the_mask(self):
        for handler in logging.getLogger().handlers:
            self.assertIn(log_mask.MASK_SECRETS, handler.filters)

    def test_a_line_that_cannot_be_read_is_logged_as_it_is(self):
        record = logging.LogRecord("x", 20, "", 1, "%d", ("no number",), None)
        self.assertTrue(log_mask.MASK_SECRETS.filter(record))

    def test_the_process_is_left_as_it_was(self):
        with patch.object(log_mask.Registry, "registries", {}):
            log_mask.take_away("this one")
        self.addCleanup(log_mask.set_up)
        with self.assertLogs("werkzeug", logging.INFO) as log:
            self.url_open(f"/session/{TOKEN}")
        self.assertIn(TOKEN, "\n".join(log.output))
