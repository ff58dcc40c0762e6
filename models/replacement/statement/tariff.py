"""Tariffs of the replacement service: law as data, dated, decided by the assembly."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ....engine import billing
from ...services.catalogue.price import to_decimal
from ..agent.hr_employee import CATEGORIES

UNITS = [
    ("hour", "Hour"),
    ("half_day", "Half-day"),
    ("day", "Day"),
    ("cost", "Salary cost and a percentage"),
]
TRAVEL = [("none", "Not billed"), ("flat", "Flat, per day"), ("km", "Per kilometre")]
DIGITS = (12, 4)
# Once a statement rests on them, these figures never change: a new tariff takes over.
FROZEN = {
    "category",
    "unit",
    "amount",
    "travel",
    "travel_amount",
    "fee_rate",
    "minimum",
    "date_start",
}


class CommuneReplacementTariff(models.Model):
    _name = "commune.replacement.tariff"
    _inherit = ["mail.thread"]
    _description = "Tariff of the replacement service"
    _order = "date_start desc, category, id"

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    date_start = fields.Date(string="Valid from", required=True, tracking=True)
    date_end = fields.Date(string="Valid until", tracking=True, help="Empty: until the next one.")
    category = fields.Selection(
        CATEGORIES,
        string="Category of the agent",
        tracking=True,
        help="Empty: all categories. A tariff for one category comes before it.",
    )
    unit = fields.Selection(UNITS, required=True, default="hour", tracking=True)
    amount = fields.Float(
        digits=DIGITS,
        required=True,
        tracking=True,
        help="Euros per unit. With the salary cost: percentage added to the full cost of an hour"
        " of the agent.",
    )
    travel = fields.Selection(TRAVEL, required=True, default="none", tracking=True)
    travel_amount = fields.Float(
        string="Travel (€)", digits=DIGITS, tracking=True, help="Per day or per kilometre."
    )
    fee_rate = fields.Float(
        string="Administrative fee (%)",
        digits=DIGITS,
        tracking=True,
        help="Percentage of the work, not of the travel.",
    )
    minimum = fields.Float(
        string="Least amount of a day (€)",
        digits=DIGITS,
        tracking=True,
        help="For each day of presence of an agent in a commune.",
    )
    cancel_days = fields.Integer(
        string="Late cancellation (days before)",
        tracking=True,
        help="What the commune cancels less than this number of days (of 24 hours) before is late,"
        " all at once or one half-day after the other. 0: never.",
    )
    cancel_half_days = fields.Integer(
        string="Half-days due when cancelled late",
        tracking=True,
        help="Never more than were cancelled.",
    )
    end_days = fields.Integer(
        string="Notice of an early end (days)",
        tracking=True,
        help="When the commune ends a mission early, the half-days planned until this number of"
        " days after the announcement are due. 0: only what was worked.",
    )
    legal_source = fields.Char(help="Deliberation that decided it, with its date.")
    description = fields.Char(string="In words", compute="_compute_description")
    statement_line_ids = fields.One2many("commune.replacement.statement.line", "tariff_id")
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "The tariff ends before it starts."
    )
    _figures_check = models.Constraint(
        "CHECK(amount >= 0 AND travel_amount >= 0 AND fee_rate >= 0 AND minimum >= 0"
        " AND cancel_days >= 0 AND cancel_half_days >= 0 AND end_days >= 0)",
        "The figures of a tariff are positive.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (coalesce(category, '') WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "Another tariff already holds for this category in this period: end it first.",
    )

    @api.depends(
        "unit", "amount", "travel", "travel_amount", "fee_rate", "minimum", "category", "date_start"
    )
    @api.depends_context("lang")
    def _compute_description(self):
        for tariff in self:
            tariff.description = ", ".join(tariff._describe())

    def _describe(self):
        """The tariff as a commune reads it: “27,00 € l’heure, frais de gestion 8,5 %”."""
        self.ensure_one()
        euros = self._format_euros(self.amount)
        parts = [
            {
                "hour": lambda: self.env._("%s per hour", euros),
                "half_day": lambda: self.env._("%s per half-day", euros),
                "day": lambda: self.env._("%s per day", euros),
                "cost": lambda: self.env._(
                    "salary cost plus %s %%", self._format_rate(self.amount)
                ),
            }[self.unit]()
        ]
        if self.fee_rate:
            parts.append(self.env._("administrative fee %s %%", self._format_rate(self.fee_rate)))
        if self.travel == "km":
            parts.append(
                self.env._("travel %s per kilometre", self._format_euros(self.travel_amount))
            )
        elif self.travel == "flat":
            parts.append(self.env._("travel %s per day", self._format_euros(self.travel_amount)))
        if self.minimum:
            parts.append(self.env._("at least %s a day", self._format_euros(self.minimum)))
        return parts

    def _describe_terms(self):
        """What is due without work, as a commune reads it before it accepts; empty when nothing
        is."""
        self.ensure_one()
        terms = []
        if self.cancel_days and self.cancel_half_days:
            hours = 24 * self.cancel_days
            terms.append(
                self.env._(
                    "One half-day is due for what the commune cancels less than %s hours before.",
                    hours,
                )
                if self.cancel_half_days == 1
                else self.env._(
                    "Up to %(count)s half-days are due for what the commune cancels less than"
                    " %(hours)s hours before.",
                    count=self.cancel_half_days,
                    hours=hours,
                )
            )
        if self.end_days:
            terms.append(
                self.env._(
                    "When the commune ends the mission early, the half-days of the next day are"
                    " due."
                )
                if self.end_days == 1
                else self.env._(
                    "When the commune ends the mission early, the half-days of the %s days that"
                    " follow are due.",
                    self.end_days,
                )
            )
        return " ".join(terms)

    def _get_public_line(self):
        """“Agent de catégorie A : 36,00 € l’heure, déplacement 0,32 € par kilomètre”."""
        self.ensure_one()
        if not self.category:
            return self.description
        return self.env._(
            "Agent of category %(category)s: %(price)s",
            category=self.category,
            price=self.description,
        )

    def _format_euros(self, amount):
        return format_amount(self.env, amount, self.env.company._get_euro())

    def _format_rate(self, rate):
        return f"{rate:g}".replace(".", ",")

    @api.model_create_multi
    def create(self, vals_list):
        # An end that was just written counts: PostgreSQL compares the periods.
        self.flush_model(["date_start", "date_end", "category", "active"])
        return super().create(vals_list)

    def write(self, vals):
        changed = FROZEN & set(vals)
        if changed and any(self._differs(tariff, vals) for tariff in self._get_used()):
            raise UserError(
                self.env._(
                    "Statements rest on this tariff: it does not change any more. Set its last"
                    " day and create the next one."
                )
            )
        return super().write(vals)

    @api.model
    def _differs(self, tariff, vals):
        return any(
            tariff._fields[name].convert_to_cache(vals[name], tariff) != tariff[name]
            for name in FROZEN & set(vals)
        )

    def _get_used(self):
        lines = self.env["commune.replacement.statement.line"].sudo()
        groups = lines._read_group([("tariff_id", "in", self.ids)], ["tariff_id"])
        return self.browse([tariff.id for (tariff,) in groups])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self._get_used():
            raise UserError(self.env._("Statements rest on this tariff: archive it instead."))

    @api.model
    def _get_in_force(self, start, end):
        """Tariffs that hold on a day of a period, as superuser."""
        return self.sudo().search(
            [
                ("date_start", "<=", end),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", start),
            ]
        )

    def _to_engine(self):
        """These tariffs as values of the engine; the key is the id."""
        return [
            billing.Tariff(
                key=tariff.id,
                start=tariff.date_start,
                end=tariff.date_end or None,
                category=tariff.category or "",
                unit=tariff.unit,
                amount=to_decimal(tariff.amount),
                travel=tariff.travel,
                travel_amount=to_decimal(tariff.travel_amount),
                fee=to_decimal(tariff.fee_rate),
                minimum=to_decimal(tariff.minimum),
            )
            for tariff in self
        ]

    @api.model
    def _explain_missing(self, error):
        """The sentence of a half-day that no tariff covers."""
        day = self.env["commune.letter"]._format_date(error.day)
        if not error.category:
            return self.env._("No tariff holds on %s: add one first.", day)
        return self.env._(
            "No tariff holds on %(day)s for category %(category)s: add one first.",
            day=day,
            category=error.category,
        )
