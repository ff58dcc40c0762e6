"""Routes of stock applications that read an address or disclose too much."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.engine.web import FOR_EMPLOYEES
from odoo.addons.commune_relations.engine.web.fetch import Page
from odoo.addons.commune_relations.models.core import outgoing_session

from ..common import CommuneCase

HTML = "<html><head><title>Réseau interne</title></head><body>x</body></html>"
# The only name that the tests of Odoo let through: what answers is in its place (`_web`).
WEB = "http://localhost/page"


class InternalSite(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.read.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(HTML.encode())

    do_POST = do_GET

    def log_message(self, *_args):
        pass


@tagged("post_install", "-at_install")
class TestStockRoutes(CommuneCase, HttpCase):
    def setUp(self):
        super().setUp()
        site = HTTPServer(("127.0.0.1", 0), InternalSite)
        site.read = self.read = []
        threading.Thread(target=site.serve_forever, daemon=True).start()
        self.addCleanup(site.server_close)
        self.addCleanup(site.shutdown)
        self.inside = f"http://127.0.0.1:{site.server_port}/etat"

    def _rpc(self, route, **params):
        body = json.dumps({"jsonrpc": "2.0", "params": params})
        with mute_logger("odoo.http"):
            return self.url_open(route, data=body, headers={"Content-Type": "application/json"})

    def _web(self):
        """The web as our guard reads it."""
        page = Page(WEB, 200, HTML.encode(), {"content-type": "text/html; charset=utf-8"})
        return patch.object(outgoing_session, "fetch", lambda *args, **options: page)

    def test_nobody_reads_the_internal_network_by_the_editor(self):
        for login in (None, "test_mayor_a", "test_employee", "test_officer", "test_manager"):
            self.authenticate(login, login)
            for kind in ("external", "internal"):
                for address in (self.inside, self.inside.replace("127.0.0.1", "localhost")):
                    answer = self._rpc(f"/html_editor/link_preview_{kind}", preview_url=address)
                    with self.subTest(login=login, kind=kind, address=address):
                        self.assertNotIn("interne", answer.text)
                        self.assertEqual(self.read, [])

    def test_the_staff_reads_the_web_and_nobody_else(self):
        titles = {}
        with self._web():
            for login in (None, "test_mayor_a", "test_officer"):
                self.authenticate(login, login)
                answer = self._rpc("/html_editor/link_preview_external", preview_url=WEB).json()
                titles[login] = (answer.get("result") or {}).get("og_title")
        self.assertEqual(
            titles, {None: None, "test_mayor_a": None, "test_officer": "Réseau interne"}
        )

    def test_employees_alone_make_the_server_ask_other_companies(self):
        def get_code(route, **params):
            return self._rpc(route, **params).json().get("error", {}).get("code")

        for login, codes in ((None, {404, 100}), ("test_mayor_a", {404})):  # 100: log in first
            self.authenticate(login, login)
            for route in sorted(FOR_EMPLOYEES):
                with self.subTest(login=login, route=route):
                    self.assertIn(get_code(route), codes)
        self.authenticate("test_employee", "test_employee")
        for route in ("/web_unsplash/get_app_id", "/html_editor/get_ice_servers"):
            self.assertIsNone(get_code(route), route)

    def test_an_account_of_a_commune_does_not_learn_whose_address_is_known(self):
        person = self.portal_a.partner_id
        self.authenticate("test_mayor_a", "test_mayor_a")
        answers = {
            self._rpc(
                "/mail/partner/from_email",
                thread_model="res.partner",
                thread_id=person.id,
                emails=[email],
            ).text
            for email in (self.officer.email, self.portal_b.email, "nobody@inconnu.example")
        }
        self.assertEqual(len(answers), 1, answers)

    def _post(self, user, link):
        body = f'<p><a href="{link}">ici</a></p>'
        return self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": user.partner_id.id,
                "author_id": user.partner_id.id,
                "body": body,
            }
        )

    def test_a_message_makes_the_server_read_the_web_for_the_staff_alone(self):
        previews = self.env["mail.link.preview"]
        for user, link, title in (
            (self.portal_a, WEB, False),
            (self.portal_a, self.inside, False),
            (self.officer, self.inside, False),
            (self.officer, WEB, "Réseau interne"),
        ):
            message = self._post(user, link)
            self.authenticate(user.login, user.login)
            if link == WEB:
                with self._web():
                    self._rpc("/mail/link_preview", message_id=message.id)
            else:
                self._rpc("/mail/link_preview", message_id=message.id)
            with self.subTest(user=user.login, link=link):
                found = previews.search([("source_url", "=", link)])
                self.assertEqual(found.og_title, title)
                self.assertEqual(self.read, [])
        self.assertFalse(previews._search_or_create_from_url(self.inside))
        self.assertEqual(self.read, [])

    def test_links_that_are_counted_and_images_of_mailings_read_nothing_inside(self):
        tracker = self.env["link.tracker"].create({"url": self.inside})
        self.assertEqual(tracker.title, self.inside)
        with mute_logger("odoo.addons.mass_mailing.models.mailing"):
            with self.assertRaises(Exception):  # noqa: B017 (whatever Odoo makes of it)
                self.env["mailing.mailing"]._get_image_by_url(self.inside, None)
        self.assertEqual(self.read, [])

    def test_no_notification_is_sent_inside(self):
        devices = self.env["mail.push.device"]
        key = devices.get_web_push_vapid_public_key()
        values = {"vapid_public_key": key, "keys": {"p256dh": "x", "auth": "y"}}
        with self.assertRaises(AccessError):
            devices.with_user(self.portal_a).register_devices(endpoint=WEB, **values)
        with self.assertRaises(UserError):
            devices.with_user(self.officer).register_devices(endpoint=self.inside, **values)
        self.assertFalse(devices.search([("endpoint", "in", (WEB, self.inside))]))

    def test_the_upload_of_a_module_reveals_to_nobody_whether_a_password_is_right(self):
        notified = set()
        for login, password in (
            ("test_officer", "test_officer"),
            ("test_officer", "faux"),
            ("inconnue", "faux"),
        ):
            for path in ("", "/fr"):
                answer = self.url_open(
                    f"{path}/base_import_module/login_upload",
                    data={"login": login, "password": password},
                )
                notified.add(
                    (answer.status_code, login in answer.text, "Only admin" in answer.text)
                )
        self.assertEqual(notified, {(404, False, False)})
