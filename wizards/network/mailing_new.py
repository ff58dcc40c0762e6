"""A new letter: its kind, its audiences, its subject; then the editor opens on the model."""

from odoo import fields, models

from ...models.network.mailing.mailing import NETWORK_KINDS


class CommuneMailingNew(models.TransientModel):
    _name = "commune.mailing.new"
    _description = "New letter to the network"

    kind = fields.Selection(NETWORK_KINDS, string="Model", required=True, default="letter")
    subject = fields.Char(required=True)
    audience_ids = fields.Many2many("commune.audience", string="Audiences", required=True)
    theme_id = fields.Many2one("commune.topic")

    def action_create(self):
        self.ensure_one()
        mailing = self.env["mailing.mailing"].create(
            {
                **self.env["mailing.mailing"]._prepare_letter(self.kind),
                "subject": self.subject,
                "audience_ids": self.audience_ids.ids,
                "theme_id": self.theme_id.id,
            }
        )
        return mailing._get_form_action()
