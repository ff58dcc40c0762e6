"""Extension of push devices: who registers one, and which address Odoo then posts to."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ....engine.web.fetch import FetchError, check_address


class MailPushDevice(models.Model):
    _inherit = "mail.push.device"

    @api.model
    def register_devices(self, **kw):
        """Refuse push devices of portal accounts, and internal addresses.

        Odoo posts to the address that a browser gives, for any account; portal users of the addon
        have no such notifications.
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("These notifications are for the staff."))
        if endpoint := kw.get("endpoint"):
            try:
                check_address(endpoint)
            except FetchError as error:
                raise UserError(str(error)) from error
        return super().register_devices(**kw)
