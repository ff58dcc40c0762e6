"""The screens of the onboarding by programs: only the manager reads, writes and presses."""

from itertools import count

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CommuneCase

MODELS = (
    "commune.onboarding",
    "commune.onboarding.line",
    "commune.organisation.identity",
    "commune.organisation.branding",
    "commune.sender",
    "commune.settings",
    "commune.pillars",
    "commune.teams",
    "commune.staff.account",
)
# What no screen of a person without the role shows of records that they may otherwise read.
KEPT = {
    "res.company": (
        "sender_confirmed_email",
        "sender_check_code",
        "sender_check_token",
        "sender_dkim_selector",
        "onboarding_dismissed",
    ),
    "res.users": ("staff_role", "staff_state", "is_staff_account_protected", "staff_teams"),
}
INTRUDERS = ("employee", "reader", "referent", "officer", "coordinator", "mayor_a")


@tagged("post_install", "-at_install")
class TestOnboardingIntruder(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numbers = count(1)
        cls.windows = {}
        for name in MODELS:
            if name != "commune.onboarding.line":
                window = cls.env[name].with_user(cls.manager)
                cls.windows[name] = window.create(window.default_get(list(window._fields)))
        morning = cls.windows["commune.onboarding"]
        cls.windows["commune.onboarding.line"] = morning.line_ids.create(
            {"onboarding_id": morning.id, "code": "sender"}
        )

    def _call(self, model, method, *args, **kwargs):
        """(result, name of the error) of a call as the browser makes it."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.make_jsonrpc_call(params)
        error = answer.get("error")
        return answer.get("result"), error and error["data"]["name"]

    def make_jsonrpc_call(self, params):
        number = next(self.numbers)
        body = {"jsonrpc": "2.0", "method": "call", "id": number, "params": params}
        url = f"/web/dataset/call_kw/{params['model']}/{params['method']}"
        return self.url_open(url, json=body).json()

    def _list_actions(self, name):
        window = self.windows[name]
        fields = [field for field in window._fields if not field.startswith("__")]
        spec = {field: {} for field in fields}
        yield "default_get", [fields]
        yield "onchange", [[], {}, [], spec]
        yield "onchange", [[], {}, fields[:1], spec]
        yield "onchange", [window.ids, {}, fields[:1], spec]
        yield "create", [{}]
        yield "web_save", [[], {}, {"id": {}}]
        yield "read", [window.ids, fields]
        yield "web_read", [window.ids, spec]
        yield "search_read", [[], fields]
        yield "write", [window.ids, {}]
        yield "copy", [window.ids]
        yield "unlink", [window.ids]
        methods = (method for method in dir(type(window)) if method.startswith("action_"))
        for method in methods:
            if not method.startswith("action_archive") and method != "action_unarchive":
                yield method, [window.ids]

    @mute_logger("odoo.http")
    def test_nobody_else_reads_writes_or_presses(self):
        before = self.env.company.read(["email", "uses_requests", "request_team_preset"])
        for who in INTRUDERS:
            self.authenticate(f"test_{who}", f"test_{who}")
            for name in MODELS:
                for method, args in self._list_actions(name):
                    with self.subTest(who=who, model=name, method=method):
                        result, error = self._call(name, method, *args)
                        self.assertTrue(error or not result, result)
                        if error:
                            self.assertEqual(error, "odoo.exceptions.AccessError")
        self.env.invalidate_all()
        after = self.env.company.read(["email", "uses_requests", "request_team_preset"])
        self.assertEqual(after, before)
        self.assertTrue(all(window.exists() for window in self.windows.values()))

    def test_the_manager_reads_and_writes(self):
        self.authenticate("test_manager", "test_manager")
        for name in MODELS:
            window = self.windows[name]
            result, error = self._call(name, "read", window.ids, ["display_name"])
            self.assertTrue(result, error)
            self.assertEqual(self._call(name, "write", window.ids, {}), (True, None))

    @mute_logger("odoo.http")
    def test_what_is_kept_beside_a_company_and_an_account(self):
        ids = {"res.company": self.env.company.ids, "res.users": self.manager.ids}
        for who in INTRUDERS:
            self.authenticate(f"test_{who}", f"test_{who}")
            for model, names in KEPT.items():
                for name in names:
                    with self.subTest(who=who, field=name):
                        result, error = self._call(model, "read", ids[model], [name])
                        self.assertEqual(error, "odoo.exceptions.AccessError", result)
                        values = {name: False}
                        _result, error = self._call(model, "write", ids[model], values)
                        self.assertEqual(error, "odoo.exceptions.AccessError")
            for method in ("_send_sender_check", "_mark_sender_confirmed", "_choose_model"):
                _result, error = self._call("res.company", method, ids["res.company"])
                self.assertTrue(error, method)
