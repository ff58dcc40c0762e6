"""A mandate that begins, changes or ends: the lists and groups follow at once."""

from odoo import models


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _refresh_new_audiences(self, vals_list):
        self.partner_id._refresh_audiences()

    def _refresh_changed_audiences(self, vals):
        before = self.partner_id
        yield
        (before | self.partner_id)._refresh_audiences()

    def _refresh_left_audiences(self, vals):
        partners = self.partner_id
        yield
        partners._refresh_audiences()
