"""`ir.config_parameter`: one parameter, overridden during a batch of the addon.

Odoo's batch size of letters is no argument, and changing the parameter would change it for
everybody.
"""

from odoo import api, models

from ..mail_batch_cache import COMPILED, TOGETHER


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_param(self, key):
        """During a batch of the addon, read the data of the letters once and not for each fifty."""
        if key == "mail.batch_size" and COMPILED in self.env.context:
            return TOGETHER
        return super()._get_param(key)
