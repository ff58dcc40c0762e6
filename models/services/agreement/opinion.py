"""Requirements of the legal bases of an agreement before the votes: opinions, impact sheet.

An agreement has the requirements of its own basis and of the basis of the service of each of its
options (CGCT, L5211-4-1 and L5211-4-2: the staff committees concerned are consulted). The committee
of a commune is its own, or that of its management centre when it has none (CGFP, L251-5 and
L251-7). (Read in November 2026; to be confirmed by the legal department.)"""

from odoo import api, fields, models

from .acts import SIDES

OPINIONS = [
    ("favourable", "Favourable"),
    ("unfavourable", "Unfavourable"),
    ("deemed", "Deemed given"),
]
BODIES = [
    ("own", "Staff committee of the commune"),
    ("cdg", "Staff committee of its management centre"),
]
SENSE = "Several committees may have to be consulted; “deemed given” when none was given in time."


class Agreement(models.Model):
    _inherit = "agreement"

    needs_committee = fields.Boolean(
        string="Opinion of the staff committee", compute="_compute_requirements"
    )
    needs_impact = fields.Boolean(string="Impact sheet", compute="_compute_requirements")
    epci_opinion_date = fields.Date(
        string="Opinion of the staff committee of the intercommunality on", copy=False
    )
    epci_opinion = fields.Selection(
        OPINIONS,
        string="Sense of the opinion of the staff committee of the intercommunality",
        copy=False,
        help=SENSE,
    )
    commune_opinion_body = fields.Selection(
        BODIES, string="Committee of the commune", default="own", copy=False
    )
    commune_opinion_date = fields.Date(
        string="Opinion of the staff committee of the commune on", copy=False
    )
    commune_opinion = fields.Selection(
        OPINIONS, string="Sense of the opinion of the staff committee of the commune", copy=False
    )

    @api.depends(
        "legal_basis_id.needs_committee",
        "legal_basis_id.needs_impact",
        "offer_ids.service_id.legal_basis_id.needs_committee",
        "offer_ids.service_id.legal_basis_id.needs_impact",
    )
    def _compute_requirements(self):
        for agreement in self:
            bases = agreement._get_bases()
            agreement.needs_committee = any(bases.mapped("needs_committee"))
            agreement.needs_impact = any(bases.mapped("needs_impact"))

    def _get_bases(self):
        """Legal bases of the agreement, then of the services of its options."""
        agreement = self.sudo()
        return agreement.legal_basis_id | agreement.offer_ids.service_id.legal_basis_id

    def _get_needed_opinions(self):
        """Fields that the requirements ask to fill in before the votes."""
        self.ensure_one()
        if not self.needs_committee:
            return []
        return [f"{side}_{name}" for side in SIDES for name in ("opinion_date", "opinion")]

    def _get_opinions(self):
        """[(side, day, text)] of the opinions given, in order of date: `of the intercommunality,
        favourable`."""
        self.ensure_one()
        found = []
        for side in SIDES[::-1]:
            day, sense = self[f"{side}_opinion_date"], self[f"{side}_opinion"]
            if day:
                found.append(
                    (
                        side,
                        day,
                        self.env["commune.agreement.document"]._describe_opinion(self, side, sense),
                    )
                )
        return sorted(found, key=lambda opinion: opinion[1])


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _describe_opinion(self, agreement, side, sense):
        names = {
            "epci": self.env._("of the intercommunality"),
            "own": self.env._("of the commune"),
            "cdg": self.env._("of the management centre"),
        }
        senses = {
            "favourable": self.env._("favourable"),
            "unfavourable": self.env._("unfavourable"),
            "deemed": self.env._("deemed given"),
        }
        key = "epci" if side == "epci" else agreement.commune_opinion_body or "own"
        return ", ".join(filter(None, (names[key], senses.get(sense))))

    def _describe_opinions(self, agreement):
        """“6 October 2026 (of the intercommunality, favourable) and 8 October 2026 (…)”."""
        day = self.env.company._format_document_date
        texts = [f"{day(date)} ({text})" for _side, date, text in agreement._get_opinions()]
        return self.env._(" and of ").join(texts)

    def _get_words(self, agreement):
        """And the opinions as a sentence, in the plural when there are several."""
        given, texts = (
            len(agreement._get_opinions()),
            self._describe_opinions(agreement) or self._get_blank(),
        )
        return {
            **super()._get_words(agreement),
            "avis_comites": self.env._("Opinions of the staff committees: of %s.", texts)
            if given > 1
            else self.env._("Opinion of the staff committee: %s.", texts),
        }
