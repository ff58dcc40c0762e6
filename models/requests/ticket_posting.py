"""Who writes to a commune about its request: whoever works on it, and who validates the answer."""

from odoo import models

from .ticket_validation import PENDING


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_guarded_threads(self):
        return self

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """helpdesk_mgmt lets whoever reads a request speak in it; here the management reads all.
        Those asked to validate an answer may say what they think of it."""
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if message_operation == "create" and self.env.user._is_internal():
            found.update(dict.fromkeys(self.filtered(lambda t: t._is_asked_to_validate()), "read"))
        return found

    def _is_asked_to_validate(self):
        step = self.sudo().validation_step
        return step in PENDING and self.env.user in self._get_validators(step)

    def _is_spoken_for_by(self, partner):
        """Whether a person of the house may speak on the request; a mail passes no other check."""
        users = partner.sudo().user_ids.filtered(lambda u: u._is_internal())
        return any(self.sudo(False).with_user(user)._filter_may_post() for user in users)
