"""A test letter received by the mail gateway confirms the sender."""

from odoo import api, models

from .sender_check import HEADER

MOST_TOKENS = 3


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """A letter that was refused on its way quotes the token below its own headers, and is not
        one that came back."""
        tokens = message.get_all(HEADER, [])[:MOST_TOKENS]
        if tokens and not message_dict.get("is_bounce"):
            tokens = [str(token).strip() for token in tokens]
            if self.env["res.company"]._receive_sender_check(tokens):
                return []
        return super().message_route(message, message_dict, model, thread_id, custom_values)
