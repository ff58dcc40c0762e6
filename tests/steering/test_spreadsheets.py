"""The three spreadsheets of the management: they hold, copy, and open to those who read."""

import base64
import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.spreadsheet.utils.validate_data import fields_in_spreadsheet

from ..common import CommuneCase

NAMES = ("requests", "services", "replacement")


@tagged("post_install", "-at_install")
class TestSpreadsheets(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boards = cls.env["spreadsheet.dashboard"].union(
            *(cls.env.ref(f"commune_relations.spreadsheet_dashboard_{name}") for name in NAMES)
        )

    def test_readers_open_them_and_nobody_else(self):
        for user in (self.reader, self.officer, self.manager, self.coordinator):
            self.assertEqual(self.env["spreadsheet.dashboard"].with_user(user).search(
                [("id", "in", self.boards.ids)]), self.boards, user.login)  # fmt: skip
            for board in self.boards.with_user(user):
                snapshot = json.loads(board._get_serialized_readonly_dashboard())["snapshot"]
                self.assertTrue(snapshot["pivots"])
        for user in (self.referent, self.employee):
            with self.assertRaises(AccessError):
                self.boards.with_user(user).read(["name"])

    def test_a_copy_holds_the_same(self):
        copies = self.boards.copy()
        for board, copied in zip(self.boards, copies, strict=True):
            self.assertEqual(copied.spreadsheet_data, board.spreadsheet_data)
            self.assertEqual(copied.group_ids, board.group_ids)

    def test_a_manager_makes_copies_and_touches_nothing_else(self):
        boards = self.boards.with_user(self.manager)
        copied = boards[0].copy()
        self.assertEqual(copied.spreadsheet_data, self.boards[0].spreadsheet_data)
        copied.write({"name": "Demandes du secteur nord", "is_published": False})
        other = self.env["spreadsheet.dashboard"].create(
            {
                "name": "Ventes",
                "dashboard_group_id": self.env["spreadsheet.dashboard.group"]
                .create({"name": "Ventes"})
                .id,
            }
        )
        for board in (boards[0], other.with_user(self.manager)):
            with self.assertRaises(AccessError):
                board.write({"name": "Tout autre chose"})
            with self.assertRaises(AccessError):
                board.unlink()
        with self.assertRaises(AccessError):
            other.with_user(self.manager).copy()
        for user in (self.officer, self.reader):
            with self.assertRaises(AccessError):
                boards[0].with_user(user).copy()
        copied.unlink()
        self.assertFalse(copied.exists())

    def test_each_pivot_and_chart_reads_as_a_reader(self):
        """Its fields exist, and PostgreSQL answers under the rights of a reader."""
        for board in self.boards:
            data = json.loads(base64.b64decode(board.spreadsheet_binary_data))
            for model, names in fields_in_spreadsheet(data).items():
                for name in names:
                    self.assertIn(name.partition(".")[0], self.env[model]._fields)
            for pivot in data["pivots"].values():
                groups = [
                    ":".join(filter(None, (row["fieldName"], row.get("granularity"))))
                    for row in (*pivot["rows"], *pivot["columns"])
                ]
                measures = [measure["id"] for measure in pivot["measures"]]
                self.env[pivot["model"]].with_user(self.reader).formatted_read_group(
                    pivot["domain"], groups, measures
                )
            for figure in data["sheets"][0]["figures"]:
                chart = figure["data"]
                self.env[chart["metaData"]["resModel"]].with_user(self.reader).formatted_read_group(
                    chart["searchParams"]["domain"], chart["metaData"]["groupBy"], ["__count"]
                )

    def test_a_convention_and_its_amendments_are_one(self):
        """In each table and each chart of conventions: two of them, one with two amendments."""
        agreements = self.env["agreement"].sudo()
        values = {"name": "Essai", "commune_id": self.commune_a.id}
        four = [dict(values) for _rank in range(4)]
        first, second, *amendments = agreements.create(four)
        for version, amendment in enumerate(amendments, 1):
            amendment.write({"parent_id": first.id, "version": version})
        managed = (first | second).union(*amendments)
        signed = {"paper_signature": True, "epci_paper_signature": True}
        managed.write({"state": "active", **signed})
        board = self.env.ref("commune_relations.spreadsheet_dashboard_services")
        data = json.loads(base64.b64decode(board.spreadsheet_binary_data))
        charts = [one["data"] for one in data["sheets"][0]["figures"]]
        domains = [
            *(one["domain"] for one in data["pivots"].values() if one["model"] == "agreement"),
            *(
                one["searchParams"]["domain"]
                for one in charts
                if one["metaData"]["resModel"] == "agreement"
            ),
        ]
        self.assertEqual(len(domains), 3)
        for domain in domains:
            found = agreements.search([*domain, ("id", "in", managed.ids)])
            self.assertEqual(found, first | second)

    def test_the_period_and_the_sector_filter_what_they_name(self):
        for board in self.boards:
            data = json.loads(base64.b64decode(board.spreadsheet_binary_data))
            known = {chosen["id"] for chosen in data["globalFilters"]}
            for pivot in data["pivots"].values():
                matched = pivot["fieldMatching"]
                self.assertLessEqual(set(matched), known)
                self.assertIn("commune", matched)
                domain = [(match["chain"], "=", False) for match in matched.values()]
                self.env[pivot["model"]].search_count(domain)
