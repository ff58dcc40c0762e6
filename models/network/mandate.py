"""A mandate that begins, changes or ends: the lists and groups follow at once."""

from odoo import models


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _refresh_new_audiences(self, vals_list):
        self.env["commune.contact.preference"]._refresh_audiences(self.partner_id)

    def _refresh_changed_audiences(self, vals):
        before = self.partner_id
        yield
        self.env["commune.contact.preference"]._refresh_audiences(before | self.partner_id)

    def _refresh_left_audiences(self, vals):
        partners = self.partner_id
        yield
        self.env["commune.contact.preference"]._refresh_audiences(partners)
