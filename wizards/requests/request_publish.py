"""Propose an answer for publication: names are taken out, an agent reads what remains."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...engine.redaction import redact
from ...models.core.window_actions import open_record


class CommuneRequestPublish(models.TransientModel):
    _name = "commune.request.publish"
    _inherit = ["commune.request.action.mixin"]
    _description = "Answer proposed for publication"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    topic_id = fields.Many2one(
        "commune.topic",
        required=True,
        compute="_compute_texts",
        store=True,
        readonly=False,
        domain="[('parent_id', '!=', False)]",
    )
    question = fields.Text(compute="_compute_texts", store=True, readonly=False)
    answer = fields.Text(compute="_compute_texts", store=True, readonly=False)
    replacements = fields.Html(
        string="What was taken out", compute="_compute_texts", store=True, sanitize=False
    )
    is_read = fields.Boolean(
        string="I have read the question and the answer again: nobody can be recognised"
    )

    @api.depends("ticket_id")
    def _compute_texts(self):
        request_answer = self.env["commune.request.answer"]
        for wizard in self:
            ticket = wizard.ticket_id
            names = request_answer._get_known_names(ticket)
            question, answer = (
                redact(text, names) for text in request_answer._get_publishable(ticket)
            )
            wizard.topic_id = ticket.topic_id
            wizard.question = question.text
            wizard.answer = answer.text
            wizard.replacements = self._show(question.replacements + answer.replacements)

    @api.model
    def _show(self, replacements):
        """One line for each passage, in the order of the text, without repeating."""
        lines = dict.fromkeys((r.original, r.placeholder) for r in replacements)
        return Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
            Markup("<li><s>%s</s> → %s</li>") % line for line in lines
        )

    def _create_answer(self):
        self.ensure_one()
        if not self.is_read:
            raise UserError(self.env._("Read both texts again, then tick the box that says so."))
        if not (self.question or "").strip() or not (self.answer or "").strip():
            raise UserError(self.env._("Write both the question and the answer."))
        return self.env["commune.published.answer"].create(
            {
                "topic_id": self.topic_id.id,
                "question": self.question.strip(),
                "answer": plaintext2html(self.answer.strip()),
                "ticket_id": self.ticket_id.id,
            }
        )

    def action_propose(self):
        """Keep it as a draft, for an officer to publish."""
        return self._open(self._create_answer())

    def action_publish(self):
        answer = self._create_answer()
        answer.action_publish()
        return self._open(answer)

    def _open(self, answer):
        return open_record(answer)
