"""Each stored field of the models of the addon and of those that it extends: who writes it, who
reads it, as tests/fixtures/inventory/fields.csv has it."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .field_inventory_case import FieldInventoryCase
from .inventory import InventoryCase, find_differences, read_table

QUIET = ("odoo.sql_db", "odoo.orm.models", "odoo.addons.base.models.ir_rule")
QUIET += ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_access")

# Models of which the case allows no other record like its own: what is given at creation is not
# tried here.
ONE_OF_A_KIND = set(
    """
    commune.committee.member commune.event.half.day commune.known.email commune.legal.value
    commune.replacement.tariff commune.replacement.timesheet commune.replacement.timesheet.line
    commune.service.price commune.service.price.band commune.training.body commune.visit.stop
    commune.watch.source commune.work.rule helpdesk.ticket.sla link.tracker
    """.split()
)

# hr_skills makes another line of what is changed of one, for who keeps the skills of both.
SKILLS_OF_ODOO = {
    f"hr.employee.employee_skill_ids: hr.employee.skill.employee_id by {who}"
    for who in ("manager", "coordinator")
}


@tagged("post_install", "-at_install")
class TestFieldInventory(InventoryCase, FieldInventoryCase):
    def test_each_place_has_a_record(self):
        empty = [label for label, _model, records in self._get_places() if records == []]
        self.assertFalse(empty, "give each of them a record in FieldInventoryCase")

    @mute_logger(*QUIET)
    def test_each_field_is_written_and_read_by_those_of_the_table_alone(self):
        found = {}
        for label, model, records in self._get_places():
            fields = self._get_fields(model)
            found.update(self._find(label, model, records, fields))
            if label == model._name:
                found.update(self._find_starts(label, model, records, fields, found))
        self._compare("fields", found, "### Fields")
        self.assertFalse(self.faults, "a clear sentence, never an error of the server")
        self.assertEqual(self.unmade, ONE_OF_A_KIND, "given at creation: not tried")

    @mute_logger(*QUIET)
    def test_no_command_on_another_record_writes_a_closed_field(self):
        self.nested_models = list(self._get_models())
        wrong = set()
        for _label, model, records in self._get_places():
            if records:
                wrong |= set(self._find_nested(model, records))
        wrong -= SKILLS_OF_ODOO
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertFalse(self.faults, "a clear sentence, never an error of the server")

    def test_nobody_writes_what_the_software_works_out(self):
        """Odoo keeps the value that a program writes into a stored computed field, until its
        source changes: an order, a filter or a sum would follow it."""
        written = {
            f"{model}.{name}"
            for (what, label, name) in read_table("fields")
            for model in [label.partition("(")[0]]
            if what == "write" and self._is_worked_out(self.env[model]._fields[name])
        }
        self.assertFalse(written, "give their models commune.readonly.fields.mixin")

    def _is_worked_out(self, field):
        is_own = "commune_relations" in field._modules
        return is_own and field.store and field.compute and field.readonly

    @mute_logger(*QUIET)
    def test_a_field_that_another_addon_adds_is_seen(self):
        partner = self.env["res.partner"]
        self.addCleanup(self.registry.reset_changes)
        self.env["ir.model.fields"].create(
            {
                "name": "x_inventory",
                "field_description": "Inventory",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "char",
            }
        )
        added = [field for field in self._get_fields(partner) if field.name == "x_inventory"]
        found = self._find("res.partner", partner, [self.commune_a.sudo()], added)
        new = [one for one in find_differences({**found}, read_table("fields")) if "x_inv" in one]
        self.assertEqual(len(new), 2, new)
        self.assertIn("write res.partner x_inventory: by officer manager", new[1])
