"""The yearly statement of the services of a commune: a line for each subscription, its amounts.

Its page, its portal, the convention pack and the printed statement read these rows."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....engine.pricing import per_inhabitant
from .alert import is_nearly_used


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_service_year_name(self):
        """Name of the file of a yearly statement, without its extension."""
        return self.env._("Yearly statement of the services – %s", self.name)

    def _check_costs_open(self):
        """:raise AccessError: the amounts of a commune are for the staff who read subscriptions
        and for those who act in its name, not for whoever may read its address"""
        self.check_access("read")
        self.env["commune.service.subscription"].check_access("read")
        user = self.env.user
        if user.share and not self.env.su and self._get_portal_role(user.partner_id) != "full":
            raise AccessError(self.env._("Only those who act for the commune can read this."))

    def _get_service_costs(self, year):
        """The services of a commune over a year, for its page, its portal and its sheet.

        :return: dict: `year`, `lines` [{offer, family, start, end, unit, used, expected,
            forecast, actual, fixed, variable, ratio}], `forecast`, `actual`,
            `forecast_per_inhabitant`, `actual_per_inhabitant`, `population`
        """
        self.ensure_one()
        self._check_costs_open()
        Subscription = self.env["commune.service.subscription"].sudo()
        found = Subscription.search(
            Subscription._get_year_domain(year) & Domain("commune_id", "=", self.id),
        ).sorted(lambda s: (s.family_id.sequence, s.offer_id.display_name, s.date_start))
        costs = found._get_costs(year)
        lines = [line._get_cost_line(costs[line.id], year) for line in found]
        population = self.env["commune.service.population"]._get_populations(self, year)[self.id]
        result = {"year": year, "lines": lines, "population": population}
        for name in ("forecast", "actual"):
            result[name] = round(sum(line[name] for line in lines), 2)
            result[f"{name}_per_inhabitant"] = per_inhabitant(result[name], population)
        return result


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    def _get_cost_line(self, cost, year):
        self.ensure_one()
        expected, used = self._get_expected(year), float(cost["used"])
        return {
            "subscription": self,
            "offer": self.offer_id.display_name,
            "family": self.family_id.name,
            "start": self.date_start,
            "end": self.date_end,
            "period": self._describe_period(),
            "use": self._describe_use(used, expected),
            "unit": self.unit_name or "",
            "used": used,
            "expected": expected,
            "ratio": used / expected if expected else 0,
            "alert": is_nearly_used(used, expected),
            "forecast": float(cost["forecast"].total),
            "actual": float(cost["actual"].total),
            "fixed": float(cost["actual"].fixed),
            "variable": float(cost["actual"].variable),
        }

    def _describe_period(self):
        day = self.env.company._format_document_date
        if not self.date_end:
            return self.env._("since %s", day(self.date_start))
        return self.env._(
            "from %(start)s until %(end)s", start=day(self.date_start), end=day(self.date_end)
        )

    def _describe_use(self, used, expected):
        """“Utilisé : 12 jours sur 20 prévus”."""
        if not expected:
            return self.env._(
                "Used: %(used)s (%(unit)s)",
                used=self._format_quantity(used),
                unit=self.unit_name or self.env._("unit"),
            )
        return self.env._(
            "Used: %(used)s of %(expected)s expected (%(unit)s)",
            used=self._format_quantity(used),
            expected=self._format_quantity(expected),
            unit=self.unit_name or self.env._("unit"),
        )
