"""Who only reads sees no button that would refuse him or her."""

import inspect

from lxml import etree

from odoo.tests import tagged

from ..common import CommuneCase

MODULE = "odoo.addons.commune_relations"
WRITES = 'self.check_access("write")'


@tagged("post_install", "-at_install")
class TestReaderButtons(CommuneCase):
    def _writes(self, model, name):
        """Whether an action of the addon begins by checking the right to write."""
        found = [vars(one)[name] for one in type(model).mro() if name in vars(one)]
        managed = [one for one in found if getattr(one, "__module__", "").startswith(MODULE)]
        return any(WRITES in inspect.getsource(one) for one in managed)

    def _get_model(self, node, model):
        """The model of a button: that of the list within a form in which it is, else its own."""
        path = [one.get("name") for one in node.iterancestors("field")]
        for name in reversed(path):
            model = self.env[model._fields[name].comodel_name].with_user(self.reader)
        return model

    def test_every_view(self):
        views = self.env["ir.ui.view"].search(
            [("model", "!=", False), ("type", "in", ("form", "list", "kanban"))]
        )
        ids = views.get_external_id()
        managed = views.filtered(
            lambda v: ids[v.id].startswith("commune_relations.") and v.mode == "primary"
        )
        wrong, seen = set(), 0
        for view in managed:
            model = self.env[view.model].with_user(self.reader)
            if not model.has_access("read"):
                continue
            tree = etree.fromstring(model.get_view(view.id, view.type)["arch"])
            for button in tree.iterfind(".//button[@type='object']"):
                target, name = self._get_model(button, model), button.get("name")
                seen += 1
                if self._writes(target, name) and not target.has_access("write"):
                    wrong.add((ids[view.id], name))
        self.assertGreater(seen, 20)
        self.assertFalse(wrong)
