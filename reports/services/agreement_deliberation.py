"""Documents beside an agreement: draft deliberations of both parties, impact sheet."""

from odoo import api, models

from ...engine.courts import court_of
from ...models.core.inside import Inside


class AgreementDeliberation(models.AbstractModel):
    """Base of the deliberation documents of an agreement; each sets its own kind."""

    _name = "report.commune_relations.agreement_paper"
    _description = "Document about an agreement (PDF)"
    _kind = ""

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: `agreement_ids`, several conventions voted at once"""
        agreements = self.env["agreement"].browse((data or {}).get("agreement_ids") or docids)
        agreements.check_access("read")
        # Drawn by the staff, who read its models; a commune is sent the file of its pack.
        self.env["commune.agreement.template"].check_access("read")
        agreements = agreements.sudo()  # who reads them may not open all that the text quotes
        agreement = agreements[:1]
        identity = self.env.company._get_document_identity()
        legal_name = identity["legal_name"]
        side = "epci" if self._kind == "epci_vote" else "commune"
        voted = {"voted_ids": Inside(agreements.ids)}
        document = agreements.env["commune.agreement.document"].with_context(**voted)
        values = {
            "docs": agreement,
            "agreement": agreement,
            "commune": agreement.commune_id,
            "author": legal_name,
            "notice": "",
            "trial": identity["trial"],
            "adopted": document._describe_adoption(agreements, side),
            "recourse": self._describe_recourse(agreement, side),
            "body": document._render_deliberation(agreement.with_context(**voted), self._kind),
        }
        values.update(self._describe(agreement, legal_name))
        return values

    @api.model
    def _describe_recourse(self, agreement, side):
        """Before which court the act is challenged, and until when (CJA, R421-1)."""
        commune, seat = agreement.commune_id, agreement.env.company.epci_id.seat_commune_id
        place = (side == "epci" and seat) or commune
        return self.env._(
            "This deliberation may be challenged before the administrative court %s within two"
            " months of its publication.",
            court_of(place.insee_code) or self.env._("of the place of the act"),
        )

    @api.model
    def _describe(self, agreement, legal_name):
        """Titles of the document, and the content of its head."""
        raise NotImplementedError


class AgreementCommuneVote(models.AbstractModel):
    _name = "report.commune_relations.agreement_commune_vote"
    _inherit = ["report.commune_relations.agreement_paper"]
    _description = "Draft deliberation of the commune (PDF)"
    _kind = "commune_vote"

    @api.model
    def _describe(self, agreement, legal_name):
        commune = agreement.commune_id
        return {
            "title": self.env._("Draft deliberation – %s", agreement.name),
            "author": commune.name,
            "assembly": commune._get_commune_title(),
            "heading": self.env._("Deliberation of the municipal council"),
            "members": commune.env["commune.council.term"]._count_whole_council(commune),
            "signatory": agreement.env["commune.agreement.document"]._get_mayor_office(agreement),
        }


class AgreementEpciVote(models.AbstractModel):
    _name = "report.commune_relations.agreement_epci_vote"
    _inherit = ["report.commune_relations.agreement_paper"]
    _description = "Draft deliberation of the intercommunality (PDF)"
    _kind = "epci_vote"

    @api.model
    def _describe(self, agreement, legal_name):
        document = agreement.env["commune.agreement.document"]
        return {
            "title": self.env._("Draft deliberation – %s", agreement.name),
            "assembly": legal_name,
            "heading": self.env._("Deliberation of the %s", document._get_council()),
            "members": 0,  # set by the prefect's order, which is not known here
            "signatory": document._get_president_office(),
        }


class AgreementImpact(models.AbstractModel):
    _name = "report.commune_relations.agreement_impact"
    _inherit = ["report.commune_relations.agreement_paper"]
    _description = "Impact sheet (PDF)"
    _kind = "impact"

    @api.model
    def _describe(self, agreement, legal_name):
        draft = agreement.state == "draft"
        return {
            "title": self.env._("Impact sheet – %s", agreement.code),
            "heading": self.env._("Impact sheet"),
            "kind": self.env._("Annex of the convention no. %s", agreement.code),
            "subtitle": agreement.commune_id._get_commune_title(),
            "notice": self.env._("Draft: this text has not been voted") if draft else "",
        }
