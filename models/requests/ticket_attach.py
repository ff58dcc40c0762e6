"""Senders that nobody recognised: attached to a commune by hand."""

from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_attach_sender(self):
        """Say from which commune, and from whom, the requests at hand come."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attach to a commune"),
            "res_model": "commune.request.attach.sender",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_ids": self.ids},
        }

    def _attach_sender(self, commune, partner):
        """Give requests their commune and their requester, then acknowledge them.

        The messages take the name of the person, and the owner is looked for again: the commune
        may have its own referent.
        """
        partner_email = partner.email_normalized
        self._sign_messages(partner)
        for ticket in self:
            ticket.write(
                {
                    "commune_id": commune.id,
                    "partner_id": partner.id,
                    "partner_name": partner.name,
                    "partner_email": ticket.partner_email or partner_email,
                    "is_unknown_sender": False,
                    "sender_recognition": "attached",
                    **ticket._prepare_attached_owner(commune),
                }
            )
        self._acknowledge()

    def _prepare_attached_owner(self, commune):
        self.ensure_one()
        if not self.topic_id or self.stage_kind != "received":
            return {}
        owner = self.topic_id._get_owner(commune, self.team_id.id)
        return {"user_id": owner.id} if owner and owner != self.user_id else {}

    def _sign_messages(self, partner):
        """Messages that came by mail without a known author get one."""
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("message_type", "=", "email"),
                    ("author_id", "=", False),
                ]
            )
        )
        messages.author_id = partner
