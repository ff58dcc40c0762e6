"""The door of incoming mail: what is for the requests of communes is sorted by them."""

import logging

from odoo import api, models

from ...engine.mail import is_delivery_failure
from .sender import DOUBT

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        requests = self.env["helpdesk.ticket"]
        if message_dict.get("is_bounce"):
            if not is_delivery_failure(message):
                _logger.info("Mail %s says no failure: dropped", message_dict["message_id"])
                return []
            routes = super().message_route(message, message_dict, model, thread_id, custom_values)
            requests._receive_unread_bounce(message_dict)
            return routes
        numbered = requests._find_numbered_route(message, message_dict, model)
        routes = numbered or super().message_route(
            message, message_dict, model, thread_id, custom_values
        )
        return requests._sort_routes(message, message_dict, routes)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        doubt = self.env["helpdesk.ticket"]._find_sender_doubt(message, message_dict, routes)
        if doubt:
            _logger.info("Mail %s: sender not confirmed (%s)", message_dict["message_id"], doubt)
            self = self.with_context(**{DOUBT: doubt})
        return super()._message_route_process(message, message_dict, routes)
