"""Ask several departments at once for what the answer needs."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneRequestContributionAsk(models.TransientModel):
    _name = "commune.request.contribution.ask"
    _inherit = ["commune.request.action.mixin"]
    _description = "Contributions asked of other departments"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    question = fields.Text(help="For all; each department may be asked something else below.")
    date_due = fields.Date(
        string="Due on", compute="_compute_date_due", store=True, readonly=False, required=True
    )
    promised_date = fields.Date(related="ticket_id.promised_date")
    line_ids = fields.One2many(
        "commune.request.contribution.ask.line", "wizard_id", string="Departments"
    )

    @api.depends("ticket_id")
    def _compute_date_due(self):
        """By the promised date; today when it has run out."""
        today = self.env.company._get_today()
        for wizard in self:
            promised = wizard.ticket_id.promised_date
            wizard.date_due = max(promised, today) if promised else today

    def action_ask(self):
        self.ensure_one()
        self.ticket_id.check_access("write")
        if not self.line_ids:
            raise UserError(self.env._("Choose at least one department."))
        self.env["commune.request.contribution"].create(
            [line._prepare_contribution() for line in self.line_ids]
        )
        return {"type": "ir.actions.act_window_close"}


class CommuneRequestContributionAskLine(models.TransientModel):
    _name = "commune.request.contribution.ask.line"
    _description = "Contribution asked of one department"

    wizard_id = fields.Many2one(
        "commune.request.contribution.ask", required=True, ondelete="cascade"
    )
    team_id = fields.Many2one("helpdesk.ticket.team", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('share', '=', False)]",
    )
    question = fields.Text(string="Asked of this team only")

    @api.depends("team_id")
    def _compute_user_id(self):
        """The referent of the topic in that team, else its lead."""
        for line in self:
            ticket = line.wizard_id.ticket_id
            owner = ticket.topic_id._get_owner(ticket.commune_id, line.team_id.id)
            line.user_id = (owner or line.team_id._get_lead()) if line.team_id else False

    def _prepare_contribution(self):
        question = (self.question or self.wizard_id.question or "").strip()
        if not question:
            raise UserError(self.env._("Say what you ask of %s.", self.team_id.complete_name or ""))
        if not self.user_id:
            raise UserError(
                self.env._(
                    "Choose the person of %s whom you ask.", self.team_id.complete_name or ""
                )
            )
        return {
            "ticket_id": self.wizard_id.ticket_id.id,
            "team_id": self.team_id.id,
            "user_id": self.user_id.id,
            "question": question,
            "date_due": self.wizard_id.date_due,
        }
