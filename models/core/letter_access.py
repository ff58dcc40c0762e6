"""Access to a letter before it leaves: reserved to readers of the record it is about.

Odoo checks that right when a letter is sent, but not when the composer or the preview shows it, and
it renders the text as superuser: without this check any colleague could read there what a commune
contests, or who receives an incident.
"""

from odoo import api, models, tools

from .message_access import MODULE

TEMPLATES = {"mail.template", "sms.template"}


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _render_field(self, field, res_ids, *args, **kwargs):
        if self._name in TEMPLATES:
            self._check_letters_read(res_ids)
        return super()._render_field(field, res_ids, *args, **kwargs)

    def _check_letters_read(self, res_ids):
        """Check the read right on records that the addon manages, and on those of its letters;
        Odoo handles the others. A copy of a letter calls the same methods."""
        records = self.env.get(self.render_model)
        if self.env.su or records is None or not any(res_ids):
            return
        records = records.browse(filter(None, res_ids))
        if records._original_module != MODULE and not self._is_addon_letter():
            managed = getattr(records.sudo().exists(), "_filter_managed", records.browse)()
            records = managed.with_env(self.env)
        records.check_access("read")

    def _is_addon_letter(self):
        return False


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _generate_template(self, res_ids, render_fields, *args, **kwargs):
        self._check_letters_read(res_ids)
        return super()._generate_template(res_ids, render_fields, *args, **kwargs)

    def _is_addon_letter(self):
        return self.id in self._get_addon_template_ids()

    @api.model
    @tools.ormcache()
    def _get_addon_template_ids(self):
        """Ids of the templates that the addon ships.

        Cached: each rendered expression of each letter asks for them.
        """
        names = self.env["ir.model.data"].sudo()
        ours = names.search([("module", "=", MODULE), ("model", "=", self._name)])
        return frozenset(ours.mapped("res_id"))
