"""What our overrides rest on in Odoo and in OCA has not moved: `tools/contract.py`."""

import importlib.util
import inspect
import shutil
import tempfile
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parent.parent
ADDON = "odoo.addons.commune_relations."
SEND = "def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):"


def load_tool():
    spec = importlib.util.spec_from_file_location("contract", ROOT / "tools" / "contract.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def is_code(value):
    return inspect.isfunction(value) or isinstance(value, (classmethod, staticmethod))


@tagged("post_install", "-at_install")
class TestOdooContract(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tool = load_tool()

    def test_nothing_moved_behind_our_overrides(self):
        """Read what moved in Odoo, then in the override; `tools/contract.py --update` last."""
        report = self.tool.compare(self.tool.read_list(), self.tool.collect())
        self.assertEqual(report, [])

    def test_the_list_holds_each_override_of_the_running_registry(self):
        addons = self.tool.find_addons(self.tool.find_addon_folders(self.tool.find_odoo()))
        listed = set(self.tool.read_list())
        found = set()
        for name in self.registry:
            mro = self.registry[name].__mro__
            for place, managed in enumerate(mro):
                if not managed.__module__.startswith(ADDON) or managed._name != name:
                    continue
                for method in (key for key, value in vars(managed).items() if is_code(value)):
                    for foreign in mro[place + 1 :]:
                        parts = foreign.__module__.split(".")
                        if parts[:2] == ["odoo", "orm"]:
                            key = ("odoo", foreign.__name__, method)
                        elif parts[:2] == ["odoo", "addons"] and parts[2] in addons:
                            key = (parts[2], foreign._name, method)
                        else:
                            continue
                        if is_code(vars(foreign).get(method)) and "pool" not in vars(foreign):
                            found.add(key)
        self.assertGreater(len(found), 200)
        self.assertEqual(sorted(found - listed), [])

    def test_controllers_and_patches_are_watched_too(self):
        listed = set(self.tool.read_list())
        for key in (
            ("survey", "Survey", "survey_submit"),
            ("odoo", "FutureResponse", "set_cookie"),
            ("odoo", "CodeTranslations", "python_translations"),
        ):
            with self.subTest(key=key):
                self.assertIn(key, listed)

    # another Odoo

    def _copy_odoo(self):
        """Another Odoo: links to the sources of this one, `mail` a copy that may be edited."""
        home = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, home)
        stock = self.tool.find_odoo()
        (home / "odoo" / "addons").mkdir(parents=True)
        for source in stock.iterdir():
            if source.name != "addons":
                (home / "odoo" / source.name).symlink_to(source)
        addons = self.tool.find_addons(self.tool.find_addon_folders(stock))
        for name, folder in addons.items():
            if name != "mail":
                (home / "odoo" / "addons" / name).symlink_to(folder)
        left_out = shutil.ignore_patterns("static", "i18n", "tests", "data", "demo", "views")
        copy = home / "odoo" / "addons" / "mail"
        shutil.copytree(addons["mail"], copy, ignore=left_out)
        return copy / "models" / "mail_mail.py"

    def _edit(self, file, *edits):
        """Output of the tool on an Odoo whose lines differ."""
        home = file.parents[4]
        text = file.read_text(encoding="utf-8")
        edited = text
        for old, new in edits:
            self.assertIn(old, edited)
            edited = edited.replace(old, new, 1)
        file.write_text(edited, encoding="utf-8")
        shown = self.tool.compare(self.tool.read_list(), self.tool.collect(home))
        file.write_text(text, encoding="utf-8")
        return shown

    def test_what_moves_in_another_odoo_is_shown_in_one_sentence_each(self):
        file = self._copy_odoo()
        comment = (SEND, f"# a comment\n    {SEND}")
        docstring = ('""" Sends the selected', '""" Posts the selected')
        self.assertEqual(self._edit(file, comment, docstring), [])
        report = self._edit(
            file,
            (SEND, SEND.replace("post_send_callback=None", "retries=3")),
            ("def cancel(self):", "def cancel(self):\n        self.ensure_one()"),
            ("def process_email_queue(", "def process_queue("),
        )
        expected = (
            ("cancel", ": its code changed"),
            ("process_email_queue", " is gone from there"),
            ("send", ": signature changed: + `retries=3`, - `post_send_callback=None`"),
        )
        managed = "; ours: models/core/odoo/mail_mail.py"
        self.assertEqual(
            report, [f"`mail.mail.{name}` of mail{what}{managed}" for name, what in expected]
        )

    def test_a_line_that_is_missing_or_too_many_is_refused(self):
        listed = self.tool.read_list()
        key = next(iter(listed))
        less = {one: values for one, values in listed.items() if one != key}
        (missing,) = self.tool.compare(less, listed)
        self.assertIn(f"`{key[1]}.{key[2]}` of {key[0]} is overridden and not listed", missing)
        more = {**listed, ("base", "res.x", "_nowhere"): ("", "", "a.py")}
        (extra,) = self.tool.compare(more, listed)
        self.assertIn("`res.x._nowhere` of base is listed and not overridden any more", extra)
