"""Yearly statement of the services of a commune: a line per subscription, its amounts.

Its page, its portal, the deliberation pack and the printed statement read these rows."""

from datetime import date

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....engine.pricing import per_inhabitant
from .alert import is_nearly_used
from .cost import PARTS, get_cost_parts

UNIT_COST_BASIS = "L5211-4-1"  # services lent: their price is a unit cost (CGCT, art. D5211-16)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_service_year_name(self):
        """Name of the file of a yearly statement, without its extension."""
        return self.env._("Yearly statement of the services – %s", self.name)

    def _check_costs_open(self):
        """The amounts of a commune are for the staff who read subscriptions and for those who act
        in its name, not for anyone who may read its address.

        :raise AccessError: the current user is none of them
        """
        self.check_access("read")
        self.env["commune.service.subscription"].check_access("read")
        user = self.env.user
        if not user.share or self.env.su:
            return
        if any(commune._get_portal_role(user.partner_id) != "full" for commune in self):
            raise AccessError(self.env._("Only those who act for the commune can read this."))


class CommuneServiceYear(models.AbstractModel):
    _name = "commune.service.year"
    _description = "Services of a commune in a year and their cost"

    def _get_service_costs(self, commune, year):
        """Those of one commune: see `_get_each_service_costs`."""
        commune.ensure_one()
        return self._get_each_service_costs(commune, year)[commune]

    def _get_each_service_costs(self, communes, year):
        """The services of communes over a year, for their pages, portals and sheets.

        In a constant number of queries.

        :return: {commune: dict}: `year`, `lines` [{offer, family, start, end, unit, used, expected,
            foreseen (of what is expected, the part in the agreement), forecast, actual, fixed,
            variable, ratio, by_unit_cost, uses, counts}], `forecast`, `actual`,
            `forecast_per_inhabitant`, `actual_per_inhabitant`, `population`; the lines and the
            whole have each of `PARTS`
        """
        communes._check_costs_open()
        Subscription = self.env["commune.service.subscription"].sudo()
        found = Subscription.search(
            Subscription._get_year_domain(year) & Domain("commune_id", "in", communes.ids),
        ).sorted(lambda s: (s.family_id.sequence, s.offer_id.display_name, s.date_start))
        costs, uses = found._get_costs(year), found._get_use_rows(year)
        lines = {commune: [] for commune in communes}
        for line in found:
            row = line._get_cost_line(costs[line.id], year, uses.get(line, []))
            lines[line.commune_id].append(row)
        others = self._get_other_cost_lines(communes, year)
        populations = self.env["commune.service.population"]._get_populations(communes, year)
        return {
            commune: self._sum_cost_lines(
                year,
                self._join_cost_lines(lines[commune], others[commune]),
                populations[commune.id],
            )
            for commune in communes
        }

    @api.model
    def _sum_cost_lines(self, year, lines, population):
        result = {"year": year, "lines": lines, "population": population}
        for name in ("forecast", "actual", *PARTS):
            result[name] = round(sum(line[name] for line in lines), 2)
        for name in ("forecast", "actual"):
            result[f"{name}_per_inhabitant"] = per_inhabitant(result[name], population)
        return result

    def _get_other_cost_lines(self, communes, year):
        """Cost lines billed elsewhere than by a subscription; pillars add their lines, in a
        constant number of queries.

        :return: {commune: list of dicts as `_new_cost_line` makes them}
        """
        return {commune: [] for commune in communes}

    @api.model
    def _join_cost_lines(self, lines, others):
        """Merge lines of a service billed elsewhere, so that it appears once.

        The subscriptions that foresee it are in its line, as they are in its column of the matrix.
        """
        for other in others:
            same = [one for one in lines if one["subscription"].offer_id.id in other["options"]]
            lines = [one for one in lines if one not in same]
            lines.append(self._join_cost_line(other, same) if same else other)
        return lines

    @api.model
    def _join_cost_line(self, line, foreseen):
        """:param foreseen: lines of subscriptions; `line` expects what goes beyond them alone"""
        whole = [*foreseen, line]
        amounts = ("forecast", "actual", "fixed", "variable", *PARTS)
        expected = [line] if line["forecast"] > 0 else foreseen
        quantity = sum(one["expected"] for one in expected)
        same_unit = [one for one in foreseen if one["unit"].lower() == line["unit"].lower()]
        used = [one for one in whole if one["uses"]]
        return {
            **line,
            **{name: round(sum(one[name] for one in whole), 2) for name in amounts},
            "subscription": foreseen[0]["subscription"],
            "period": " – ".join(one["period"] for one in whole),
            "expected": quantity,
            "foreseen": sum(one["foreseen"] for one in same_unit),
            # What is used and what is expected are compared in one unit.
            "use": foreseen[0]["subscription"]._describe_use(
                line["used"], quantity if expected != foreseen or same_unit else 0, line["unit"]
            ),
            "by_unit_cost": any(one["by_unit_cost"] for one in whole),
            "uses": [use for one in used for use in one["uses"]],
            "counts": [count for one in used for count in one["counts"]],
        }

    @api.model
    def _new_cost_line(self, **values):
        """A line of the yearly statement without a subscription, and its cell of the matrix.

        :param code: its column; :param opens: (model, domain) of the documents behind it
        :param options: ids of the options whose subscriptions foresee it: one column of the matrix
        :param travel: euros of travel within `actual`
        :param unpriced: days without a price
        """
        return {
            "subscription": self.env["commune.service.subscription"].browse(),
            **dict.fromkeys(("offer", "family", "period", "use", "unit", "price"), ""),
            **dict.fromkeys(("start", "end", "alert", "by_unit_cost"), False),
            **dict.fromkeys(("used", "expected", "foreseen", "ratio"), 0.0),
            **dict.fromkeys(("forecast", "actual"), 0.0),
            **dict.fromkeys(("fixed", "variable", *PARTS), 0.0),
            "code": "",
            "opens": (),
            "options": [],
            "travel": 0.0,
            "unpriced": 0,
            "uses": [],
            "counts": [],
            **values,
        }


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    def _get_use_rows(self, year):
        """{subscription: [{date, object, quantity, amount}]} of a year by date, in one query.

        An amount appears only where a document of its own states it."""
        Usage = self.env["commune.service.usage"]
        found = Usage.search_fetch(
            Domain("subscription_id", "in", self.ids)
            & Domain("date", ">=", date(year, 1, 1))
            & Domain("date", "<=", date(year, 12, 31)),
            ["subscription_id", "date", "quantity", "description"],
            order="date, id",
        )
        return {
            line: [
                {
                    "date": use.date,
                    "object": use.description or "",
                    "quantity": use.quantity,
                    "amount": None,
                }
                for use in uses
            ]
            for line, uses in found.grouped("subscription_id").items()
        }

    def _is_by_unit_cost(self):
        """Whether CGCT, art. D5211-16 rules this service: lent under L5211-4-1, and no other."""
        self.ensure_one()
        service, agreement = self.service_id, self.agreement_id
        basis = service.legal_basis_id or agreement.legal_basis_id
        return basis.code == UNIT_COST_BASIS

    def _get_cost_line(self, cost, year, uses):
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
            "foreseen": expected,
            "ratio": used / expected if expected else 0,
            "alert": is_nearly_used(used, expected),
            **get_cost_parts(cost),
            "by_unit_cost": self._is_by_unit_cost(),
            "uses": uses,
            "counts": [
                {
                    "nature": line.nature,
                    "quantity": float(line.quantity),
                    "base": float(line.base),
                    "amount": float(line.amount),
                }
                for line in cost["actual"].lines
                if line.nature != "yearly"
            ],
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

    def _describe_use(self, used, expected, unit=None):
        """“Utilisé : 12 jours sur 20 prévus”.

        :param unit: in which they are counted, when it is not that of the option
        """
        unit = unit or self.unit_name or self.env._("unit")
        if not expected:
            return self.env._(
                "Used: %(used)s (%(unit)s)",
                used=self._format_quantity(used),
                unit=unit,
            )
        return self.env._(
            "Used: %(used)s of %(expected)s expected (%(unit)s)",
            used=self._format_quantity(used),
            expected=self._format_quantity(expected),
            unit=unit,
        )
