"""What is said on a decision that a council took without its quorum."""

from odoo import api, fields, models


class CommuneDecision(models.Model):
    _inherit = "commune.decision"

    no_quorum_text = fields.Char(
        string="Want of quorum", compute="_compute_no_quorum_text", compute_sudo=True
    )

    @api.depends("session_id.no_quorum_text")
    @api.depends_context("lang")
    def _compute_no_quorum_text(self):
        for decision in self:
            session = decision.session_id._origin
            decision.no_quorum_text = session and session._get_decision_words(decision._origin)
