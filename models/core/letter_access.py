"""Access to a letter before it leaves: reserved to readers of the record it is about.

Odoo checks that right when a letter is sent, but not when the composer or the preview shows it, and
it renders the text as superuser: without this check any colleague could read there what a commune
contests, or who receives an incident.
"""

from odoo import api, models, tools

from .message_access import MODULE


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _generate_template(self, res_ids, render_fields, *args, **kwargs):
        self._check_letters_read(res_ids)
        return super()._generate_template(res_ids, render_fields, *args, **kwargs)

    def _render_field(self, field, res_ids, *args, **kwargs):
        self._check_letters_read(res_ids)
        return super()._render_field(field, res_ids, *args, **kwargs)

    def _check_letters_read(self, res_ids):
        """Check the read right on records of the addon; Odoo handles other models."""
        records = self.env.get(self.render_model)
        if self.env.su or records is None or not any(res_ids):
            return
        if records._original_module == MODULE or self.id in self._get_addon_template_ids():
            records.browse(filter(None, res_ids)).check_access("read")

    @api.model
    @tools.ormcache()
    def _get_addon_template_ids(self):
        """Ids of the templates that the addon ships.

        Cached: each rendered expression of each letter asks for them.
        """
        names = self.env["ir.model.data"].sudo()
        managed = names.search([("module", "=", MODULE), ("model", "=", self._name)])
        return frozenset(managed.mapped("res_id"))
