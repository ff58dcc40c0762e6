"""`ir.config_parameter`: one parameter, within a sending of ours.

The number of letters that Odoo prepares at once has no argument, and changing the parameter would
change it for everybody.
"""

from odoo import api, models

from ..mail_batch_cache import COMPILED, TOGETHER


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_param(self, key):
        """As Odoo; a sending of ours reads what its letters need once, and not for each fifty."""
        if key == "mail.batch_size" and COMPILED in self.env.context:
            return TOGETHER
        return super()._get_param(key)
