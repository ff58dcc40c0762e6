"""What follows when a contact changes, and that nothing does for contacts of other applications."""

import re
import sys
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ...models.core import record_changes
from ...models.core.odoo import res_partner
from ..common import CommuneCase

ROOT = Path(record_changes.__file__).resolve().parents[2]
# What Odoo asks of us for every model: access, record rules, order, days, fields written by hand.
EVERY_MODEL = {
    "models/core/collation.py",
    "models/core/mail_batch_cache.py",
    "models/core/readonly_fields.py",
    "models/core/odoo/base.py",
    "models/core/odoo/mail_thread.py",
    "models/core/odoo/res_users.py",
    "models/core/odoo/ir_config_parameter.py",
    "models/core/odoo/ir_rule.py",
    "models/network/signatory/signing_delay.py",
    "models/territory/partner/wording.py",
    "models/territory/reference_epci/local_time.py",
}
OUR_TABLES = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(commune_\w+)', re.IGNORECASE)
# Of addons of Odoo that may be missing.
CLIENT_FIELDS = {"oauth_provider_id", "oauth_uid"}
# Odoo looks there by itself for copies of the name of a commune.
COPIES_OF_A_NAME = {"commune_survey_target"}
ADDON = "odoo.addons.commune_relations."
# Those that several files watch, each with its table.
WATCHED = {
    "agreement",
    "commune.function",
    "commune.known.email",
    "commune.mandate",
    "commune.replacement.request",
    "commune.replacement.slot",
    "commune.service.price",
    "commune.service.subscription",
    "commune.session",
    "commune.topic",
    "commune.watch.item",
    "helpdesk.ticket",
    "hr.employee",
    "mailing.mailing",
    "res.company",
    "res.partner",
    "res.users",
}
WRITES = (
    {"email": "dora@shop.example"},
    {"name": "Dora Denis"},
    {"phone": "03 87 00 00 01"},
)


@tagged("post_install", "-at_install")
class TestContactChanges(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, "test_clerk", groups="base.group_user,base.group_partner_manager"
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Client", "email": "client@shop.example"}
        )
        # What a process keeps.
        cls.customer.with_user(cls.clerk).write({"phone": "03 87 00 00 00"})
        cls.env.flush_all()

    @contextmanager
    def _trace(self):
        """Files of the addon that are entered meanwhile, and its tables that queries name."""
        files, tables, execute = set(), [], type(self.cr).execute

        def enter(frame, event, _arg):
            path = Path(frame.f_code.co_filename)
            if (
                event == "call"
                and path.is_absolute()
                and "commune_relations" in frame.f_globals.get("__name__", "")
            ):
                path = path.resolve()
                if path.is_relative_to(ROOT / "models"):
                    files.add(path.relative_to(ROOT).as_posix())

        def note(cursor, query, *args, **options):
            text = query.code if isinstance(query, SQL) else str(query)
            tables.extend(OUR_TABLES.findall(text))
            return execute(cursor, query, *args, **options)

        former = sys.getprofile()
        with patch.object(type(self.cr), "execute", note):
            sys.setprofile(enter)
            try:
                yield files, tables
                self.env.flush_all()
            finally:
                sys.setprofile(former)

    def test_a_third_party_contact_passes_through_one_file_and_no_table_of_the_addon(self):
        for user in (self.env.user, self.clerk):
            for vals in WRITES:
                with self.subTest(user=user.login, vals=vals):
                    customer = self.customer.with_user(user)
                    customer.write(dict.fromkeys(vals, "Avant"))
                    self.env.flush_all()
                    self.env.invalidate_all()
                    with self._trace() as (files, tables):
                        customer.write(vals)
                    self.assertEqual(files - EVERY_MODEL, {"models/core/odoo/res_partner.py"})
                    self.assertEqual(set(tables) - COPIES_OF_A_NAME, set())

    def test_a_signatory_among_third_party_contacts_is_watched_all_the_same(self):
        mayor = self.portal_a.partner_id
        with self._trace() as (files, _tables):
            (self.customer | mayor).write({"email": "mairie@aubrive.example"})
        self.assertIn("models/network/signatory/change_detection.py", files)
        self.assertIn("models/network/preference.py", files)

    def test_the_order_of_what_follows(self):
        """Guards before values are kept, then officers’ figures, then lists, then signatories."""
        chosen = record_changes.select(
            res_partner.SUBSCRIBERS, "write", {"email", "population", "name"}
        )
        self.assertEqual(
            [(one.pillar, one.when) for one in chosen],
            [
                ("territory", "before"),
                ("territory", "around"),
                ("territory", "after"),
                ("network", "after"),
                ("network", "around"),
                ("committees", "after"),
            ],
        )

    def _get_overrides(self):
        """{(model, method): modules of the addon that override it}, mixins left out."""
        found = defaultdict(set)
        for model, registered in self.registry.items():
            for cls in registered.mro():
                if cls.__module__.startswith(ADDON) and getattr(cls, "_name", None) == model:
                    for method in {"create", "write", "unlink"} & vars(cls).keys():
                        found[model, method].add(cls.__module__)
        return found

    def test_one_file_creates_writes_or_deletes_the_records_of_a_model(self):
        stacked = {key: names for key, names in self._get_overrides().items() if len(names) > 1}
        self.assertEqual(stacked, {})

    def test_every_line_names_a_method_and_fields(self):
        tables = {
            model: sys.modules[name]
            for (model, _method), names in self._get_overrides().items()
            for name in names
            if hasattr(sys.modules[name], "SUBSCRIBERS")
        }
        self.assertEqual(set(tables), WATCHED)
        for model, module in tables.items():
            for one in (*getattr(module, "GUARDS", ()), *module.SUBSCRIBERS):
                with self.subTest(model=model, method=one.method):
                    self.assertTrue(hasattr(self.env[model], one.method))
                    known = CLIENT_FIELDS | self.env[model]._fields.keys()
                    self.assertLessEqual(one.fields, known)
