"""Cache of one mail batch; Odoo would recompile templates per recipient."""

from lxml import etree

from odoo import api, models

COMPILED = "commune_compiled"  # in the context: what this sending has compiled
TOGETHER = 500  # letters prepared at once: some 20 kB each


class Compiled:
    """Functions of templates by their text. Two are never the same: a context compares them."""

    def __init__(self):
        self.functions = {}


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _generate_code_uncached(self, template):
        """As Odoo; within a sending of ours, a text that was compiled already serves again."""
        compiled = self.env.context.get(COMPILED)
        if not isinstance(compiled, Compiled) or not isinstance(template, etree._Element):
            return super()._generate_code_uncached(template)
        options = (self.env.context.get(name) for name in self._get_template_cache_keys())
        key = (etree.tostring(template), *options)
        if key not in compiled.functions:
            compiled.functions[key] = super()._generate_code_uncached(template)
        return compiled.functions[key]


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_param(self, key):
        """As Odoo; a sending of ours reads what its letters need once, and not for each fifty."""
        if key == "mail.batch_size" and COMPILED in self.env.context:
            return TOGETHER
        return super()._get_param(key)


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _send_together(self, records, values=None, layout=False, **context):
        """Queue a letter for each of these records; the way of each (`_follow`) is made after.

        :param values: of every mail
        :param layout: frame of the letters
        :param context: what the words of all the letters use, worked out once
        :return: mail.mail, in the order of the records
        """
        letter = self.sudo().with_context(**{COMPILED: Compiled(), **context})
        values = {**(values or {}), "is_followed": True}
        mails = letter.send_mail_batch(records.ids, email_values=values, email_layout_xmlid=layout)
        return mails.with_env(self.sudo().env)
