"""Register several persons at once, for those who called or wrote."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.core.display_notification import CLOSE, display_notification


class CommuneEventRegister(models.TransientModel):
    _name = "commune.event.register"
    _description = "Register persons for an event"

    event_id = fields.Many2one("event.event", required=True, readonly=True)
    mandate_ids = fields.Many2many(
        "commune.mandate",
        string="Persons",
        domain="[('state', '=', 'current')]",
        help="Each in the name of the commune where the person holds this mandate or post.",
    )

    def action_register(self):
        self.ensure_one()
        self.event_id.check_access("write")
        if not self.mandate_ids:
            raise UserError(self.env._("Choose the persons to register."))
        author = self.env.user.partner_id
        places = self.event_id._register_persons(self.mandate_ids, author)
        sentences = self.event_id._describe_places(places, author)
        return display_notification(
            " ".join(sentences) or self.env._("Nobody was registered."), not places, following=CLOSE
        )
