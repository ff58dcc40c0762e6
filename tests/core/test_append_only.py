"""Append-only models refuse writes, even from the superuser, each with its own message."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CommuneCase

KEPT = {
    "commune.attendance.answer",
    "commune.decision.note",
    "commune.export.log",
    "commune.replacement.incident.access",
    "commune.replacement.timesheet.log",
    "commune.request.transfer",
    "commune.request.validation",
    "commune.guide.view",
    "commune.session.operation",
    "commune.session.version",
    "commune.watch.view",
}


@tagged("post_install", "-at_install")
class TestAppendOnly(CommuneCase):
    def test_the_logs_are_those_of_the_list_and_explain_why(self):
        kept = self.env.registry["commune.append.only"]
        found = {
            name
            for name, model in self.env.registry.items()
            if issubclass(model, kept) and not model._abstract
        }
        self.assertEqual(found, KEPT)
        for name in found:
            with self.assertRaisesRegex(UserError, "neither|never", msg=name):
                self.env[name].sudo().write({"display_name": "Autre"})

    def test_a_line_is_neither_changed_nor_deleted(self):
        line = self.env["commune.export.log"].with_user(self.manager)._log("Annuaire", "", 3)
        for action in (lambda: line.sudo().write({"person_count": 1}), line.sudo().unlink):
            with self.assertRaisesRegex(UserError, "log of exports"):
                action()
        self.assertEqual(line.sudo().person_count, 3)
