"""What runs by itself speaks the language of the house."""

from odoo import models


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        """Odoo gives a scheduled action no language, which is English: the things to do that it
        leaves to people, ours or those of a queue that runs our code, are read in theirs."""
        if not self.env.context.get("lang"):
            self = self.with_context(lang=self.env.company._get_house_lang())
        return super()._callback(cron_name, server_action_id)
