"""What the corrections of the topic of a request teach to the orientation."""

from odoo import models
from odoo.tools import html2plaintext


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_question(self):
        """The request as one text, for the orientation."""
        self.ensure_one()
        return f"{self.name or ''}\n{html2plaintext(self.description or '')}"

    def _learn_from_correction(self, before):
        """Propose words to the right topic, and keep the correction in the log.

        :param before: dict request -> topic that it had
        """
        for ticket in self:
            wrong = before[ticket] or ticket.suggested_topic_id
            right = ticket.topic_id
            if not wrong or not right or wrong == right:
                continue
            self.env["commune.topic.term"]._propose(ticket._get_question(), right)
            log = (
                self.env["commune.orientation.log"]
                .sudo()
                .search([("ticket_id", "=", ticket.id)], limit=1)
            )
            if not log:
                log = log._log(ticket.name, [], ticket=ticket)
                log.is_zero_result = False
            log.corrected_topic_id = right
