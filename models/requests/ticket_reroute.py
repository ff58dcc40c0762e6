"""Requests that are not for the intercommunality: who the commune is sent to."""

from odoo import api, fields, models

OUTSIDE_LEVELS = [
    ("commune", "The commune or its mayor"),
    ("departement", "Department (local authority)"),
    ("region", "Region"),
    ("etat", "State"),
    ("operateur", "Operator"),
]


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    level_answer = fields.Selection(
        OUTSIDE_LEVELS,
        string="In charge instead",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="Set when the answer is that the intercommunality is not in charge.",
    )
    outside_name = fields.Char(string="Who to ask instead", copy=False)
    outside_contact = fields.Char(string="How to reach them", copy=False)
    rerouted_count = fields.Integer(
        string="Not for us (number)",
        compute="_compute_rerouted_count",
        store=True,
        aggregator="sum",
        help="1 for a request that was closed as not being for the intercommunality.",
    )

    @api.depends("stage_kind")
    def _compute_rerouted_count(self):
        for ticket in self:
            ticket.rerouted_count = int(ticket.stage_kind == "rerouted")

    def _get_outside_sentence(self):
        """Who to ask instead and how; what the topic says when the request says nothing."""
        self.ensure_one()
        own = " – ".join(filter(None, [self.outside_name, self.outside_contact]))
        return own or (self.topic_id._get_outside_sentence() if self.topic_id else "")

    def _prepare_reopening(self, old, now):
        """A request that is open again is ours until said otherwise."""
        return {
            **super()._prepare_reopening(old, now),
            "level_answer": False,
            "outside_name": False,
            "outside_contact": False,
        }

    def action_reroute(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reroute"),
            "res_model": "commune.request.reroute",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_no_reroute(self):
        """It is ours after all: the draft is an ordinary answer again."""
        self.check_access("write")
        self.write({"level_answer": False, "outside_name": False, "outside_contact": False})
