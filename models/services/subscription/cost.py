"""Amounts of the subscriptions over a year, real and expected, by the pricing engine."""

from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine import pricing
from ..catalogue.price import to_decimal

COST_FIELDS = [
    "commune_id",
    "offer_id",
    "date_start",
    "date_end",
    "forecast_quantity",
    "compensation",
    "has_compensation",
]
# Of the amounts expected and real: what is to be paid, what the attribution de compensation bears.
PARTS = ("forecast_due", "forecast_withheld", "actual_due", "actual_withheld")


def get_cost_parts(cost):
    """{name: euros}: `forecast`, `actual`, and each of `PARTS` of a cost of `_get_costs`."""
    amounts = {}
    for name in ("forecast", "actual"):
        amounts[name] = float(cost[name].total)
        amounts[f"{name}_due"] = float(cost[name].due)
        amounts[f"{name}_withheld"] = float(cost[name].withheld)
    return amounts


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    is_compensation = fields.Boolean(
        string="Charged to the compensation", compute="_compute_is_compensation"
    )

    @api.depends("offer_id.price_ids.kind")
    def _compute_is_compensation(self):
        for line in self:
            line.is_compensation = "withheld" in line.offer_id.price_ids._get_payments()

    def _get_costs(self, year):
        """What each subscription comes to over a year, in a constant number of queries.

        :return: {id: dict(actual=Cost, forecast=Cost, used=Decimal, population=int)}
        """
        lines = self.sudo()
        populations = self.env["commune.service.population"]._get_populations(
            lines.commune_id, year
        )
        uses = lines._get_uses(year)
        prices = {offer: offer.price_ids._to_engine() for offer in lines.offer_id}
        costs = {}
        for line in lines:
            known = prices[line.offer_id], line.date_start, line.date_end or None
            population = populations[line.commune_id.id]
            compensation = to_decimal(line.compensation) if line.has_compensation else None
            used = uses.get(line.id, [])
            costs[line.id] = {
                "actual": pricing.yearly_cost(year, *known, population, used, compensation),
                "forecast": pricing.forecast_cost(
                    year, *known, population, to_decimal(line.forecast_quantity), compensation
                ),
                "used": sum((use.quantity for use in used), Decimal(0)),
                "population": population,
            }
        return costs

    def _get_expected(self, year):
        """What is expected of the days of a year on which the subscription runs, in units to the
        hundredth: two that follow one another in a year expect together what one would."""
        self.ensure_one()
        part = pricing.part_of_year(
            to_decimal(self.forecast_quantity), year, self.date_start, self.date_end or None
        )
        return float(round(part, 2))

    def _get_uses(self, year):
        """{id: uses of the engine} of a year, in one query."""
        Usage = self.env["commune.service.usage"]
        found = Usage.search_fetch(
            Domain("subscription_id", "in", self.ids)
            & Domain("date", ">=", date(year, 1, 1))
            & Domain("date", "<=", date(year, 12, 31)),
            ["subscription_id", "date", "quantity"],
        )
        uses = {}
        for use in found:
            uses.setdefault(use.subscription_id.id, []).append(
                pricing.Use(use.date, to_decimal(use.quantity))
            )
        return uses

    @classmethod
    def _get_year_domain(cls, year):
        """Subscriptions that run for at least a day of a year."""
        return Domain("date_start", "<=", date(year, 12, 31)) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", date(year, 1, 1))
        )
