"""`ir.qweb`: pages and letters.

`_prepare_environment` gives portal forms the maximum length of each text, on portal pages and on
routes of the addon only: the templates that hold the forms are shared by many routes.
`_generate_code_uncached` reuses templates compiled in the same mail batch: Odoo caches no template
without a record, and one letter serves hundreds of recipients.
"""

from lxml import etree

from odoo import models
from odoo.http import request

from ..mail_batch_cache import COMPILED, Compiled
from ..text_limits import LENGTHS

# Attributes of a request: portal page, route of the addon.
PORTAL = ("is_frontend", "commune_route")


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _prepare_environment(self, values):
        prepared = super()._prepare_environment(values)
        if request and any(
            getattr(request, one, False) for one in ("is_frontend", "commune_route")
        ):
            values["commune_lengths"] = LENGTHS
        return prepared

    def _generate_code_uncached(self, template):
        """Reuse a template compiled earlier in the same mail batch of the addon."""
        compiled = self.env.context.get(COMPILED)
        if not isinstance(compiled, Compiled) or not isinstance(template, etree._Element):
            return super()._generate_code_uncached(template)
        options = (self.env.context.get(name) for name in self._get_template_cache_keys())
        key = (etree.tostring(template), *options)
        if key not in compiled.functions:
            compiled.functions[key] = super()._generate_code_uncached(template)
        return compiled.functions[key]
