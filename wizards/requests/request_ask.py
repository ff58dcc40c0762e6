"""Write to the commune before the answer: a question, or a first useful answer."""

from odoo import api, fields, models


class CommuneRequestAsk(models.TransientModel):
    _name = "commune.request.ask"
    _inherit = ["commune.request.action.mixin"]
    _description = "Message to the commune"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("question", "Question to the commune"), ("first_answer", "First answer")],
        required=True,
        default="question",
    )
    topic_id = fields.Many2one(related="ticket_id.topic_id")
    canned_answer_id = fields.Many2one("commune.canned.answer", string="Insert a canned answer")
    body = fields.Html(string="Your message")

    @api.onchange("canned_answer_id")
    def _onchange_canned_answer_id(self):
        if self.canned_answer_id:
            text = self.canned_answer_id._render(self.ticket_id)
            self.body = self.env["commune.request.answer"]._join_answers(self.body, text)
            self.canned_answer_id = False

    def action_send(self):
        answer = self.env["commune.request.answer"]
        self.ensure_one()
        if self.kind == "question":
            answer._ask_commune(self.ticket_id, self.body)
        else:
            answer._give_first_answer(self.ticket_id, self.body)
        return {"type": "ir.actions.act_window_close"}
