"""Payment of an agreement, and values of its clauses: payment, population, court."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang

from ....engine import pricing
from ....engine.courts import court_of

PAYMENTS = [
    ("invoiced", "Invoiced each year"),
    ("withheld", "Retained on the attribution de compensation"),
    ("both", "As the price of each option says"),
    ("free", "Free of charge"),
]


class CommuneServicePriceMixin(models.AbstractModel):
    _inherit = "commune.service.price.mixin"

    def _is_by_population(self):
        """Whether one of these prices follows the population."""
        return any(
            pricing.KINDS[price.kind].by_population or "bands" in pricing.KINDS[price.kind].figures
            for price in self
        )


class Agreement(models.Model):
    _inherit = "agreement"

    payment_kind = fields.Selection(
        PAYMENTS,
        string="Payment",
        compute="_compute_payment_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="What the text says: invoiced each year, or retained on the attribution de"
        " compensation (shared services only, CGCT L5211-4-2).",
    )

    @api.depends("offer_ids", "commune_id")
    def _compute_payment_kind(self):
        """Payment kind from the prices of the options; an officer's choice to retain all stays."""
        kinds = {
            frozenset(["budget"]): "invoiced",
            frozenset(["withheld"]): "withheld",
            frozenset(["budget", "withheld"]): "both",
        }
        for agreement in self:
            paid = frozenset(agreement._get_payments().values()) - {"none"}
            kind = kinds.get(paid, "free")
            if agreement.payment_kind == "withheld" and paid:
                kind = "withheld"
            agreement.payment_kind = agreement.commune_id and kind

    def _get_payments(self):
        """{option: `budget`, `withheld` or `none`} by the price on the first day."""
        day, payments = self._get_price_day(), {}
        for offer in self.offer_ids:
            price = offer.price_ids._at(day)
            payments[offer] = pricing.KINDS[price.kind].payment if price else "none"
        return payments


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _split_offers(self, agreement):
        """Options whose cost is retained, then those that are invoiced."""
        withheld = invoiced = self.env["commune.service.offer"]
        for offer, payment in agreement._get_payments().items():
            if payment == "none" or agreement.payment_kind == "free":
                continue
            retained = {"both": payment == "withheld"}.get(
                agreement.payment_kind, agreement.payment_kind == "withheld"
            )
            if retained:
                withheld |= offer
            else:
                invoiced |= offer
        return withheld, invoiced

    def _get_payment_sentence(self, agreement, offer, payment):
        """Payment sentence of an option whose price contradicts it."""
        if payment == "none" or agreement.payment_kind not in ("free", "invoiced"):
            return ""
        if agreement.payment_kind == "free":
            return self.env._(
                "“%s” has a price: the convention cannot say that it is free of charge.",
                offer.display_name,
            )
        if payment == "budget":
            return ""
        return self.env._(
            "The price of “%s” is retained on the attribution de compensation: the convention"
            " cannot say that it is invoiced.",
            offer.display_name,
        )

    def _get_words(self, agreement):
        """Add the placeholders of the clauses on payment, population and disputes."""
        withheld, invoiced = self._split_offers(agreement)
        court = court_of(agreement.commune_id.insee_code)
        return {
            **super()._get_words(agreement),
            "base_legale": self._quote_bases(agreement) or self._get_blank(),
            "options_bases": self._list_bases(agreement),
            "options_facturees": self._list_offers(invoiced),
            "options_retenues": self._list_offers(withheld),
            "population": self._describe_population(agreement) or self._get_blank(),
            "de_tribunal": court or self._get_blank(),
        }

    def _quote_bases(self, agreement):
        """The bases that require an impact sheet, else that of the agreement, as in a sentence."""
        bases = agreement._get_bases()
        bases = bases.filtered("needs_impact") or agreement.legal_basis_id
        return ", ".join(basis.quote or basis.code for basis in bases)

    def _list_bases(self, agreement):
        """Each option with the text on which it rests."""
        lines = [
            Markup("<li>%s – %s</li>") % (offer.display_name, basis.quote or basis.code)
            for offer in agreement.offer_ids
            if (basis := agreement._get_offer_basis(offer))
        ]
        return Markup("<ul>%s</ul>") % Markup("").join(lines) if lines else self._get_blank()

    def _list_offers(self, offers):
        items = Markup("").join(Markup("<li>%s</li>") % offer.display_name for offer in offers)
        return Markup("<ul>%s</ul>") % items if items else self._get_blank()

    def _describe_population(self, agreement):
        """Inhabitants, source and year of the population by which the first year is counted."""
        day, commune = agreement._get_price_day(), agreement.commune_id
        kept = self.env["commune.service.population"]._get_lines(commune, day.year)
        inhabitants = kept.population or commune.population
        census = kept.population_year or commune.population_year
        if not (inhabitants and census):
            return ""
        return self.env._(
            "%(count)s inhabitants (municipal population, source Insee, census of %(year)s)",
            count=formatLang(self.env, inhabitants, digits=0),
            year=census,
        )
