"""Prices of an offer: a model, its figures, and the days on which it holds."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import formatLang

from ....engine import pricing

KINDS = [(key, kind.label) for key, kind in pricing.KINDS.items()]
DIGITS = (16, 4)  # a price per inhabitant has up to four decimals


def to_decimal(number):
    """A figure of the database as a decimal: `0.1` is one tenth, without its binary error."""
    return Decimal(f"{number or 0:.4f}")


class CommuneServicePriceMixin(models.AbstractModel):
    """Figures of a price, in force (prices) or tried out (scenarios of a project)."""

    _name = "commune.service.price.mixin"
    _description = "Figures of a price"

    kind = fields.Selection(KINDS, string="Model", required=True, default="free")
    fixed = fields.Float(string="Euros per year", digits=DIGITS)
    unit = fields.Float(
        string="Euros per unit", digits=DIGITS, help="Per unit used, or per inhabitant and year."
    )
    rate = fields.Float(string="Rate (%)", digits=DIGITS)
    label = fields.Char(compute="_compute_label")
    figures = fields.Char(
        string="Figures to give",
        compute="_compute_figures",
        help="Names of the fields that this model of price asks for.",
    )

    @api.depends("kind", "fixed", "unit", "rate", "band_ids.amount", "band_ids.population_from")
    @api.depends_context("lang")
    def _compute_label(self):
        for price in self:
            price.label = price._describe()

    @api.depends("kind")
    def _compute_figures(self):
        for price in self:
            kind = pricing.KINDS[price.kind or "free"]
            counted = {"units": ("counted", "used"), "works": ("used",)}.get(kind.used, ())
            per_head = ("inhabitants",) if kind.by_population else ()
            price.figures = " ".join(kind.figures + counted + per_head)

    def _get_payments(self):
        """Payment kinds of these prices, as codes of the engine: `budget`, `withheld`, `none`."""
        return {pricing.KINDS[price.kind].payment for price in self}

    def _is_by_use(self, start=None):
        """Whether one of these prices depends on what is used; those that hold on a day or later,
        when it is given."""
        held = self.filtered(lambda p: not start or not p.date_end or p.date_end >= start)
        return any(pricing.KINDS[price.kind].used for price in held)

    def _describe(self):
        """The price in words: “0,50 € par habitant et par an”."""
        self.ensure_one()
        return getattr(self, f"_describe_{self.kind}")()

    def _describe_free(self):
        return self.env._("Free")

    def _describe_inhabitant(self):
        return self.env._("%s per inhabitant and year", self._format_euros(self.unit))

    def _describe_unit(self):
        return self.env._(
            "%(amount)s per %(unit)s",
            amount=self._format_euros(self.unit),
            unit=self._get_unit_name() or self.env._("unit"),
        )

    def _describe_fixed_variable(self):
        return self.env._(
            "%(fixed)s per year, then %(amount)s per %(unit)s",
            fixed=self._format_euros(self.fixed),
            amount=self._format_euros(self.unit),
            unit=self._get_unit_name() or self.env._("unit"),
        )

    def _describe_works(self):
        return self.env._("%s %% of the amount of the works", f"{self.rate:g}".replace(".", ","))

    def _describe_band(self):
        amounts = self.band_ids.mapped("amount")
        if not amounts:
            return self.env._("Flat, by population band")
        return self.env._(
            "%(low)s to %(high)s per year, by population",
            low=self._format_euros(min(amounts)),
            high=self._format_euros(max(amounts)),
        )

    def _describe_compensation(self):
        if not self.fixed:
            return self.env._("Withheld from the attribution de compensation")
        return self.env._(
            "%s per year, withheld from the attribution de compensation",
            self._format_euros(self.fixed),
        )

    def _get_unit_name(self):
        return ""

    def _format_euros(self, amount):
        """Two decimals, or up to four when the price has them."""
        digits = 2 + len(f"{amount:.4f}"[-2:].rstrip("0"))
        return f"{formatLang(self.env, amount, digits=digits)}\N{NO-BREAK SPACE}€"

    def _to_engine(self):
        """These records as prices of the engine."""
        return [
            pricing.Price(
                kind=price.kind,
                start=price._get_dates()[0],
                end=price._get_dates()[1],
                fixed=to_decimal(price.fixed),
                unit=to_decimal(price.unit),
                rate=to_decimal(price.rate),
                bands=tuple(
                    pricing.Band(band.population_from, to_decimal(band.amount))
                    for band in price.band_ids
                ),
            )
            for price in self
        ]

    def _get_dates(self):
        return None, None


class CommuneServicePrice(models.Model):
    _name = "commune.service.price"
    _inherit = ["commune.service.price.mixin"]
    _description = "Price of an offer"
    _order = "offer_id, date_start desc, id"
    _rec_name = "label"

    offer_id = fields.Many2one(
        "commune.service.offer", required=True, index=True, ondelete="cascade"
    )
    date_start = fields.Date(
        string="Holds from",
        required=True,
        default=lambda self: self.env.company._get_today().replace(month=1, day=1),
    )
    date_end = fields.Date(string="Until", help="Last day; empty while the price holds.")
    source = fields.Char(help="Decision that sets the price: “Délibération du 12 mai 2026”.")
    active = fields.Boolean(default=True)
    band_ids = fields.One2many("commune.service.price.band", "price_id", string="Bands", copy=True)
    _period_excl = models.Constraint(
        "EXCLUDE USING gist (offer_id WITH =, daterange(date_start, date_end, '[]') WITH &&)"
        " WHERE (active)",
        "This offer already has a price over that period: end the former price first.",
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "A price cannot end before it starts."
    )
    _figures_check = models.Constraint(
        "CHECK(fixed >= 0 AND unit >= 0 AND rate >= 0 AND rate <= 100)",
        "The figures of a price are positive, and a rate is at most 100 %.",
    )

    def _flush_periods(self, vals_list):
        """An end that was just written counts: PostgreSQL compares the periods."""
        self.flush_model(["date_start", "date_end", "active"])

    def _at(self, day):
        """The price that holds on a day."""
        return self.filtered(
            lambda p: p.date_start <= day and (not p.date_end or p.date_end >= day)
        )[:1]

    def _describe_for(self, population):
        """The price as a commune pays it: its own band, not the span of all."""
        self.ensure_one()
        if "bands" not in pricing.KINDS[self.kind].figures:
            return self.label
        amount = pricing.yearly_base(self._to_engine()[0], population)
        if amount is None:
            return ""
        return self.env._("%s per year", self._format_euros(float(amount)))

    def _get_dates(self):
        return self.date_start or None, self.date_end or None

    def _get_unit_name(self):
        return self.sudo().offer_id.unit_name


class CommuneServicePriceBand(models.Model):
    _name = "commune.service.price.band"
    _description = "Band of population of a price"
    _order = "population_from, id"

    price_id = fields.Many2one("commune.service.price", index=True, ondelete="cascade")
    population_from = fields.Integer(string="Inhabitants, from", required=True)
    amount = fields.Float(string="Euros per year", digits=DIGITS, required=True)
    _band_uniq = models.UniqueIndex(
        "(price_id, population_from) WHERE price_id IS NOT NULL",
        "Two bands start from the same population.",
    )
    _figures_check = models.Constraint(
        "CHECK(population_from >= 0 AND amount >= 0)", "The figures of a band are positive."
    )

    @api.depends("population_from", "amount")
    def _compute_display_name(self):
        for band in self:
            band.display_name = f"≥ {band.population_from}"
