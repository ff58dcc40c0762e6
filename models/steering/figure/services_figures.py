"""Services: subscribed communes, costs, agreements; replacement indicators.

The indicators are computed under the rights of the current user."""

from fractions import Fraction

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.indicators import Figure
from ...core.api_arguments import parse_id
from ...replacement.indicator.fill import REQUEST, SLOT
from ...services.agreement.agreement import RUNNING
from ...services.subscription.cost import COST_FIELDS
from .figures import READERS, YEARS, Row

SUBSCRIPTION, AGREEMENT = "commune.service.subscription", "agreement"


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    def _collect(self, period, scope):
        rows = super()._collect(period, scope)
        if self._reads(SUBSCRIPTION):
            rows += self._collect_subscriptions(period, scope)
            rows += self._collect_costs(period, scope)
        if self._reads(AGREEMENT):
            # An amendment is not a separate agreement and ends with its own.
            agreements = Domain("commune_id", "!=", False) & Domain("parent_id", "=", False)
            agreements &= scope.on()
            running = agreements & Domain("state", "in", RUNNING)
            renew = agreements & Domain("state", "=", "to_renew")
            rows += self._number("agreements_running", AGREEMENT, running)
            rows += self._number("agreements_renew", AGREEMENT, renew)
        if self._reads(REQUEST):
            rows += self._collect_replacement(period, scope)
        return rows

    def _collect_replacement(self, period, scope):
        figures = self.env["commune.replacement.figures"]
        received = figures._get_request_domain(period) & scope.on()
        unfilled = Domain("state", "=", "unfilled")
        rows = [
            *self._number("replacement_requests", REQUEST, received),
            *self._share("replacement_unfilled", REQUEST, unfilled, received),
        ]
        if self._wants("replacement_filled") and self._reads(SLOT):
            asked = figures._get_asked_domain(period) & scope.on()
            rows += self._share("replacement_filled", SLOT, Domain("state", "=", "filled"), asked)
        return rows

    def _get_running_domain(self, period, scope):
        """Subscriptions on the last day of a period."""
        lasts = Domain("date_end", "=", False) | Domain("date_end", ">=", str(period.end))
        return Domain("date_start", "<=", str(period.end)) & lasts & scope.on()

    def _collect_subscriptions(self, period, scope):
        running = self._get_running_domain(period, scope)
        communes = []
        if self._wants("services_communes"):
            communes = self._grouped_communes(SUBSCRIPTION, running)
        return [
            *self._number("services_taken", SUBSCRIPTION, running),
            *self._of_communes("services_communes", communes, scope),
        ]

    def _collect_costs(self, period, scope):
        """Sums of what the list of subscriptions shows for the year, to the cent."""
        if not self._wants("services_expected", "services_actual"):
            return []
        year, lines = period.end.year, self.env[SUBSCRIPTION]
        domain = lines._get_year_domain(year) & scope.on()
        found = lines.search_fetch(domain, COST_FIELDS)
        costs = found._get_costs(year)
        values = {"model": SUBSCRIPTION, "domain": domain, "count": len(found)}
        rows = []
        for code, name in (("services_expected", "forecast"), ("services_actual", "actual")):
            total = sum((Fraction(costs[line.id][name].total) for line in found), Fraction(0))
            figure = Figure(total if found else None)
            rows.append(Row(code, figure, **values, context={"cost_year": year}))
        return rows


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    year_forecast = fields.Float(
        string="Expected (€)",
        digits=(16, 2),
        compute="_compute_year_cost",
        groups=READERS,
        help="What the year of the list should cost.",
    )
    year_actual = fields.Float(
        string="By real use (€)",
        digits=(16, 2),
        compute="_compute_year_cost",
        groups=READERS,
        help="What the year of the list costs by the uses noted so far.",
    )

    @api.depends_context("cost_year")
    def _compute_year_cost(self):
        year = parse_id(self.env.context.get("cost_year"))
        if not YEARS[0] <= year <= YEARS[1]:
            year = self.env.company._get_today().year
        costs = self._get_costs(year)
        for line in self:
            cost = costs.get(line.id)
            line.year_forecast = float(cost["forecast"].total) if cost else 0
            line.year_actual = float(cost["actual"].total) if cost else 0
