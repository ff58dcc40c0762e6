"""Subscriptions that an agreement opens, continues and ends."""

from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from markupsafe import escape

from odoo import models
from odoo.fields import Domain

from ....engine import pricing
from ..catalogue.price import to_decimal


class Agreement(models.Model):
    _inherit = "agreement"

    def _subscribe(self):
        """Subscriptions to the options; an amendment ends those that it leaves out."""
        running = self._get_subscriptions_of_period()
        if self.parent_id:
            family = self.parent_id | self.parent_id.amendment_ids
            dropped = running.filtered(
                lambda s: s.agreement_id in family and s.offer_id not in self.offer_ids
            )
            dropped._end_before(self.start_date)
        values, forecasts = [], self._get_forecasts()
        for offer in self.offer_ids:
            lines = running.filtered(lambda s, o=offer: s.offer_id == o).sorted("date_start")
            lines.agreement_id = self
            # Several may follow one another: only the last one lasts until the end.
            if lines and lines[-1].date_end != self.end_date:
                lines[-1].date_end = self.end_date
            if lines and offer in forecasts:
                lines[-1].forecast_quantity = forecasts[offer]
            if not lines or lines[0].date_start > self.start_date:
                first = self._prepare_subscription_values(offer, lines[:1])
                values.append({**first, "forecast_quantity": forecasts.get(offer, 0)})
        self.env["commune.service.subscription"].create(values)

    def _get_subscriptions_of_period(self):
        """What the commune already has between the first and the last day."""
        domain = Domain("commune_id", "=", self.commune_id.id) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", self.start_date)
        )
        if self.end_date:
            domain &= Domain("date_start", "<=", self.end_date)
        return self.env["commune.service.subscription"].search(domain)

    def _prepare_subscription_values(self, offer, following):
        """From the first day until the end, or until the eve of what was agreed for later."""
        eve = following and following.date_start - relativedelta(days=1)
        return {
            "commune_id": self.commune_id.id,
            "offer_id": offer.id,
            "agreement_id": self.id,
            "date_start": self.start_date,
            "date_end": eve or self.end_date,
        }

    def _filter_last_versions(self):
        """Of agreements and amendments in force, the last version of each agreement."""
        last = {}
        for agreement in self.sorted("version"):
            last[agreement.parent_id or agreement] = agreement
        return self.filtered(lambda a: last[a.parent_id or a] == a)

    def _notify_stopped(self, sentence):
        """Notify the officer once of why a signed agreement does not come into force."""
        user = self.sudo().user_id or self.env.company._get_service_manager()
        agreement = self.sudo().with_context(lang=user.lang)
        agreement._schedule_once(
            "agreement_stopped",
            user_id=user.id,
            summary=agreement.env._("Signed, but cannot come into force"),
            note=escape(sentence),
        )

    # Expected cost of an agreement for the commune: a whole year, and the first one.

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

    def _get_whole_year(self):
        """The first year that the agreement covers from its first day on."""
        start = self._get_price_day()
        return start.year if (start.month, start.day) == (1, 1) else start.year + 1

    def _get_expected_populations(self):
        """{year: {commune id: population}} of the first years and the whole ones, a query each."""
        Population = self.env["commune.service.population"]
        years = {}
        for agreement in self.sudo():
            for year in (agreement._get_price_day().year, agreement._get_whole_year()):
                years[year] = years.get(year, agreement.commune_id) | agreement.commune_id
        return {
            year: Population._get_populations(communes, year) for year, communes in years.items()
        }

    def _get_next_new_year(self):
        today = self.env.company._get_today()
        return date(today.year + 1, 1, 1)

    def _get_own_amounts(self):
        """{(commune id, offer id): euros decided for that commune} of running subscriptions."""
        Subscription = self.env["commune.service.subscription"].sudo()
        found = Subscription.search_fetch(
            Domain("commune_id", "in", self.commune_id.ids)
            & Domain("offer_id", "in", self.offer_ids.ids)
            & Domain("has_compensation", "=", True)
            & Domain("state", "in", ("active", "future")),
            ["commune_id", "offer_id", "compensation"],
        )
        return {(s.commune_id.id, s.offer_id.id): to_decimal(s.compensation) for s in found}


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    def _end_before(self, day):
        """End on the eve of a day."""
        self._end_on(day - relativedelta(days=1))

    def _end_on(self, day):
        """End on a day, or on that of the last use, which stays due; what has not begun by then
        is withdrawn."""
        Usage = self.env["commune.service.usage"].sudo()
        groups = Usage._read_group(
            Domain("subscription_id", "in", self.ids), ["subscription_id"], ["date:max"]
        )
        last = {line.id: used for line, used in groups}
        for line in self:
            end = max(day, last.get(line.id, day))
            if line.date_start > end:
                line.active = False
            elif not line.date_end or line.date_end > end:
                line.date_end = end
