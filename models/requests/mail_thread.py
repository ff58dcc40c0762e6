"""The door of incoming mail: what is for the requests of communes is sorted by them."""

import logging

from odoo import api, models

from ...engine.mail import is_delivery_failure

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
