"""Wizard: redirect a request to the competent body, with its contact and the answer."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...models.requests.ticket.transfer import OUTSIDE_LEVELS


class CommuneRequestReroute(models.TransientModel):
    _name = "commune.request.reroute"
    _inherit = ["commune.request.action.mixin"]
    _description = "Request that is not for us"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    topic_id = fields.Many2one(related="ticket_id.topic_id")
    is_sensitive = fields.Boolean(related="ticket_id.is_sensitive")
    level = fields.Selection(
        OUTSIDE_LEVELS,
        string="In charge",
        required=True,
        compute="_compute_outside",
        store=True,
        readonly=False,
    )
    outside_name = fields.Char(
        string="Who to ask", compute="_compute_outside", store=True, readonly=False
    )
    outside_contact = fields.Char(
        string="How to reach them", compute="_compute_outside", store=True, readonly=False
    )
    canned_answer_id = fields.Many2one("commune.canned.answer", string="Insert a canned answer")
    explanation = fields.Html(
        string="What the commune reads",
        compute="_compute_explanation",
        store=True,
        readonly=False,
    )
    remember = fields.Boolean(
        string="Propose this contact for the next requests on this topic",
    )

    @api.depends("ticket_id")
    def _compute_outside(self):
        """Competent body set on the request, else on its topic."""
        for wizard in self:
            ticket, topic = wizard.ticket_id, wizard.ticket_id.topic_id
            level = topic._get_level(ticket.commune_id) if topic else False
            outside = level if level != "metropole" else False
            wizard.level = ticket.level_answer or outside
            wizard.outside_name = ticket.outside_name or topic.outside_name
            wizard.outside_contact = ticket.outside_contact or topic.outside_contact

    @api.depends("level")
    def _compute_explanation(self):
        """The draft, else the text of the topic, else the canned answer of the level."""
        for wizard in self:
            ticket, topic = wizard.ticket_id, wizard.ticket_id.topic_id
            if ticket.level_answer and ticket.answer_html:
                wizard.explanation = ticket.answer_html
            elif topic.outside_note and wizard.level == topic._get_level(ticket.commune_id):
                wizard.explanation = plaintext2html(topic.outside_note)
            else:
                canned = self.env.ref(
                    f"commune_relations.canned_answer_{wizard.level}", raise_if_not_found=False
                )
                wizard.explanation = canned._render(ticket) if canned else False

    @api.onchange("canned_answer_id")
    def _onchange_canned_answer_id(self):
        if self.canned_answer_id:
            self.explanation = self.canned_answer_id._render(self.ticket_id)
            self.canned_answer_id = False

    def _apply(self):
        """Write the redirection on the request, as a draft answer."""
        self.ensure_one()
        ticket = self.ticket_id
        self.env["commune.request.answer"]._check_can_answer(ticket)
        if self.level != "commune" and not (self.outside_name or "").strip():
            raise UserError(self.env._("Say who the commune is to ask instead."))
        ticket.write(
            {
                "answer_html": self.explanation,
                "level_answer": self.level,
                "outside_name": self.outside_name,
                "outside_contact": self.outside_contact,
            }
        )
        officer = self.env.user.has_group("commune_relations.group_officer")
        if self.remember and officer and ticket.topic_id:
            # Officers do not configure topics; this is the one thing that they teach them.
            ticket.topic_id.sudo().write(
                {"outside_name": self.outside_name, "outside_contact": self.outside_contact}
            )
        return ticket

    def action_send(self):
        ticket = self._apply()
        ticket.env["commune.request.answer"]._send_answer(ticket)
        return {"type": "ir.actions.act_window_close"}

    def action_ask_validation(self):
        ticket = self._apply()
        ticket.env["commune.request.validation"]._ask_validation(ticket)
        return {"type": "ir.actions.act_window_close"}

    def action_keep(self):
        """Keep it as a draft on the request."""
        self._apply()
        return {"type": "ir.actions.act_window_close"}
