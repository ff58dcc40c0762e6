"""A convention on paper: its text, then how it was signed."""

from odoo import api, models

from ...engine.postal.address import of_place


class AgreementDocument(models.AbstractModel):
    _name = "report.commune_relations.agreement_document"
    _description = "Convention (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        agreement = self.env["agreement"].browse(docids)[:1]
        agreement.check_access("read")
        commune = agreement.sudo().commune_id
        title = agreement.name or self.env._("Convention")
        return {
            "docs": agreement,
            "agreement": agreement,
            "title": f"{agreement.code} – {title}",
            "heading": title,
            "kind": self.env._("Amendment no. %s", agreement.code)
            if agreement.parent_id
            else self.env._("Convention no. %s", agreement.code),
            "subtitle": self._get_subtitle(commune),
            "notice": ""
            if agreement.state != "draft"
            else self.env._("Draft: this text has not been voted"),
            "commune": commune,
            "legal_name": self.env.company._get_document_identity()["legal_name"],
            # What was put to the signature does not change any more.
            "body": agreement.sudo().document_body or agreement._render_body(),
            "signature_lines": agreement._get_signature_lines(),
            "signature_uri": agreement._get_signature_uri(),
        }

    def _get_subtitle(self, commune):
        """French elides: “Commune d’Aubrive”, “Commune du Ban”."""
        if (self.env.lang or "").startswith("fr"):
            return f"Commune {of_place(commune.name or '')}"
        return self.env._("Commune of %s", commune.name)
