"""Whatever is typed in an address or sent by a program is answered, never by an error 500."""

import json
import re
from unittest.mock import patch

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.core import request_guard
from ..territory.portal_case import PortalCase

# By kind of variable; a path may be written in any way.
HOSTILE = {
    "int": ("0", "-1", "2147483648", "-2147483649", "9" * 30),
    "text": ("%00", "a%00b", "%ff%fe", "%0d%0aX-Hostile:%201", "x" * 3000),
}
QUIET = ("odoo.http", "odoo.addons.base.models.ir_http", "odoo.addons.http_routing.models.ir_http")


@tagged("post_install", "-at_install")
class TestHostileAddresses(PortalCase):
    maxDiff = None

    def _get_addresses(self):
        """Every address with a variable, each variable being hostile in each way."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            kinds = {type(each).__name__ for each in rule._converters.values()}
            if not kinds:
                continue
            for turn in range(len(HOSTILE["text"])):
                yield (
                    rule,
                    re.sub(r"<[^>]*>", lambda found, n=turn: self._fill(found[0], n), rule.rule),
                )

    @staticmethod
    def _fill(variable, turn):
        number = variable.startswith(("<int", "<model"))
        return HOSTILE["int" if number else "text"][turn]

    def _ask(self, rule, path):
        routing = rule.endpoint.routing
        if routing["type"] == "http" and "GET" in (rule.methods or ("GET",)):
            return self.url_open(path, allow_redirects=False)
        if routing["type"] == "http":
            return self.url_open(
                path,
                data={"csrf_token": http.Request.csrf_token(self)},
                method=next(iter(rule.methods - {"OPTIONS", "HEAD"})),
                allow_redirects=False,
            )
        return self._send_json(path)

    def _send_json(self, path, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(path, data=body, headers={"Content-Type": "application/json"})

    def _walk(self):
        broken, count = [], 0
        for rule, path in self._get_addresses():
            count += 1
            answer = self._ask(rule, path)
            if answer.status_code >= 500:
                broken.append(f"{answer.status_code} {path[:120]}")
        self.assertGreater(count, 800)
        self.assertEqual("\n".join(broken), "")

    @mute_logger(*QUIET)
    def test_no_address_breaks_a_page_for_a_visitor(self):
        self.authenticate(None, None)
        self._walk()

    @mute_logger(*QUIET)
    def test_no_address_breaks_a_page_for_a_mayor(self):
        self._login("mayor_a")
        self._walk()

    @mute_logger(*QUIET)
    def test_a_null_character_is_no_page(self):
        for path in (
            "/%00",
            "/web/static/%00",
            "/commune_relations/static/src/%00.css",
            "/my%00",
            "/my/requests?q=%00",
            "/survey/start/%00",
            "/web/signup?token=%00",
            "/web/reset_password?%00=1",
            "/web/login?redirect=%0d%0aX-Hostile:1",
            "/web/session/logout?redirect=/%0d%0aX-Hostile:1",
            "/web?db=%00",
            "/my//x%0d%0aX-Hostile:1",
        ):
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.status_code, 404, path)
            self.assertNotIn("X-Hostile", answer.headers, path)
        self.opener.cookies.set("odoo_utm_source", '"\\000"')
        self.assertEqual(self.url_open("/web/login").status_code, 404)

    @mute_logger(*QUIET)
    def test_a_page_reads_no_impossible_number_in_a_form_or_a_query(self):
        self._login("mayor_a")
        for number in ("99999999999999999999", "-99999999999999999999", "1e99", "NaN"):
            for path in (
                f"/my/requests?commune_id={number}&topic_id={number}&page={number}",
                f"/my/requests/new?topic_id={number}&commune_id={number}&answer={number}",
                f"/my/orient?answer={number}",
                f"/my/services?family={number}&year={number}",
                f"/my/services/mine?year={number}",
                f"/my/peers?function_id={number}&topic_id={number}",
                f"/my/replacements/new?demand_id={number}",
                f"/my/services/statement?year={number}",
            ):
                status = self.url_open(path, allow_redirects=False).status_code
                self.assertLess(status, 500, path)
            status = self._post("/my/commune/choose", commune_id=number).status_code
            self.assertLess(status, 500, number)

    @mute_logger(*QUIET, "odoo.sql_db")
    def test_a_number_that_postgresql_refuses_is_no_error_of_the_server(self):
        self._login("mayor_a")
        answer = self._send_json(
            "/web/dataset/call_kw",
            model="res.users",
            method="search",
            args=[[]],
            kwargs={"offset": 10**20},
        )
        error = answer.json()["error"]["data"]
        self.assertEqual(error["name"], "odoo.exceptions.UserError", error["message"])
        self.assertEqual(error["message"], "This value cannot be read.")

    @mute_logger(*QUIET)
    def test_a_route_of_odoo_asks_nothing_for_a_colleague_without_a_role(self):
        kind, asked = self.env.registry["ir.http"], []
        for user in (self.employee, self.officer):
            self.authenticate(user.login, user.login)
            with patch.object(kind, "_check_null_characters", lambda u=user: asked.append(u)):
                answer = self._send_json(
                    "/web/dataset/call_kw",
                    model="res.users",
                    method="search_count",
                    args=[[["id", "=", user.id]]],
                    kwargs={},
                )
            self.assertEqual(answer.json()["result"], 1)
        self.assertEqual(asked, [self.officer])

    @mute_logger(*QUIET)
    def test_a_third_party_page_gets_no_header_of_the_addon(self):
        self.authenticate(None, None)
        with patch.object(request_guard, "get_headers", return_value={"X-Ours": "1"}):
            foreign = self.url_open("/web/health")
            managed = self.url_open("/web/login")
        self.assertNotIn("X-Ours", foreign.headers)
        self.assertEqual(managed.headers["X-Ours"], "1")

    @mute_logger(*QUIET)
    def test_a_null_character_typed_in_a_form_of_odoo_breaks_nothing(self):
        self.authenticate(None, None)
        answer = self._post("/web/login", login="a\0b", password="c\0d")
        self.assertEqual(answer.status_code, 200)
        self.assertRegex(answer.text, "Wrong (login/|address or )password")
        answer = self._post("/web/reset_password", login="test\0_mayor_a")
        self.assertLess(answer.status_code, 500)

    @mute_logger(*QUIET)
    def test_a_program_is_informed_of_what_it_cannot_send(self):
        self._login("mayor_a")
        for name in ("a\0b", "half \ud83d character"):
            answer = self._send_json(
                "/web/dataset/call_kw",
                model="res.users",
                method="search_read",
                args=[[["login", "=", name]]],
                kwargs={},
            )
            error = answer.json()["error"]["data"]
            self.assertEqual(error["name"], "odoo.exceptions.UserError", error["message"])
            self.assertIn("character that cannot be kept", error["message"])
