"""Hand a request over to another team, with the reason."""

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.display_notification import CLOSE, display_notification


class CommuneRequestTransferWizard(models.TransientModel):
    _name = "commune.request.transfer.wizard"
    _inherit = ["commune.request.action.mixin"]
    _description = "Hand a request over"

    ticket_ids = fields.Many2many("helpdesk.ticket", string="Requests", required=True)
    team_id = fields.Many2one("helpdesk.ticket.team", string="To", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="To whom",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('share', '=', False)]",
        help="Proposed from the referents of the topic; empty: who answers for the team.",
    )
    is_empty_team = fields.Boolean(compute="_compute_is_empty_team")
    reason = fields.Char(required=True, help="What the next team needs to know.")
    manager_reason = fields.Char(
        string="Reason of the manager",
        help="Communes are promised a number of hand-overs at most; this one goes beyond.",
    )
    is_beyond_promise = fields.Boolean(compute="_compute_is_beyond_promise")
    is_manager = fields.Boolean(compute="_compute_is_beyond_promise")
    transfer_limit = fields.Integer(compute="_compute_is_beyond_promise")

    @api.depends("ticket_ids")
    def _compute_is_beyond_promise(self):
        manager = self.env.user.has_group("commune_relations.group_manager")
        for wizard in self:
            wizard.is_beyond_promise = any(
                self.env["commune.request.transfer"]._is_beyond_promise(t)
                for t in wizard.ticket_ids
            )
            wizard.is_manager = manager
            wizard.transfer_limit = wizard.ticket_ids[:1].company_id.sudo().request_transfer_limit

    @api.depends("team_id")
    def _compute_user_id(self):
        for wizard in self:
            ticket = wizard.ticket_ids[:1]
            wizard.user_id = (
                ticket.topic_id._get_owner(ticket.commune_id, wizard.team_id.id)
                if wizard.team_id
                else False
            )

    @api.depends("team_id")
    def _compute_is_empty_team(self):
        """Whether the team is empty: the lead of a team above then receives the request."""
        for wizard in self:
            team = wizard.team_id.sudo()
            wizard.is_empty_team = bool(team) and not (team.user_id or team.user_ids)

    def action_transfer(self):
        """Do it; the requests leave the lists of the former team."""
        self.ensure_one()
        moving = self.ticket_ids.filtered(lambda t: t.team_id != self.team_id)
        if not moving:
            raise UserError(
                self.env._("%s already has it: choose another team.", self.team_id.display_name)
            )
        moving._transfer(self.team_id, self.reason, self.user_id, self.manager_reason)
        return {"type": "ir.actions.act_window_close"}

    def action_ask_manager(self):
        """Ask a manager for one more hand-over than was promised: an activity, once."""
        self.ensure_one()
        managers = self.env["res.users"]._get_organisation_managers()
        people = (managers - self.env.user) or managers
        for ticket in self.ticket_ids:
            lead = (people & ticket.team_id._get_desk().user_id) or people[:1]
            ticket.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("One more hand-over to decide"),
                note=escape(
                    self.env._(
                        "%(user)s asks to hand it over to %(team)s: %(reason)s",
                        user=self.env.user.name,
                        team=self.team_id.display_name,
                        reason=self.reason,
                    )
                ),
                user_id=lead.id or self.env.uid,
            )
        return display_notification(self.env._("The manager has been asked."), following=CLOSE)
