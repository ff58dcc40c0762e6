"""Wizard: record the progress of a decision and its new step."""

from odoo import fields, models

from ...models.committees.decision.decision import DECISION_STATES


class CommuneDecisionProgress(models.TransientModel):
    _name = "commune.decision.progress"
    _description = "Progress of a decision"

    decision_id = fields.Many2one("commune.decision", required=True, ondelete="cascade")
    state = fields.Selection(DECISION_STATES, string="Step", required=True)
    text = fields.Text(string="Where it stands", required=True)

    def action_apply(self):
        self.ensure_one()
        self.decision_id._add_note(self.text, self.state)
        return {"type": "ir.actions.act_window_close"}
