"""Missing values in texts of an agreement: named before sending, and where to fix them.

A text with “[to be filled in]” reaches neither an assembly nor a signature. The results of the
votes are missing until then, and are not required in what the assemblies read.
"""

from markupsafe import escape

from odoo import models
from odoo.exceptions import RedirectWarning, UserError

from ...core.window_actions import open_record
from .impact import EFFECTS
from .template import WORD

VOTED_WORDS = {"deliberation_commune", "deliberation_intercommunalite"}
OWN_TEXT = ""  # not a word of a model: what somebody left in the text itself


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    # before the vote

    def _find_missing_vote_values(self, agreement):
        """Words still missing in what both assemblies are to read, in the order of the texts."""
        agreement.ensure_one()
        kinds = ["commune_vote", "epci_vote"]
        if agreement._has_impact_sheet():
            kinds.append("impact")
        templates = [self._get_deliberation_template(agreement, kind).body for kind in kinds]
        found = self._find_missing_values(
            agreement, [agreement.body or self._get_model_text(agreement), *templates]
        )
        return [word for word in found if word not in VOTED_WORDS]

    def _find_missing_values(self, draft, texts):
        """Placeholders of these texts without a value; `OWN_TEXT` for gaps left by hand."""
        lang = self.env.company._get_organisation_lang()
        agreement = draft.sudo().with_context(lang=lang)
        document = agreement.env["commune.agreement.document"]
        words, texts = document._get_words(agreement), [str(text or "") for text in texts]
        blanks = {document._get_blank(), self._get_blank()}
        blank = str(escape(document._get_blank()))
        found = [
            word
            for word in dict.fromkeys(sum(map(WORD.findall, texts), []))
            if blank in str(escape(words.get(word, "")))
        ]
        by_hand = any(blank in text for blank in blanks for text in texts)
        return [*found, OWN_TEXT] if by_hand else found

    def _check_vote_filled(self, agreement):
        """Refuse a text with missing values before the vote.

        :raise UserError: a sentence that names each missing value; with a button to the first
            record, other than the agreement itself, on which one is filled in (RedirectWarning)
        """
        missing_values = self._find_missing_vote_values(agreement)
        if not missing_values:
            return
        message = self.env._(
            "“%(name)s”: the texts would reach the commune with blanks. Before the vote, fill in:"
            " %(holes)s.",
            name=agreement.display_name,
            holes=self._describe_missing_values(agreement, missing_values),
        )
        places = self._get_missing_value_records(agreement)
        place = next((places[missing] for missing in missing_values if places.get(missing)), None)
        if not place:
            raise UserError(message)
        view = "commune_view_form" if place._name == "res.partner" else None
        action = open_record(place, view)
        raise RedirectWarning(message, action, self.env._("Open: %s", place.display_name))

    def _describe_missing_values(self, agreement, missing_values):
        labels = self._get_missing_value_labels(agreement)
        return ", ".join(dict.fromkeys(labels.get(word, word) for word in missing_values))

    # before the signature

    def _has_missing_values(self, draft):
        """Whether the text still waits for words."""
        draft.ensure_one()
        return bool(self._find_missing_values(draft, [draft.body or self._get_model_text(draft)]))

    def _check_filled(self, draft):
        """Refuse to put a text with missing values to a signature; list where to fill them.

        :raise UserError: with the sentence
        """
        draft.ensure_one()
        missing_values = self._find_missing_values(
            draft, [draft.body or self._get_model_text(draft)]
        )
        if not missing_values:
            return
        agreement = draft.with_context(lang=self.env.company._get_organisation_lang())
        raise UserError(
            self.env._(
                "The text of “%(name)s” still holds “%(blank)s”: it cannot be put to the"
                " signature. To be filled in: %(holes)s.",
                name=draft.display_name,
                blank=agreement.env["commune.agreement.document"]._get_blank(),
                holes=self._describe_missing_values(draft, missing_values),
            )
        )

    # what to fill in, and where

    def _get_missing_value_labels(self, agreement):
        """Word of a text -> what an officer fills in."""
        price, last_day = self.env._("price of the options on the first day"), self.env._("Ends on")
        opinion = agreement._fields["epci_opinion_date"]._description_string(self.env)
        effects = ("organisation", "conditions", "remuneration", "droits")
        return {
            OWN_TEXT: self.env._("the text of the convention itself"),
            "siege": self.env._("address of the intercommunality"),
            "representant": self.env._("president of the intercommunality (mandate)"),
            "siren_commune": self.env._("SIREN number of the commune"),
            "maire": self.env._("mayor of the commune (mandate)"),
            "population": self.env._("population of the commune"),
            "de_tribunal": self.env._("INSEE code of the commune, which says the court"),
            **dict.fromkeys(("prix", "tarifs", "cout", "conventions"), price),
            "prevision": agreement._fields["forecast"]._description_string(self.env),
            "date_debut": self.env._("Takes effect on"),
            **dict.fromkeys(("date_fin", "durees"), last_day),
            "visa": self.env._("text of the legal basis"),
            "base_legale": self.env._("text of the legal basis"),
            "agents": agreement._fields["impact_ids"]._description_string(self.env),
            **dict.fromkeys(("avis_cst", "avis_comites"), opinion),
            "visa_cst": self.env._("opinion of the staff committee"),
            **{
                f"effets_{word}": agreement._fields[name]._description_string(self.env)
                for word, name in zip(effects, EFFECTS, strict=True)
            },
        }

    def _get_missing_value_records(self, agreement):
        """Placeholder -> the record on which it is filled in, unless that is the agreement."""
        convention = agreement.sudo(False)
        epci, commune = self.env.company._get_epci().sudo(False), convention.commune_id
        day = convention._get_price_day()
        unpriced = convention.offer_ids.filtered(lambda offer: not offer.price_ids._at(day))
        basis = convention.legal_basis_id
        return {
            **dict.fromkeys(("siege", "representant"), epci),
            **dict.fromkeys(("siren_commune", "maire", "population", "de_tribunal"), commune),
            **dict.fromkeys(("prix", "tarifs", "cout", "conventions"), unpriced[:1]),
            **dict.fromkeys(("visa", "base_legale"), basis),
        }
