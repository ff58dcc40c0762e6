"""`ir.qweb`: pages and letters.

`_prepare_environment` gives the forms of the portal how long a text may be: on pages of the portal
and on our routes alone, for a form stands in templates that many routes share, and none of their
callers is one. `_generate_code_uncached` serves what a sending of ours has compiled: Odoo keeps no
template that has no record, and a letter is one text for hundreds of readers.
"""

from lxml import etree

from odoo import models
from odoo.http import request

from ..mail_batch_cache import COMPILED, Compiled
from ..text_limits import LENGTHS

# Of a request: whether it is for a page of the portal, for a route of ours.
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
        """As Odoo; within a sending of ours, a text that was compiled already serves again."""
        compiled = self.env.context.get(COMPILED)
        if not isinstance(compiled, Compiled) or not isinstance(template, etree._Element):
            return super()._generate_code_uncached(template)
        options = (self.env.context.get(name) for name in self._get_template_cache_keys())
        key = (etree.tostring(template), *options)
        if key not in compiled.functions:
            compiled.functions[key] = super()._generate_code_uncached(template)
        return compiled.functions[key]
