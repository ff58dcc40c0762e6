"""Nobody links one’s own record to an unreadable one, whose name would then be shown."""

from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase

PERSONS = ("referent", "coordinator", "officer", "reader", "employee")
PORTAL = ("portal_a", "portal_a_limited", "portal_b", "portal_both", "portal_ended")


@tagged("post_install", "-at_install")
class TestBoundNames(AttackCase):
    def test_a_record_of_ones_own_names_nothing_hidden(self):
        tried, named = 0, []
        with mute_logger("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.sql_db"):
            for who in (*PERSONS, *PORTAL):
                for record, field, hidden in self._get_ties(getattr(self, who)):
                    tried += 1
                    if self._names_target(record, field, hidden):
                        named.append(f"{who}: {field} tells {hidden}")
        self.assertGreater(tried, 20)
        self.assertEqual(named, [])

    def _get_ties(self, user):
        """(record that the person may write, link of the addon, record that they may not read)."""
        hidden = self._get_hidden(user)
        for name, records in self.targets.items():
            own = [one for one in records.with_user(user).sudo(False) if one.has_access("write")]
            for field in self.env[name]._fields.values() if own else ():
                if field.type != "many2one" or not field.store or field.compute:
                    continue
                if "commune_relations" in field._modules and hidden.get(field.comodel_name):
                    other = self.env[field.comodel_name].browse(hidden[field.comodel_name][-1])
                    yield own[0], field, other

    def _names_target(self, record, field, other):
        """Whether writing the link, or making a record with it, gives the name of the other."""
        name = other.display_name
        for tie in (self._write, self._create):
            with suppress(AccessError, UserError, ValueError), self.cr.savepoint() as point:
                try:
                    tied = tie(record, field, other)
                    read = tied.web_read({field.name: {"fields": {"display_name": {}}}})
                    value = read[0][field.name] if read else False
                    if value and value.get("display_name") == name:
                        return True
                finally:
                    point.rollback()
        return False

    def _write(self, record, field, other):
        record.write({field.name: other.id})
        return record

    def _create(self, record, field, other):
        values = record.sudo().copy_data()[0]
        return record.create({**values, field.name: other.id})
