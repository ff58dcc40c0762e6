"""What a client puts in the context weakens no rule of the addon: every key that the source reads
is listed here, and those that would weigh something are set by the addon's code alone."""

import ast
import re
from pathlib import Path

from odoo.tests import HttpCase, tagged

from odoo.addons.commune_relations.models.core.inside import get_inside, is_inside

from .replacement.replacement_case import MONDAY, ReplacementCase

ROOT = Path(__file__).parents[1]
FOLDERS = ("models", "controllers", "wizards", "reports", "hooks.py")
READERS = {"is_inside", "get_inside"}
# Keys of Odoo: what they do there is its business; a client that sends them keeps letters or
# notices of Odoo from itself, as in any application.
OF_ODOO = {
    "active_ids",
    "active_model",
    "create_user",
    "default_kind",
    "filters",
    "import_file",
    "install_mode",
    "ir_cron_progress_id",
    "lang",
    "mail_activity_automation_skip",
    "mail_activity_quick_update",
    "mail_auto_subscribe_no_notify",
}
# Keys that a client may send: each only chooses between things that this user may see or do.
FREE = {
    "no client has the object that is compared, or that counts": {
        "commune_compiled",
        "commune_requests",
    },
    "words of a sentence or of a letter that this user may write": {
        "commune_words",
        "impact_sheet",
        "letter_sender",
        "request_body",
        "signing_side",
        "suggested_service",
        "transfer_reason",
    },
    "the role of a manager is asked for beside it": {"transfer_manager_reason"},
    "less is shown, or the same in another order or under another name": {
        "commune_home_held",
        "commune_peers_of",
        "cost_year",
        "is_for_everyone",
        "line_change",
        "list_name",
        "mandate_kind",
        "map_measure",
        "request_topic_id",
        "sorts_as_directory",
        "steering_wanted",
        "target_state",
        "team_model",
        "topic_with_family",
    },
    "what is found is read with the rights of this user": {
        "contested_sheet",
        "document_ids",
        "document_kept",
        "document_prefetch_ids",
        "network_links",
        "survey_field",
    },
    "set anew by the code before it counts": {
        "commune_own_account",
        "sent_mails",
        "third_party_letters",
    },
}


def read_constants(tree):
    """{name: text} of the constants of a module."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def is_context(node):
    """`self.env.context`, `request.env.context`…"""
    return isinstance(node, ast.Attribute) and node.attr == "context"


def find_keys(tree):
    """(how, node of the key): how a context is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_context(node.value):
            yield "free", node.slice
        elif isinstance(node, ast.Compare) and any(map(is_context, node.comparators)):
            yield "free", node.left
        elif isinstance(node, ast.Call) and node.args:
            called = node.func
            if isinstance(called, ast.Attribute) and is_context(called.value):
                if called.attr in ("get", "pop"):
                    yield "free", node.args[0]
            elif isinstance(called, ast.Name) and called.id in READERS:
                yield "inside", node.args[1]


def list_files():
    for folder in FOLDERS:
        path = ROOT / folder
        yield from [path] if path.suffix else sorted(path.rglob("*.py"))


def scan():
    """{how: keys} of the whole source; a constant that is imported is found by its name."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in list_files()}
    constants = {path: read_constants(tree) for path, tree in trees.items()}
    found = {"free": set(), "inside": set()}
    for path, tree in trees.items():
        if path.name == "inside.py":
            continue
        for how, node in find_keys(tree):
            if isinstance(node, ast.Constant):
                found[how].add(node.value)
            elif isinstance(node, ast.Name):
                found[how] |= find_values(node.id, path, tree, constants)
    for path in sorted(ROOT.glob("data/**/*.xml")) + sorted(ROOT.glob("views/**/*.xml")):
        found["free"] |= set(re.findall(r"\bctx\.get\(\W*(\w+)", path.read_text(encoding="utf-8")))
    return found


def find_values(name, path, tree, constants):
    if name in constants[path]:
        return {constants[path][name]}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and name in {one.name for one in node.names}:
            end = f"{(node.module or '').replace('.', '/')}.py"
            return {
                known[name]
                for other, known in constants.items()
                if name in known and str(other).endswith(f"/{end}")
            }
    return set()


@tagged("post_install", "-at_install")
class TestContextMarks(ReplacementCase, HttpCase):
    def test_every_key_that_the_source_reads_is_listed(self):
        """A new one that would weigh something is read by `is_inside` or `get_inside`; another one
        is added to FREE, under its reason."""
        found = scan()
        free = set().union(*FREE.values())
        self.assertEqual(found["free"] - OF_ODOO - free, set(), "not listed")
        self.assertEqual((OF_ODOO | free) - found["free"], set(), "not read any more")
        self.assertEqual(found["inside"] & found["free"], set(), "read in both ways")

    def test_nothing_that_a_client_sends_is_a_mark(self):
        for key in sorted(scan()["inside"]):
            for value in (True, 1, "INSIDE", [1], {"value": 1}, {"1": [1]}):
                env = self.env(context={key: value})
                with self.subTest(key=key, value=value):
                    self.assertFalse(is_inside(env, key))
                    self.assertIsNone(get_inside(env, key))

    def _call(self, model, method, args, context):
        answer = self.url_open(
            "/web/dataset/call_kw",
            json={
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": {"context": {"lang": "fr_FR", **context}},
                }
            },
        ).json()
        return answer.get("error", {}).get("data", {}).get("name")

    def test_with_all_of_them_a_letter_goes_to_the_requester(self):
        """Letters are made as superuser, and sudo() keeps the context of the client."""
        mayor, other = self.portal_a.partner_id, self.portal_b.partner_id
        request = self._request(requester_id=mayor.id)
        marks = dict.fromkeys(sorted(scan()["inside"]), other.id)
        sent = request.with_user(self.coordinator).with_context(**marks).sudo()
        self.assertEqual(sent._get_letter_person(), mayor)
        self.assertEqual(sent._get_letter_reply(), request._get_letter_reply())

    def test_with_all_of_them_a_half_day_is_not_deleted(self):
        request = self._request()
        slot = request.slot_ids.sorted("date")[0]
        request.state = "searching"
        self.authenticate(self.coordinator.login, self.coordinator.login)
        context = dict.fromkeys(sorted(scan()["inside"]), True)
        self.assertTrue(self._call(slot._name, "unlink", [slot.ids], context))
        self.assertTrue(slot.exists())
        self.assertEqual(slot.date, MONDAY)
