"""The database that `bin/bench --large` measures is filled with what the models hold today."""

import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from .replacement.hours_case import HoursCase

TOOLS = str(Path(__file__).parents[1] / "tools")


@tagged("post_install", "-at_install")
class TestBenchFill(HoursCase):
    def _count(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT (SELECT count(*) FROM commune_replacement_timesheet_line),
                   (SELECT array_agg(pg_get_constraintdef(oid) ORDER BY conname)
                      FROM pg_constraint WHERE contype = 'x')
            """
        )
        return self.env.cr.fetchone()

    def test_each_table_is_copied_and_each_rule_of_postgresql_is_back(self):
        self._sheet(self._mission())
        for agent in self.nadia | self.karim:
            agent.user_id = False  # an account has one agent: no copy of it
        lines, rules = self._count()
        self.assertTrue(lines)
        with patch.object(sys, "path", [TOOLS, *sys.path]):
            import large_copy

        # Three of each are as good as a department.
        few = [
            replace(one, times=min(one.times, 3), width=min(one.width, 3))
            for one in large_copy.FAMILIES
        ]
        of_table = {table: one for one in few for table in one.tables + one.wide}
        with (
            patch.object(large_copy, "FAMILIES", few),
            patch.object(large_copy, "FAMILY_OF", of_table),
            patch.object(large_copy.Copier, "_move_sequences"),  # no rollback takes it back
        ):
            added = large_copy.Copier(self.env).copy_all()
        self.assertGreater(added["commune_replacement_timesheet_line"], 0)
        found, kept = self._count()
        self.assertEqual(found, lines + added["commune_replacement_timesheet_line"])
        self.assertEqual(kept, rules)
