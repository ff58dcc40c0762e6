"""A request that several departments answer: one owner, one answer, several contributions."""

from odoo import api, fields, models

from .stage import OPEN_KINDS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    contribution_ids = fields.One2many(
        "commune.request.contribution",
        "ticket_id",
        string="Contributions",
        groups="base.group_user",
    )
    contribution_count = fields.Integer(
        compute="_compute_contribution_count", groups="base.group_user"
    )
    contribution_waited_count = fields.Integer(
        string="Contributions waited for",
        compute="_compute_contribution_count",
        groups="base.group_user",
    )

    @api.depends("contribution_ids.state")
    def _compute_contribution_count(self):
        counts = {}
        for ticket, state, count in self.env["commune.request.contribution"]._read_group(
            [("ticket_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["ticket_id", "state"],
            ["__count"],
        ):
            counts.setdefault(ticket.id, {})[state] = count
        for ticket in self:
            found = counts.get(ticket.id, {})
            ticket.contribution_count = sum(found.values())
            ticket.contribution_waited_count = found.get("asked", 0)

    def _after_stage_change(self, before):
        """Nobody goes on working for an answer that has been given."""
        result = super()._after_stage_change(before)
        done = self.sudo().filtered(lambda t: t.stage_kind not in OPEN_KINDS)
        done.contribution_ids.filtered(lambda c: c.state == "asked").action_cancel()
        return result

    def action_ask_contributions(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask other departments"),
            "res_model": "commune.request.contribution.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }
