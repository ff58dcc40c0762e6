"""Who sees a letter of ours before it leaves: whoever reads what it is about.

Odoo asks for that right when a letter is sent, not when the composer or the preview shows it, and
the words of a letter are worked out as superuser: without a check any colleague would read there
what a commune contests, or to whom a case is told.
"""

from odoo import models

from .posting import MODULE


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
        external = self.sudo().get_external_id().values()
        if records._original_module == MODULE or any(
            name.startswith(f"{MODULE}.") for name in external
        ):
            records.browse(filter(None, res_ids)).check_access("read")
