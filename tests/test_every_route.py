"""Every address of the addon, as the server itself lists them, tried by strangers."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .attack_case import MODULE, AttackCase
from .hostile import JUNK, fill_rule

LOGINS = {"portal_b": "test_mayor_b", "employee": "test_employee", "public": None}
MOST = 3  # addresses tried for one rule and one person


@tagged("post_install", "-at_install")
class TestEveryRoute(AttackCase, HttpCase):
    def _get_rules(self, method):
        """The rules of the addon that take this method."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            function = getattr(rule.endpoint, "func", rule.endpoint)
            managed = f".{MODULE}." in function.__module__
            plain = rule.endpoint.routing["type"] == "http"
            if managed and plain and method in (rule.methods or (method,)):
                yield rule

    def _get_paths(self, rule, hidden):
        converters = {
            name: (type(converter).__name__, getattr(converter, "model", None))
            for name, converter in rule._converters.items()
        }
        return fill_rule(rule.rule, converters, hidden, JUNK, MOST)

    def _visit(self, method):
        """(who, rule, path) of all that is tried, each person logged in when its turn comes."""
        for who, login in LOGINS.items():
            self.authenticate(login, login)
            hidden = self._get_hidden(getattr(self, who))
            for rule in self._get_rules(method):
                for path in self._get_paths(rule, hidden):
                    yield who, rule, path

    @mute_logger("odoo.http")
    def test_no_page_breaks_nor_shows_a_record_of_another_commune(self):
        self.env.cr.precommit.run()  # letters that the records of the tests bring
        tried, before = 0, self._get_versions()
        for who, _rule, path in self._visit("GET"):
            answer = self.url_open(path, allow_redirects=False)
            tried += 1
            with self.subTest(who=who, path=path[:80]):
                self.assertLess(answer.status_code, 500)
                self.assertNotIn(self.canary, answer.text)
        self.assertGreater(tried, 300)
        # A page that is only read writes nothing of the addon, nor sends anything; that a guide was
        # read is counted: a number tried may be that of one.
        written = {"ir_attachment", "res_users", "commune_guide_view"}
        self.assertFalse(set(self._get_changed(before)) - written)

    @mute_logger("odoo.http")
    def test_no_form_is_taken_without_the_key_of_its_page(self):
        """Another site cannot make the browser of a mayor act."""
        self.env.cr.precommit.run()  # letters that the records of the tests bring
        tried, before = 0, self._get_versions()
        for who, rule, path in self._visit("POST"):
            answer = self.url_open(path, data={"name": "attaque"}, allow_redirects=False)
            tried += 1
            with self.subTest(who=who, path=path[:80]):
                # Before any check; a visitor is redirected to the login page, and an address
                # that is none leads nowhere.
                led = "/web/login" in answer.headers.get("Location", "")
                self.assertTrue(answer.status_code in (400, 404) or led, answer.status_code)
            if "GET" not in (rule.methods or ("GET",)):
                answer = self.url_open(path, allow_redirects=False)
                with self.subTest(who=who, path=path[:80]):
                    self.assertIn(answer.status_code, (404, 405))
        self.assertGreater(tried, 100)
        self.assertFalse(set(self._get_changed(before)) - {"ir_attachment", "res_users"})
