"""Attach a request to another one of the same commune that is about the same thing."""

from odoo import api, fields, models

from ...models.core.window_actions import open_record


class CommuneRequestAttach(models.TransientModel):
    _name = "commune.request.attach"
    _inherit = ["commune.request.action.mixin"]
    _description = "Request attached to another one"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    commune_id = fields.Many2one(related="ticket_id.commune_id")
    main_id = fields.Many2one(
        "helpdesk.ticket",
        string="Followed under",
        required=True,
        ondelete="cascade",
        domain="[('commune_id', '=', commune_id), ('id', '!=', ticket_id),"
        " ('stage_kind', 'in', ['received', 'in_progress', 'waiting', 'to_validate']),"
        " ('duplicate_id', '=', False)]",
    )
    is_hidden_from_requester = fields.Boolean(compute="_compute_is_hidden_from_requester")

    @api.depends("main_id")
    def _compute_is_hidden_from_requester(self):
        duplicate = self.env["commune.request.duplicate"]
        for wizard in self:
            wizard.is_hidden_from_requester = bool(
                wizard.main_id
            ) and not duplicate._is_read_by_requester(wizard.ticket_id, wizard.main_id)

    def action_attach(self):
        self.ensure_one()
        self.env["commune.request.duplicate"]._attach_to(self.ticket_id, self.main_id)
        return open_record(self.main_id, "commune_request_view_form")
