"""A request that no service meets feeds the ideas."""

from odoo import models
from odoo.exceptions import UserError

from ..core.window_actions import open_record


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_feed_idea(self):
        """Note the need behind the request, and show the project that it feeds."""
        self.ensure_one()
        self.check_access("write")
        known = self.env["commune.service.need"].sudo().search([("ticket_id", "=", self.id)])
        if known:
            project = known.project_id
        else:
            if not self.commune_id:
                raise UserError(self.env._("Say first which commune asks."))
            if self.confidentiality != "commune":
                raise UserError(
                    self.env._(
                        "This request is confidential: an idea would show its subject to others."
                        " Note the need on a project, in words that name nobody."
                    )
                )
            project = self.env["commune.service.project"]._feed(
                "request", self.name, self.commune_id, ticket=self
            )
        return open_record(project)
