"""Category and full cost of an agent, dated: hours are priced at those of their own day."""

from datetime import date, timedelta

from odoo import api, fields, models

from ....engine import billing
from ...services.catalogue.price import to_decimal
from .hr_employee import COORDINATOR

RATE = ("category", "hourly_cost_charged")


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    rate_date_start = fields.Date(
        string="Category and cost since",
        groups=COORDINATOR,
        help="First day of the category and of the cost of an hour above; that of their change when"
        " left alone. Hours of before keep the former ones, billed or not.",
    )
    rate_history = fields.Json(readonly=True, copy=False, groups=COORDINATOR)
    rate_history_text = fields.Text(
        string="Before", compute="_compute_rate_history_text", groups=COORDINATOR
    )

    @api.depends("rate_history")
    @api.depends_context("lang")
    def _compute_rate_history_text(self):
        """“Jusqu’au 31 mars 2027 : catégorie B, 41,06 €”, the last one first."""
        tariffs = self.env["commune.replacement.tariff"]
        for agent in self:
            agent.rate_history_text = "\n".join(
                self.env._(
                    "Until %(day)s: category %(category)s, %(cost)s per hour",
                    day=self.env.company._format_document_date(rate.until),
                    category=rate.category or "–",
                    cost=tariffs._format_euros(float(rate.hourly_cost))
                    if rate.hourly_cost
                    else "–",
                )
                for rate in reversed(agent._read_rate_history())
            )

    def _read_rate_history(self):
        return [
            billing.Rate(date.fromisoformat(until), category, to_decimal(cost))
            for until, category, cost in self.sudo().rate_history or ()
        ]

    def _get_current_rate(self):
        agent = self.sudo()
        return billing.Rate(date.max, agent.category or "", to_decimal(agent.hourly_cost_charged))

    def _get_rate(self, day):
        """Category and full cost of an hour, as they were on a day."""
        self.ensure_one()
        return billing.rate_on(self._read_rate_history(), day, self._get_current_rate())

    def _date_changed_rates(self, vals):
        former = {agent: agent._get_current_rate() for agent in self}
        yield
        for agent in self.sudo():
            super(HrEmployee, agent).write(agent._prepare_dated_rate(former[agent], vals))

    def _prepare_dated_rate(self, former, vals):
        """Record the end of the former rate; without a former rate, no date."""
        given = fields.Date.to_date(vals.get("rate_date_start"))
        history, now = self._read_rate_history(), self._get_current_rate()
        if former == now:
            history = billing.move_rate(history, given, now) if given else history
        elif former.category or former.hourly_cost:
            given = given or self.env.company._get_today()
            history = billing.change_rate(history, given, former, now)
            # The other value may change later still: what is shown holds since then.
            given = history[-1].until + timedelta(days=1) if history else given
        rows = [[str(one.until), one.category, float(one.hourly_cost)] for one in history]
        return {"rate_history": rows, "rate_date_start": given or self.rate_date_start}
