"""Each route of each installed addon: who enters it; table: fixtures/inventory/routes.csv."""

import re
from pathlib import Path

from werkzeug.routing import Rule

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.engine.web import is_closed

from .common import CommuneCase
from .inventory import InventoryCase, find_differences, read_table

NGINX = Path(__file__).parents[1] / "deploy" / "nginx" / "commune-relations.conf"
# Who passes the door of a route, whatever it asks then; a portal account is one too.
DOORS = {"none": "anybody", "public": "anybody", "user": "account", "bearer": "account"}
LOGINS = (None, "test_mayor_a", "test_employee", "test_officer", "test_manager")


@tagged("post_install", "-at_install")
class TestRouteInventory(InventoryCase, CommuneCase, HttpCase):
    def _find(self, rules):
        """{(type, addon, route and methods): who}"""
        found = {}
        for rule in rules:
            routing = rule.endpoint.routing
            addon = rule.endpoint.func.__module__.removeprefix("odoo.addons.").split(".")[0]
            name = f"{rule.rule}[{','.join(sorted(set(rule.methods or ()) - {'HEAD', 'OPTIONS'}))}]"
            found[routing["type"], addon, re.sub(r"\s", "", name)] = self._get_door(rule)
        return found

    def _get_door(self, rule):
        if is_closed(rule.rule):
            return "closed"
        if any(re.match(place, rule.rule) for place in self._get_closed_places()):
            return "nginx"
        return DOORS.get(rule.endpoint.routing["auth"], rule.endpoint.routing["auth"])

    def _get_closed_places(self):
        """Expressions of the places that the documented nginx closes."""
        text = NGINX.read_text(encoding="utf-8")
        plain = re.findall(r"location \^~ (\S+)\s+\{ return 404; \}", text)
        return [*plain, *re.findall(r"location ~ (\S+) \{ return 404; \}", text)]

    def _get_rules(self):
        return self.env["ir.http"].routing_map().iter_rules()

    def test_each_route_is_in_the_table_with_its_reason(self):
        self._compare("routes", self._find(self._get_rules()), "### Routes")

    def test_a_route_that_another_addon_adds_is_seen(self):
        class Added(http.Controller):
            __module__ = "addition"  # of no addon, installed or not

            @http.route("/inventory/<int:number>", type="http", auth="public", methods=["GET"])
            def show(self, number):
                return str(number)

        self.addCleanup(http.Controller.children_classes[""].remove, Added)
        rules = [
            Rule(url, endpoint=endpoint, methods=endpoint.routing["methods"])
            for url, endpoint in http._generate_routing_rules([""], nodb_only=False)
        ]
        table = read_table("routes")
        new = [one for one in find_differences(self._find(rules), table) if "/inventory/" in one]
        self.assertEqual(len(new), 1, new)
        self.assertIn("/inventory/<int:number>[GET]: by anybody; the table has it", new[0])

    @mute_logger("odoo.http")
    def test_what_is_closed_here_answers_nobody(self):
        closed = [rule for rule in self._get_rules() if is_closed(rule.rule)]
        self.assertTrue(closed)
        for login in LOGINS:
            self.authenticate(login, login)
            for rule in closed:
                path = re.sub(r"<[^>]*>", "1", rule.rule)
                for before in ("", "/fr"):
                    for data in ({}, {"a": "b"}):
                        with self.subTest(login=login, path=before + path, data=data):
                            answer = self.url_open(before + path, data=data or None)
                            self.assertEqual(answer.status_code, 404)
