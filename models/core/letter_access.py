"""Who sees a letter of ours before it leaves: anyone who reads what it is about.

Odoo asks for that right when a letter is sent, not when the composer or the preview shows it, and
the words of a letter are worked out as superuser: without a check any colleague would read there
what a commune contests, or to whom a case is told.
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
        """Letters of others are left to Odoo."""
        records = self.env.get(self.render_model)
        if self.env.su or records is None or not any(res_ids):
            return
        if records._original_module == MODULE or self.id in self._get_addon_template_ids():
            records.browse(filter(None, res_ids)).check_access("read")

    @api.model
    @tools.ormcache()
    def _get_addon_template_ids(self):
        """Those that we ship: each word of each letter asks, whoever sends it."""
        names = self.env["ir.model.data"].sudo()
        ours = names.search([("module", "=", MODULE), ("model", "=", self._name)])
        return frozenset(ours.mapped("res_id"))
