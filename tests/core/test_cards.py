"""On a telephone, lists are read as cards: those that staff opens there have some, which hold."""

import re

from lxml import etree

from odoo.tests import tagged

from ..common import CommuneCase

MODULE = "commune_relations"
# Actions whose lists are too wide for a telephone.
ON_A_PHONE = (
    "commune_agreement_action",
    "commune_agreement_clause_action",
    "commune_police_power_action",
    "commune_secretary_action",
    "commune_service_action",
    "commune_service_unit_cost_action",
)
READ = re.compile(r"\brecord\.(\w+)")


@tagged("post_install", "-at_install")
class TestCards(CommuneCase):
    def test_wide_lists_have_cards_on_a_telephone(self):
        for name in ON_A_PHONE:
            action = self.env.ref(f"{MODULE}.{name}")
            self.assertIn("kanban", dict(map(reversed, action.views)), name)

    def test_a_card_reads_only_fields_that_its_view_loads(self):
        """A condition on another one stops the whole screen."""
        managed = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.ui.view")]
        )
        views = self.env["ir.ui.view"].browse(managed.mapped("res_id"))
        cards = views.filtered(lambda view: view.type == "kanban")
        self.assertGreater(len(cards), 9)
        for view in cards:
            arch = etree.fromstring(view.get_combined_arch())
            loaded = {field.get("name") for field in arch.iter("field")}
            wanted = set(READ.findall(etree.tostring(arch, encoding="unicode")))
            self.assertFalse(wanted - loaded, view.name)
