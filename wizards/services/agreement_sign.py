"""Wizard: sign an agreement for the intercommunality, in the office."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.core.display_notification import display_notification


class CommuneAgreementSign(models.TransientModel):
    """The name and the stroke of anyone who represents the intercommunality."""

    _name = "commune.agreement.sign"
    _description = "Sign for the intercommunality"

    agreement_id = fields.Many2one("agreement", string="Convention", required=True, readonly=True)
    capacity = fields.Char(related="agreement_id.epci_signer", string="You sign as")
    document_sha256 = fields.Char(related="agreement_id.document_sha256")
    name = fields.Char(string="Your name", required=True)
    signature = fields.Binary(string="Your signature", attachment=False)

    def action_read(self):
        """The very text that is signed."""
        self.ensure_one()
        self.agreement_id.check_access("read")
        document = self.agreement_id.sudo().document_id
        return {"type": "ir.actions.act_url", "url": f"/web/content/{document.id}", "target": "new"}

    def action_sign(self):
        """Sign: both sides are bound once the commune has signed too."""
        self.ensure_one()
        stroke = self.signature
        if not stroke:
            raise UserError(self.env._("Write your name and draw your signature."))
        text = stroke.decode() if isinstance(stroke, bytes) else stroke
        self.env["commune.agreement.signatory"]._sign_for_epci(self.agreement_id, self.name, text)
        return display_notification(self.env._("Signed for the intercommunality."))
