"""What a convention is expected to cost the commune: a whole year, and the first one."""

from datetime import date
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain

from ...engine import pricing
from .price import to_decimal

BY_USE = ("unit", "fixed_variable", "works")


class Agreement(models.Model):
    _inherit = "agreement"

    def _get_expected_costs(self):
        """Amounts of the options at the prices known today, with the forecast of use.

        A first year that begins after January 1st takes its part of the forecast, by days.

        :return: {agreement id: dict(year, population, first_year (False when it is a whole
            one), full, first, rows [{offer, full, first, open, unpriced}])}; amounts are Decimal
            euros; `open`: part of the price depends on a use that nobody has forecast;
            `unpriced`: no price holds, or not for that population
        """
        own = self._get_own_amounts()
        populations = self._get_expected_populations()
        costs = {}
        for agreement in self.sudo():
            start, year = agreement._get_price_day(), agreement._get_whole_year()
            whole = start.year == year
            population = populations[year][agreement.commune_id.id]
            forecasts = agreement._get_forecasts()
            rows = []
            for offer in agreement.offer_ids:
                quantity = to_decimal(forecasts.get(offer))
                amount = own.get((agreement.commune_id.id, offer.id))
                known = offer.price_ids._to_engine(), population, quantity, amount
                full = _expect(year, None, None, *known)
                first = _expect(start.year, start, agreement.end_date or None, *known)
                rows.append(
                    {
                        "offer": offer,
                        "full": full.total,
                        "first": first.total,
                        "unpriced": bool(full.unpriced_days),
                        "open": not quantity
                        and any(price.kind in BY_USE for price in offer.price_ids),
                    }
                )
            costs[agreement.id] = {
                "year": year,
                "population": population,
                "first_year": False if whole else start.year,
                "full": sum((row["full"] for row in rows), Decimal(0)),
                "first": sum((row["first"] for row in rows), Decimal(0)),
                "rows": rows,
            }
        return costs

    def _get_whole_year(self):
        """The first year that the convention covers from its first day on."""
        start = self._get_price_day()
        return start.year if (start.month, start.day) == (1, 1) else start.year + 1

    def _get_expected_populations(self):
        """{year: {commune id: population}}, a query per year."""
        Population = self.env["commune.service.population"]
        years = self.sudo().grouped(lambda agreement: agreement._get_whole_year())
        return {
            year: Population._get_populations(agreements.commune_id, year)
            for year, agreements in years.items()
        }

    def _get_next_new_year(self):
        today = fields.Date.context_today(self)
        return date(today.year + 1, 1, 1)

    def _get_own_amounts(self):
        """{(commune id, offer id): euros decided for that commune} of running subscriptions."""
        found = (
            self.env["commune.service.subscription"]
            .sudo()
            .search_fetch(
                Domain("commune_id", "in", self.commune_id.ids)
                & Domain("offer_id", "in", self.offer_ids.ids)
                & Domain("has_compensation", "=", True)
                & Domain("state", "in", ("active", "future")),
                ["commune_id", "offer_id", "compensation"],
            )
        )
        return {(s.commune_id.id, s.offer_id.id): to_decimal(s.compensation) for s in found}


def _expect(year, start, end, prices, population, quantity, own):
    """Cost of a year; the forecast of a whole year is spread over its days."""
    share = pricing.part_of_year(quantity, year, start, end)
    return pricing.forecast_cost(year, prices, start, end, population, share, own)
