"""Settings of the addon for the manager, without Odoo's administrator page."""

from lxml import etree

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ...models.core.display_notification import RELOAD, display_notification

PAGE = "base.res_config_settings_view_form"
BLOCKS = "//app[@name='commune_relations']/block"
LINKS = (Command.LINK, Command.UNLINK, Command.CLEAR, Command.SET)


class CommuneSettings(models.TransientModel):
    """The fields and the sentences of that page; the company is read and written as superuser,
    and of the company these fields alone."""

    _name = "commune.settings"
    _inherit = ["commune.organisation.settings.mixin"]
    _description = "Settings of the manager"

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Our settings")

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        return super().default_get(fields)

    # the form

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        for place in arch.xpath("//div[@name='settings']"):
            page = etree.fromstring(self.env.ref(PAGE).sudo().get_combined_arch())
            for block in page.xpath(BLOCKS):
                place.append(self._render_block(block))
        return arch, view

    def _render_block(self, block):
        """A group of the form, with the sentences of a block of settings."""
        group = etree.Element("group", string=block.get("title"), col="2")
        for setting in block.iter("setting"):
            field = next(setting.iter("field"))
            if setting.get("string"):
                field.set("string", setting.get("string"))
            group.append(field)
            sentence = etree.SubElement(group, "p", colspan="2")
            sentence.set("class", "text-muted")
            sentence.text = setting.get("help")
        return group

    # what is saved

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        for vals in vals_list:
            self._save_settings(vals)
        settings = super().create([{} for _vals in vals_list])
        settings._check_settings()
        return settings

    def write(self, vals):
        self.check_access("write")
        self._save_settings(vals)
        result = super().write({})
        self._check_settings()
        return result

    def _check_settings(self):
        self.invalidate_recordset()
        self._validate_fields(set(self._fields))

    def _save_settings(self, vals):
        """Write the company of the person, whatever company the form names."""
        related = {
            name: self._fields[name].related.split(".")[1]
            for name in vals
            if name in self._fields and (self._fields[name].related or "").startswith("company_id.")
        }
        values = {related[name]: self._keep_links(name, vals[name]) for name in related}
        if values:
            self.env.company.sudo().write(values)

    def _keep_links(self, name, value):
        """As superuser a relation would create or change what it leads to."""
        if self._fields[name].type not in ("one2many", "many2many"):
            return value
        if any(command[0] not in LINKS for command in value):
            raise AccessError(self.env._("Settings only choose among what exists."))
        return value

    def action_save(self):
        """The form was saved as it was left; what depends on it is shown again."""
        self.check_access("write")
        return display_notification(self.env._("The settings are saved."), following=RELOAD)
