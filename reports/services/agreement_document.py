"""Agreement as a document: its text, then its signatures."""

from odoo import api, models

from ...engine.text import after_comma


class AgreementDocument(models.AbstractModel):
    _name = "report.commune_relations.agreement_document"
    _description = "Convention (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        agreement = self.env["agreement"].browse(docids)[:1]
        agreement.check_access("read")
        # Drawn by the staff, who read its models; a commune is given the file that it signs.
        self.env["commune.agreement.template"].check_access("read")
        agreement = agreement.sudo()  # who reads it may not open all that its text quotes
        document = agreement.env["commune.agreement.document"]
        title = agreement.name or self.env._("Convention")
        return {
            "docs": agreement,
            "agreement": agreement,
            "after_comma": after_comma,
            "title": f"{agreement.code} – {title}",
            "heading": title,
            "kind": self.env._("Amendment no. %s", agreement.code)
            if agreement.parent_id
            else self.env._("Convention no. %s", agreement.code),
            "subtitle": document._get_kept_parties(agreement)["subtitle"],
            "notice": ""
            if agreement.state != "draft"
            else self.env._("Draft: this text has not been voted"),
            "commune": agreement.commune_id,
            # What was put to the signature does not change any more.
            "body": agreement.document_body or document._render_body(agreement),
            "impact": document._get_impact_text(agreement),
            "signature_lines": document._get_signature_lines(agreement),
            "heads": document._get_box_heads(agreement),
            "boxes": {
                side: document._get_signature_box(agreement, side) for side in ("commune", "epci")
            },
        }
