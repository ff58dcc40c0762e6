"""After the update to 19.0.1.16.0 no account of the portal follows what the staff says."""

import importlib.util
from pathlib import Path

from odoo.tests import new_test_user, tagged

from .test_access_matrix import AccessRecords
from .test_posting_rights import SPEAKERS

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "migrations" / "19.0.1.16.0" / "post-followers.py"


@tagged("post_install", "-at_install")
class TestFollowerMigration(AccessRecords):
    def _migrate(self):
        spec = importlib.util.spec_from_file_location("post_followers", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.15.0")
        self.env.invalidate_all()

    def test_accounts_of_the_portal_leave_and_everybody_else_stays(self):
        gone = new_test_user(self.env, "former_mayor", groups="base.group_portal")
        accounts = (self.portal_a | gone).partner_id
        townhall = self.env["res.partner"].create({"name": "Boîte", "email": "b@b.example"})
        others = self.officer.partner_id | townhall
        records = [self.records[name].sudo() for name in SPEAKERS]
        for record in records:
            record.message_subscribe((accounts | others).ids)
        kept = {record: record.message_partner_ids - accounts for record in records}
        gone.active = False
        self._migrate()
        for record in records:
            request = record._name == "helpdesk.ticket"
            with self.subTest(record=record):
                self.assertEqual(record.message_partner_ids - accounts, kept[record])
                self.assertLessEqual(self.officer.partner_id, record.message_partner_ids)
                self.assertTrue(request or not record.message_partner_ids & accounts)
        request = self.records["request_a"].sudo()
        self.assertIn(self.portal_a.partner_id, request.message_partner_ids)
        self.assertIn(townhall, self.records["agreement_a"].sudo().message_partner_ids)

    def test_third_party_records_and_who_may_change_one_of_ours_keep_their_followers(self):
        account = self.portal_a.partner_id
        supplier = self.env["res.partner"].create({"name": "Client", "email": "c@c.example"})
        theirs = self.env["event.event"].create(
            {"name": "Salon", "date_begin": "2050-01-01", "date_end": "2050-01-02"}
        )
        ours = self.records["obligation"].sudo()
        self.env["ir.model.access"].create(
            {
                "name": "Obligations",
                "model_id": self.env["ir.model"]._get_id(ours._name),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_read": True,
                "perm_write": True,
            }
        )
        for record in (supplier, theirs, ours):
            record.message_subscribe(account.ids)
        self._migrate()
        for record in (supplier, theirs, ours):
            with self.subTest(record=record):
                self.assertIn(account, record.message_partner_ids)
