"""Expected cost of an agreement for its commune: a whole year, and the first one."""

from datetime import date
from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ....engine import pricing
from ..catalogue.price import to_decimal


class CommuneServiceYear(models.AbstractModel):
    _inherit = "commune.service.year"

    def _get_expected_costs(self, agreements):
        """Amounts of the options at the prices known today, with the forecast of use.

        A first year that begins after January 1st takes its part of the forecast, by days.

        :return: {agreement id: dict(year, population, first_year (False when it is a whole
            one), full, first, rows [{offer, full, first, open, unpriced}])}; amounts are Decimal
            euros; `open`: part of the price depends on a use that nobody has forecast;
            `unpriced`: no price holds, or not for that population
        """
        agreements = agreements.sudo()  # amounts alone, of subscriptions that few may open
        own = self._get_own_amounts(agreements)
        populations = self._get_expected_populations(agreements)
        costs = {}
        for agreement in agreements:
            start, year = agreement._get_price_day(), self._get_whole_year(agreement)
            whole = start.year == year
            place = agreement.commune_id.id
            population, at_first = populations[year][place], populations[start.year][place]
            forecasts = agreement._get_forecasts()
            rows = []
            for offer in agreement.offer_ids:
                quantity = to_decimal(forecasts.get(offer))
                amount = own.get((agreement.commune_id.id, offer.id))
                prices, known = offer.price_ids._to_engine(), (quantity, amount)
                full = pricing.forecast_cost(year, prices, None, None, population, *known)
                period = start, agreement.end_date or None
                first = pricing.forecast_cost(start.year, prices, *period, at_first, *known)
                rows.append(
                    {
                        "offer": offer,
                        "full": full.total,
                        "first": first.total,
                        "unpriced": bool(full.unpriced_days),
                        "open": not quantity and offer.price_ids._is_by_use(start),
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

    def _get_whole_year(self, agreement):
        """The first year that the agreement covers from its first day on."""
        start = agreement._get_price_day()
        return start.year if (start.month, start.day) == (1, 1) else start.year + 1

    def _get_expected_populations(self, agreements):
        """{year: {commune id: population}} of the first years and the whole ones, a query each."""
        Population = self.env["commune.service.population"]
        years = {}
        for agreement in agreements:
            for year in (agreement._get_price_day().year, self._get_whole_year(agreement)):
                years[year] = years.get(year, agreement.commune_id) | agreement.commune_id
        return {
            year: Population._get_populations(communes, year) for year, communes in years.items()
        }

    def _get_next_new_year(self):
        today = self.env.company._get_today()
        return date(today.year + 1, 1, 1)

    def _get_own_amounts(self, agreements):
        """{(commune id, offer id): euros decided for that commune} of running subscriptions."""
        found = agreements.env["commune.service.subscription"].search_fetch(
            Domain("commune_id", "in", agreements.commune_id.ids)
            & Domain("offer_id", "in", agreements.offer_ids.ids)
            & Domain("has_compensation", "=", True)
            & Domain("state", "in", ("active", "future")),
            ["commune_id", "offer_id", "compensation"],
        )
        return {(s.commune_id.id, s.offer_id.id): to_decimal(s.compensation) for s in found}
