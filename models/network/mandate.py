"""A mandate that begins, changes or ends: the lists and groups follow at once."""

from odoo import api, models

WATCHED = {
    "active",
    "partner_id",
    "commune_id",
    "function_id",
    "delegation",
    "date_start",
    "date_end",
}


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    @api.model_create_multi
    def create(self, vals_list):
        mandates = super().create(vals_list)
        mandates.partner_id._refresh_audiences()
        return mandates

    def write(self, vals):
        before = self.partner_id
        result = super().write(vals)
        if WATCHED & vals.keys():
            (before | self.partner_id)._refresh_audiences()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        partners._refresh_audiences()
        return result
