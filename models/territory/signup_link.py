"""The link that opens the account of a person of a commune: for that person alone."""

from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_signup_url(self):
        """Odoo gives it to whoever may write the contact: an officer would send oneself the
        template of a forgotten password, and be the mayor. Our invitations are sent as superuser
        to the address of the person."""
        if not self.env.su and self._filter_ours() and self.env.user.partner_id != self:
            if not self.env.user.has_group("base.group_erp_manager"):
                raise AccessError(
                    self.env._("The link to the account of %s is for nobody else.", self.name)
                )
        return super()._get_signup_url()
