"""What nobody writes by hand on a convention: its step, its signature, the text that was signed."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# They follow from the buttons and from the signature on the portal.
PROOFS = {
    "sign_name",
    "sign_title",
    "sign_date",
    "sign_partner_id",
    "signature",
    "paper_signature",
    "document_id",
    "document_sha256",
    "document_body",
    "document_impact",
    "document_mayor_id",
    "version",
    "pack_date",
    "pack_attachment_ids",
}
# What the signed copy says besides its text: written before the signature.
SIGNATURE = {"signature_date", "signatory_id", "delegation_ref", "epci_signatory", "committee_date"}


class Agreement(models.Model):
    _name = "agreement"
    _inherit = ["agreement", "commune.proof"]

    def _filter_proofs(self):
        return self.filtered("commune_id")

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """The text that both sides read before they sign, and what the councils vote on."""
        sent = Domain("pack_date", "!=", False) & Domain(
            "pack_attachment_ids", "in", attachment_ids
        )
        return sent | Domain("document_id", "in", attachment_ids)

    def _get_guarded_threads(self):
        return super()._get_guarded_threads() | self.filtered(lambda one: one.sudo().commune_id)

    @api.model_create_multi
    def create(self, vals_list):
        """A convention starts as a draft: an interface of programs signs nothing either."""
        if not self.env.su:
            for vals in vals_list:
                # An amendment is a copy with its number.
                proofs = any(vals.get(name) for name in PROOFS - {"version"})
                if vals.get("commune_id") and (proofs or vals.get("state", "draft") != "draft"):
                    self._refuse_by_hand()
        return super().create(vals_list)

    def _check_by_hand(self, vals):
        """:raise UserError: the values are those of a gesture"""
        if self.env.su:
            return
        ours = self if vals.get("commune_id") else self.filtered("commune_id")
        if not ours:
            return
        if PROOFS & set(vals):
            self._refuse_by_hand()
        if vals.get("commune_id") and (
            "state" in vals or self.filtered(lambda a: not a.commune_id and a.state != "draft")
        ):
            self._refuse_by_hand()
        other = vals.get("partner_id")
        if other and ours.filtered(lambda a: other != vals.get("commune_id", a.commune_id.id)):
            raise UserError(self.env._("The other party of a convention is its commune."))
        signed = ours.filtered(lambda a: a.sign_date or a.paper_signature)
        if signed and "active" in vals and not vals["active"]:
            raise UserError(
                self.env._(
                    "“%s” is signed: the commune goes on reading it, it is not put away.",
                    signed[0].display_name,
                )
            )
        if signed and SIGNATURE & set(vals):
            raise UserError(
                self.env._(
                    "“%s” is signed: make an amendment to change it.", signed[0].display_name
                )
            )

    def _refuse_by_hand(self):
        raise UserError(self.env._("The step of a convention follows from its buttons."))
