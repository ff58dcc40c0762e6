"""The signed copy that follows a signature: to anyone who signed, and to the officer in charge."""

from odoo import models

from ....engine.text import after_comma
from ...core.attach import PDF, attach_files
from ...core.letter import LAYOUT


class Agreement(models.Model):
    _inherit = "agreement"

    def _describe_last_signature(self):
        """“Anne AUBRY, maire, a signé au nom de la commune le…”, for the letter; empty before."""
        self.ensure_one()
        in_office = self._is_signed_in_office()
        prefix = "epci_" if in_office else ""
        moment = self[f"{prefix}sign_date"]
        if not moment:
            return ""
        words = {
            "name": self[f"{prefix}sign_name"] or "",
            "title": after_comma(self[f"{prefix}sign_title"] or ""),
            "moment": self.env["commune.agreement.document"]._describe_signing_datetime(moment),
            "commune": after_comma(self.commune_id._get_commune_title()),
        }
        if in_office:
            return self.env._(
                "%(name)s, %(title)s, signed it for the intercommunality on %(moment)s.", **words
            )
        return self.env._(
            "%(name)s, %(title)s, signed it in the name of the %(commune)s on %(moment)s.", **words
        )

    def _is_signed_in_office(self):
        """Whether the letter is for a colleague, who has no page on the portal."""
        return self.env.context.get("signing_side") == "epci"

    def _describe_signatures_left(self):
        """Whose signature is waited for, for the letter."""
        self.ensure_one()
        sentences = {
            "commune": self.env._("The intercommunality has still to sign."),
            "epci": self.env._("The commune has still to sign."),
            "both": self.env._("Both sides have signed."),
        }
        return sentences.get(self.signature_step, "")

    def _get_confirmation(self, mandate):
        """What anyone who signs confirms: list of (label, text)."""
        self.ensure_one()
        signatory = self.env["commune.agreement.signatory"]
        title = signatory._get_signing_title(self.sudo(), "commune", mandate)
        return [
            (self.env._("You sign"), f"{self.name} ({self.code})"),
            *mandate._get_signing_rows(title),
            (self.env._("Period"), self._describe_period()),
            (self.env._("Control code of the text"), self.document_sha256),
        ]


class CommuneAgreementSignatory(models.AbstractModel):
    _inherit = "commune.agreement.signatory"

    def _send_signed_copy(self, agreement, side, text):
        """Log the signed copy, notify the officer in charge, and send it to the signatory.

        :param side: which one has just signed
        :param text: message for the thread
        """
        agreement.ensure_one()
        prefix = "epci_" if side == "epci" else ""
        signer = agreement[f"{prefix}sign_partner_id"]
        # Odoo takes from a portal account the files of a message being written, no others.
        draft = self.env["mail.compose.message"]
        copy = attach_files(draft, [(f"{agreement.code}.pdf", agreement._make_pdf(), PDF)])
        owner = agreement._get_letters_owner().partner_id - signer
        agreement.message_post(
            body=text,
            attachment_ids=copy.ids,
            partner_ids=owner.ids,
            email_layout_xmlid=LAYOUT,
        )
        agreement._settle_signatures(signer)
        if signer.email_normalized:
            letters = agreement.with_context(signing_side=side)
            people = {agreement.id: signer}
            letters.env["commune.agreement.pack"]._write_to_people(
                letters, "mail_template_agreement_receipt", people, copy
            )
