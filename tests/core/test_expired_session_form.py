"""A form posted after the session expired: a message, then a link back to the form."""

import re
from urllib.parse import parse_qs, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..territory.portal_case import PortalCase

LOST = "What you had sent was not received: your session had expired."
LOST_SENTENCE = "What you sent was not received: your session had expired."


class ExpiredFormCase(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.router = cls.env["ir.http"].routing_map().bind("")

    def _send(self, path, referer=None, **values):
        """A form of another session, from the page of that address on this site."""
        return self.url_open(
            path,
            data={"csrf_token": "of another session", **values},
            headers={"Referer": self.base_url() + referer} if referer else None,
            allow_redirects=False,
        )

    def _get_posts(self, auth):
        """Routes of the addon that accept a form."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            posted = "POST" in (rule.methods or ()) and routing["type"] == "http"
            if routing.get("addon") and routing["auth"] == auth and posted:
                path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
                yield re.sub(r"<string[^>]*>", "x", re.sub(r"<int[^>]*>", "1", path))

    def assertOpens(self, path):
        try:
            self.router.match(path, method="GET")
        except HTTPException as error:
            self.fail(f"{error.code} {path}")


@tagged("post_install", "-at_install")
class TestExpiredForm(ExpiredFormCase):
    def setUp(self):
        super().setUp()
        self._lose_session()

    def _lose_session(self):
        self.opener.cookies.pop("session_id", None)

    def _get_way_back(self, answer):
        """Where the login that answers leads."""
        self.assertEqual(answer.status_code, 303)
        route = urlsplit(answer.headers["Location"])
        self.assertEqual(route.path, "/web/login")
        [page] = parse_qs(route.query)["redirect"]
        return page

    def _log_in(self, address):
        """The page on which one is after the login."""
        [form] = html.fromstring(self.url_open(address).content).xpath("//form[@method='post']")
        sent = {field.get("name"): field.get("value") for field in form.iter("input")}
        sent |= {"login": "test_mayor_a", "password": "test_mayor_a"}
        sent.pop(None, None)
        return self.url_open("/web/login", data=sent)

    def test_after_the_login_one_is_back_on_the_page_of_the_form(self):
        before = self.env["commune.exchange"].search_count([])
        answer = self._send("/my/exchanges/post", "/my/exchanges", name="Prêt de barnums")
        self.assertEqual(self._get_way_back(answer), "/my/exchanges")
        page = self._log_in(answer.headers["Location"])
        self.assertEqual((page.status_code, urlsplit(page.url).path), (200, "/my/exchanges"))
        [alert] = html.fromstring(page.content).xpath("//main//div[@role='alert']")
        self.assertIn("alert-warning", alert.get("class"))
        self.assertIn(LOST, " ".join(alert.text_content().split()))
        self.assertEqual(self.env["commune.exchange"].search_count([]), before)
        # The message appears only once.
        self.assertNotIn("was not received", self.url_open("/my/exchanges").text)

    def test_the_login_says_it_too(self):
        answer = self._send("/my/exchanges/post", "/my/exchanges")
        text = " ".join(self.url_open(answer.headers["Location"]).text.split())
        self.assertIn(LOST_SENTENCE, text)
        self.assertNotIn(LOST_SENTENCE, " ".join(self.url_open("/web/login").text.split()))

    def test_a_session_that_the_server_ended_is_a_lost_one(self):
        self._login("mayor_a")
        page = self.url_open("/my/exchanges").text
        [token] = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
        self.portal_a.sudo().password = "another of the house"
        self.env.flush_all()
        answer = self._send("/my/exchanges/post", "/my/exchanges", csrf_token=token)
        self.assertEqual(self._get_way_back(answer), "/my/exchanges")
        self.assertIn(
            LOST_SENTENCE, " ".join(self.url_open(answer.headers["Location"]).text.split())
        )

    def test_no_way_back_leads_to_an_address_that_only_takes_forms(self):
        posts = set(self._get_posts("user"))
        self.assertGreater(len(posts), 30)
        for path in posts:
            # A refused form is shown at the address to which it was sent.
            way = self._get_way_back(self._send(path, path))
            with self.subTest(path=path):
                self.assertTrue(way == "/my" or path.startswith(way), way)
                self.assertOpens(way)

    def test_the_nearest_page_that_opens_is_the_one(self):
        for referer, way in (
            ("/my/requests/12/message", "/my/requests/12"),
            ("/my/requests/new?q=Nid+de+poule&topic=3", "/my/requests/new"),
            ("/my/services/suggestions", "/my/services"),
            ("/my/", "/my"),
            ("/my/account", "/my/account"),
            ("/en/my/exchanges", "/my/exchanges"),
            ("/commune/check-in/3?half_day=5", "/commune/check-in/3"),
        ):
            self.assertEqual(self._get_way_back(self._send("/my/path/stop", referer)), way)

    def test_the_way_back_is_a_page_of_the_addon_on_this_site(self):
        here = urlsplit(self.base_url())
        for referer in (
            "https://elsewhere.example/my/requests",
            f"{here.scheme}://{here.netloc}@elsewhere.example/my/requests",
            f"{here.scheme}://elsewhere.example/{here.netloc}/my/requests",
            f"{here.scheme}://{here.hostname}:1/my/requests",
            f"{self.base_url()}//elsewhere.example/my/requests",
            f"{self.base_url()}/my/..//elsewhere.example",
            f"{self.base_url()}/my/\\elsewhere.example",
            f"{self.base_url()}/my/%2f%2felsewhere.example",
            f"{self.base_url()}/odoo",
            f"{self.base_url()}/web/login",
            f"{self.base_url()}/shop/cart",
            f"{self.base_url()}/session/Zm9vYmFyLWJhejEyMzQ1Njc4OTA_",
            "/my/requests",
            "javascript:alert(1)",
            "http://[",
            "",
        ):
            headers = {"Referer": referer}
            answer = self.url_open(
                "/my/path/stop", {"a": "b"}, headers=headers, allow_redirects=False
            )
            self.assertEqual(self._get_way_back(answer), "/my", referer)

    @mute_logger("odoo.http")
    def test_other_routes_are_left_to_odoo(self):
        for path in ("/my/address/submit", "/my/address/archive"):
            answer = self._send(path, "/my/account")
            way = answer.headers.get("Location", "")
            self.assertNotIn("%2Fmy%2Faccount", way, path)
            self._lose_session()
        answer = self._send("/my/addresses", "/my/requests")
        self.assertEqual(self._get_way_back(answer).rstrip("?"), "/my/addresses")
        self.assertNotIn("was not received", self._log_in("/web/login?redirect=/my").text)

    def test_a_page_that_is_asked_for_is_the_one_that_opens(self):
        answer = self.url_open(
            "/my/requests?page=2",
            headers={"Referer": f"{self.base_url()}/my/exchanges"},
            allow_redirects=False,
        )
        self.assertEqual(self._get_way_back(answer), "/my/requests?page=2")
        self.assertNotIn("was not received", self._log_in(answer.headers["Location"]).text)

    def test_a_program_is_answered_as_in_odoo(self):
        answer = self.url_open(
            "/my/requests/orient",
            json={"jsonrpc": "2.0", "method": "call", "params": {"question": "Qui ?"}},
            allow_redirects=False,
        )
        self.assertEqual(answer.json()["error"]["code"], 100)


@tagged("post_install", "-at_install")
class TestFormOfAnotherSession(ExpiredFormCase):
    def _get_link(self, answer):
        [link] = html.fromstring(answer.content).xpath("//main//a[@class='btn btn-primary']/@href")
        return link

    def assertRefused(self, answer, page):
        self.assertEqual(answer.status_code, 400, answer.url)
        main = html.fromstring(answer.content)
        self.assertEqual(main.xpath("//h1")[0].text_content(), "What you sent was not received")
        self.assertEqual(self._get_link(answer), page)
        self.assertIn("o_login_header", answer.text)
        self.assertNotIn("CSRF", answer.text)

    @mute_logger("odoo.http")
    def test_it_is_refused_in_words_that_explain_what_to_do(self):
        self._login("mayor_a")
        before = self.env["commune.exchange"].search_count([])
        answer = self._send("/my/exchanges/post", "/my/exchanges", name="Prêt de barnums")
        self.assertRefused(answer, "/my/exchanges")
        self.assertIn("o_logout", answer.text)
        self.assertEqual(self.env["commune.exchange"].search_count([]), before)
        self.assertEqual(self.url_open("/my/exchanges").status_code, 200)

    @mute_logger("odoo.http")
    def test_each_form_of_the_portal_leads_back_to_a_page_that_opens(self):
        self._login("mayor_a")
        for path in set(self._get_posts("user")):
            for referer in (path, None):
                with self.subTest(path=path, referer=referer):
                    answer = self._send(path, referer)
                    self.assertEqual(answer.status_code, 400)
                    self.assertOpens(self._get_link(answer))

    @mute_logger("odoo.http")
    def test_a_personal_link_leads_back_to_itself(self):
        self.authenticate(None, None)
        posts = set(self._get_posts("public"))
        self.assertGreater(len(posts), 6)
        for path in posts:
            page = path if path == "/mailing/1/preferences" else path.rpartition("/")[0]
            self.assertRefused(self._send(path), page)
            self.assertOpens(page)
        # The code that opens the page of one's letters follows its address.
        secret = "/mailing/1/preferences?document_id=3&hash_token=abc"
        self.assertRefused(self._send(secret), secret)

    @mute_logger("odoo.http")
    def test_other_routes_answer_as_odoo_does(self):
        self._login("mayor_a")
        for path in ("/my/account", "/my/address/submit", "/my/security", "/web/login"):
            answer = self._send(path, "/my/account")
            self.assertEqual(answer.status_code, 400, path)
            self.assertIn("Session expired (invalid CSRF token)", answer.text, path)
            self.assertNotIn("was not received", answer.text, path)

    @mute_logger("odoo.http")
    def test_what_is_wrong_otherwise_is_shown_as_before(self):
        self._login("mayor_a")
        answer = self._post("/my/commune/choose")
        self.assertNotIn("was not received", answer.text)
        answer = self._post("/my/exchanges/1/nowhere")
        self.assertNotIn("was not received", answer.text)
