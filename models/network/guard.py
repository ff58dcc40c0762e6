"""What nobody writes by hand: what a commune answered, the step of a campaign, a certificate.

The forms show these fields as read only; an interface of programs would write them all the same.
"""

from odoo import api, models
from odoo.exceptions import UserError

STEPS = {"state", "date_open"}
ANSWER = {"answered_date", "correction"}


class CommuneDirectoryCampaign(models.Model):
    _inherit = "commune.directory.campaign"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "draft") != "draft" or vals.get("date_open"):
                self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if STEPS & set(vals):
            self._refuse_by_hand()
        return super().write(vals)

    def _refuse_by_hand(self):
        if not self.env.su:
            raise UserError(self.env._("The steps of a campaign follow from its buttons."))


class CommuneDirectoryRecipient(models.Model):
    _inherit = "commune.directory.recipient"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get(name) for vals in vals_list for name in ANSWER):
            raise UserError(self.env._("The answer of a commune is not written by hand."))
        return super().create(vals_list)


class EventRegistration(models.Model):
    _inherit = "event.registration"

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("certificate_number") for vals in vals_list):
            self._refuse_certificate()
        return super().create(vals_list)

    def write(self, vals):
        if "certificate_number" in vals:
            self._refuse_certificate()
        return super().write(vals)

    def _refuse_certificate(self):
        if not self.env.su:
            raise UserError(self.env._("The number of a certificate comes by itself."))
