"""The words of a letter are compiled once a sending: Odoo compiles them again for each reader."""

from lxml import etree

from odoo import models

COMPILED = "commune_compiled"  # in the context: what this sending has compiled


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
