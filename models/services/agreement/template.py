"""Templates of agreements with placeholders: an editable one per legal basis."""

import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.law import article, cite
from ....engine.postal.address import epci_in_full, of_place
from ..catalogue.service import CONTRACT_FORMS

WORD = re.compile(r"\{([^{}]*)\}")
# A word that begins a paragraph begins a sentence.
BEGINS = re.compile(r"<(p|li|div|td|h\d)[^>]*>\s*$")
WORDS = (
    "intercommunalite",
    "siege",
    "representant",
    "commune",
    "de_commune",
    "siren_commune",
    "maire",
    "base_legale",
    "visa",
    "options",
    "prix",
    "prevision",
    "date_debut",
    "date_fin",
    "preavis",
    "deliberation_commune",
    "deliberation_intercommunalite",
    "avis_cst",
    "numero",
    "convention_initiale",
    "options_bases",
    "options_facturees",
    "options_retenues",
    "population",
    "de_tribunal",
    # documents for the assemblies and for the agents
    "objet",
    "objet_conventions",
    "conseil",
    "maire_fonction",
    "president_fonction",
    "services",
    "conventions",
    "cout",
    "visa_cst",
    "visa_deliberation_intercommunalite",
    "annexes",
    "financement",
    "signataires",
    "durees",
    "tarifs",
    # parties, agents, opinions
    "partie_intercommunalite",
    "adresse_commune",
    "agents_transferes",
    "agents_disposition",
    "remboursement_agents",
    "avis_comites",
    "agents",
    "effets_organisation",
    "effets_conditions",
    "effets_remuneration",
    "effets_droits",
)
KINDS = [
    ("agreement", "Convention"),
    ("amendment", "Amendment"),
    ("commune_vote", "Draft deliberation of the commune"),
    ("epci_vote", "Draft deliberation of the intercommunality"),
    ("impact", "Impact sheet"),
]


def check_words(texts):
    """:param texts: records with a name and a body
    :raise ValidationError: a word between braces that nothing replaces, by its name
    """
    for text in texts:
        for word in WORD.findall(text.body or ""):
            if word not in WORDS:
                raise ValidationError(
                    text.env._(
                        "“%(name)s”: the word {%(word)s} is not known. Those that are replaced:"
                        " %(known)s.",
                        name=text.name,
                        word=word,
                        known=" ".join(f"{{{known}}}" for known in WORDS),
                    )
                )


class CommuneAgreementTemplate(models.Model):
    _name = "commune.agreement.template"
    _description = "Template of convention"
    _order = "kind, sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, string="Document type", required=True, default="agreement")
    contract_form = fields.Selection(CONTRACT_FORMS, help="Empty: for every form.")
    basis_ids = fields.Many2many(
        "commune.legal.basis",
        "commune_template_basis_rel",
        string="Legal bases",
        help="Empty: for every legal basis.",
    )
    body = fields.Html(
        string="Text",
        required=True,
        sanitize_style=False,
        help="Words between braces are replaced by those of the convention.",
    )
    words = fields.Char(compute="_compute_words", string="Words that are replaced")

    def _compute_words(self):
        self.words = " ".join(f"{{{word}}}" for word in WORDS)

    @api.constrains("body")
    def _check_words(self):
        check_words(self)

    def _choose(self, basis, form):
        """The first text for a legal basis and a form: a framework convention has its own, unless
        the basis knows no other form (entente), then the basis counts before the form. Texts of
        another basis or form come last."""
        common = form == "framework" and basis._get_keys("contract_forms") != [form]
        fit = self.filtered(
            lambda t: (
                (not t.basis_ids or basis in t.basis_ids)
                and (not t.contract_form or not form or t.contract_form == form)
            )
        )
        ranked = (fit or self).sorted(
            lambda t: (
                not common or t.contract_form != form,
                basis not in t.basis_ids,
                not form or t.contract_form != form,
            )
        )
        return ranked[:1]


class Agreement(models.Model):
    _inherit = "agreement"

    body = fields.Html(
        string="Text of its own",
        copy=False,
        help="Empty: the text of the template. Words between braces are replaced.",
    )

    def action_take_template(self):
        """Copy the text of the template, to adapt it to this agreement."""
        self.check_access("write")
        for agreement in self:
            agreement.body = self.env["commune.agreement.document"]._get_model_text(agreement)
        return True

    def _get_template(self):
        """The template chosen, else the first one of this basis and of this form."""
        self.ensure_one()
        if self.template_id:
            return self.template_id
        kind = "amendment" if self.parent_id else "agreement"
        templates = self.env["commune.agreement.template"].search([("kind", "=", kind)])
        return templates._choose(self.legal_basis_id, self.contract_form)


class CommuneAgreementDocument(models.AbstractModel):
    """Asked as superuser, of superuser agreements, by who has checked that they may be read: a
    text quotes mandates, prices and legal bases that its reader may not open."""

    _name = "commune.agreement.document"
    _description = "Text of an agreement and the documents of its votes"

    def _render_body(self, agreement):
        """The text with the values of this agreement."""
        agreement.ensure_one()
        return self._replace_words(agreement, agreement.body or self._get_model_text(agreement))

    def _replace_words(self, agreement, text):
        """Replace placeholders by the values of this agreement, which are escaped."""
        text, words = str(text or ""), self._get_words(agreement)

        def replace(match):
            value = words.get(match.group(1), "")
            if BEGINS.search(text, 0, match.start()) and not isinstance(value, Markup):
                value = value[:1].upper() + value[1:]
            return str(escape(value))

        return Markup(WORD.sub(replace, text))  # nosec B704: the words are escaped

    def _get_blank(self):
        """Placeholder shown for a missing value."""
        return self.env._("[to be filled in]")

    def _get_words(self, agreement):
        """Word of the template -> text; what is missing is shown to be filled in."""
        blank = self._get_blank()
        company = self.env.company
        commune, basis = agreement.commune_id, agreement.legal_basis_id
        identity, day = company._get_document_identity(), company._format_document_date
        return {
            "intercommunalite": epci_in_full(identity["legal_name"]),
            "siege": identity["address"] or blank,
            "representant": self.env["commune.agreement.signatory"]._name_epci_signatory(agreement)
            or blank,
            "commune": commune.name,
            "de_commune": of_place(commune.name or ""),
            "siren_commune": commune.siren or blank,
            "maire": self._name_with_title(agreement, commune.mayor_id, commune) or blank,
            "base_legale": article(basis.code) or blank,
            "visa": cite(basis.citation) or blank,
            "options": self._render_offers(agreement),
            "prix": self._render_prices(agreement),
            "prevision": self._render_forecast(agreement) or blank,
            "date_debut": day(agreement.start_date) or blank,
            "date_fin": day(agreement.end_date) or blank,
            "preavis": agreement._describe_notice(),
            "deliberation_commune": self._describe_deliberation(agreement, "commune") or blank,
            "deliberation_intercommunalite": self._describe_deliberation(agreement, "epci")
            or blank,
            "avis_cst": self._describe_opinions(agreement) or blank,
            "numero": agreement.code,
            "convention_initiale": agreement.parent_id.code or agreement.code,
        }

    def _describe_deliberation(self, agreement, side):
        reference, date = (
            agreement[f"{side}_deliberation_ref"],
            agreement[f"{side}_deliberation_date"],
        )
        if not (reference and date):
            return ""
        return self.env._(
            "no. %(reference)s of %(date)s",
            reference=reference,
            date=self.env.company._format_document_date(date),
        )

    def _name_with_title(self, agreement, person, place):
        """“Madame Anne AUBRY, maire”: a text states in what capacity somebody signs."""
        held = place.mandate_ids.filtered(
            lambda m: (
                m.partner_id == person and m.function_id.signs_agreements and m.state == "current"
            )
        )
        title = held[:1].title or ""
        name = agreement._name_person(person)
        return f"{name}, {title[0].lower()}{title[1:]}" if person and title else name

    def _render_offers(self, agreement):
        offers = agreement.offer_ids
        if not offers:
            return self._get_blank()
        items = Markup("").join(
            Markup("<li><b>%s</b>%s</li>")
            % (offer.display_name, f" – {offer.description}" if offer.description else "")
            for offer in offers
        )
        return Markup("<ul>%s</ul>") % items

    def _render_prices(self, agreement):
        """A line per option, at the price that holds on the first day for this commune.

        An option without a price is a missing value: a signed text is never “free” by default."""
        day = agreement.start_date or self.env.company._get_today()
        commune = agreement.commune_id
        population = self.env["commune.service.population"]._get_populations(commune, day.year)
        rows = Markup("")
        for offer in agreement.offer_ids:
            price = offer.price_ids._at(day)
            label = price._describe_for(population.get(commune.id, 0)) if price else ""
            rows += Markup("<tr><td>%s</td><td>%s</td></tr>") % (
                offer.display_name,
                label or self._get_blank(),
            )
        head = Markup("<tr><th>%s</th><th>%s</th></tr>") % (
            self.env._("Option"),
            self.env._("Price"),
        )
        return Markup('<table class="grid"><thead>%s</thead><tbody>%s</tbody></table>') % (
            head,
            rows,
        )
