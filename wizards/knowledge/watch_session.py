"""Wizard: the session on whose agenda an item of the watch is proposed."""

from odoo import fields, models

from ...models.knowledge.watch_follow_up import PREPARED


class CommuneWatchSession(models.TransientModel):
    _name = "commune.watch.session"
    _description = "Propose an item of the watch to a session"

    item_id = fields.Many2one(
        "commune.watch.item", string="Item of the watch", required=True, readonly=True
    )
    session_id = fields.Many2one(
        "commune.session",
        required=True,
        domain=lambda self: [
            ("state", "in", PREPARED),
            ("date_begin", ">=", fields.Datetime.now()),
        ],
        help="Those in preparation; the next one, unless you choose another.",
    )

    def action_propose(self):
        """To be kept or not by anyone who prepares the agenda."""
        self.ensure_one()
        return self.item_id._propose_in(self.session_id)
