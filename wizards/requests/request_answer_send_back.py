"""Send an answer back to its author with the changes to make."""

from odoo import fields, models


class CommuneRequestSendBack(models.TransientModel):
    _name = "commune.request.send.back"
    _inherit = ["commune.request.action.mixin"]
    _description = "Answer sent back"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    note = fields.Char(string="What is to be changed", required=True)

    def action_send_back(self):
        self.ensure_one()
        self.env["commune.request.validation"]._decide_validation(
            self.ticket_id, "sent_back", self.note
        )
        return {"type": "ir.actions.act_window_close"}
