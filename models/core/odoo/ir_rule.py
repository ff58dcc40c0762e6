"""`ir.rule`: access errors on records and wizards of the addon.

In developer mode, which any colleague may turn on, Odoo's access error names the records that the
rules hide: an incident line by its text, a request by its title. Wizards are private: only their
creator reads them, even by id. Odoo does so for its own wizards and requires a rule for each; a
rule carries no message, and a rule per wizard would be forgotten with the next wizard.
"""

from odoo import api, models
from odoo.fields import Domain

MANAGED = ("commune.", "helpdesk.ticket", "agreement")
MOST_NAMED = 6  # by Odoo


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        error = super()._make_access_error(operation, records)
        text = error.args[0]
        if not records._name.startswith(MANAGED) or f"({records._name}:" not in text:
            return error
        managed = records.exists()
        if hasattr(records, "_filter_managed"):
            managed = managed._filter_managed()
        for record in managed[:MOST_NAMED].sudo():
            text = text.replace(f", {record.display_name} ({record._name}:", f" ({record._name}:")
        # What was read to find the names does not stay where the person reads.
        records.invalidate_recordset()
        error.args = (text, *error.args[1:])
        return error

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if self.env.su or not model._transient or not model_name.startswith("commune."):
            return domain
        return (domain & Domain("create_uid", "=", self.env.uid)).optimize(model)
