"""Yearly statement of the services of a commune: what was forecast, used and owed.

CGCT, art. D5211-16, for the services lent under L5211-4-1: the convention forecasts the uses in
units of functioning, and a yearly statement lists the uses in units. What the
attribution de compensation bears is no bill: it has a column of its own.
"""

from odoo import api, models
from odoo.tools import format_amount, formatLang

from ...models.core.odoo.ir_actions_report import Kept
from ...models.services.agreement.agreement import SIGNED

CENSUS_YEARS = 3  # from a census to the day its populations are in force


class ServiceYear(models.AbstractModel):
    _name = "report.commune_relations.service_year"
    _description = "Yearly statement of the services (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: `year`; the last whole year by default"""
        commune = self.env["res.partner"].browse(docids)[:1]
        commune._check_costs_open()
        # Those that are printed together are read together.
        printed = self.env.context.get("document_prefetch_ids") or docids
        communes = commune.with_prefetch(printed).browse(printed)
        kept = self.env.context.get("document_kept") or Kept()
        today = self.env.company._get_today()
        year = int((data or {}).get("year") or today.year - 1)
        day = self.env.company._format_document_date
        services, pages = self.env["commune.service.year"], self.env["commune.portal.page"]
        each = kept.once("costs", lambda: services._get_each_service_costs(communes, year))
        costs = each[commune]
        agreements = kept.once("agreements", lambda: pages._get_portal_agreements(communes))
        # Those in force during the year.
        agreements = agreements.filtered(
            lambda a: (
                a.commune_id == commune
                and a.state in SIGNED
                and a.start_date.year <= year
                and (not a.end_date or a.end_date.year >= year)
            )
        )
        return {
            "docs": commune,
            "title": self.env._("Services of %(year)s – %(name)s", year=year, name=commune.name),
            "heading": self.env._("Yearly statement of the services"),
            "kind": self.env._("Year %s", year),
            "subtitle": commune._get_commune_title(),
            "notice": self.env.company._get_provisional(year),
            "commune": commune,
            "costs": costs,
            "per_head": costs["lines"]
            and costs["population"]
            and self.env._(
                "That is %(amount)s per inhabitant and year, for %(population)s inhabitants.",
                amount=self._format_euros(costs["actual_per_inhabitant"]),
                population=self._format_units(costs["population"]),
            ),
            "population_source": costs["lines"]
            and self._get_population_source(commune, year, kept, communes),
            "euros": self._format_euros,
            "units": self._format_units,
            "day": day,
            "used_lines": self._get_used_lines(costs),
            "describe_agreement": self._describe_agreement,
            "all_by_convention": all(
                self._get_line_agreement(line) for line in costs["lines"] if line["foreseen"]
            ),
            "cost_heading": self._get_cost_heading(costs),
            "unit_cost_note": self._get_unit_cost_note(costs),
            "agreements": agreements
            and self.env._("Conventions: %s.", ", ".join(agreements.mapped("display_name"))),
        }

    @api.model
    def _get_line_agreement(self, line):
        """Signed agreement that provides for a line; empty without."""
        agreement = line["subscription"].sudo().agreement_id
        return agreement.filtered(lambda one: one.state in SIGNED)

    @api.model
    def _describe_agreement(self, line):
        """Describe the agreement, or a deduction from compensation that has none."""
        if agreement := self._get_line_agreement(line):
            return self.env._("Convention: %s", agreement.code or agreement.name)
        return self.env._("Without convention") if line["actual_withheld"] else ""

    @api.model
    def _get_population_source(self, commune, year, kept, communes):
        """Census and source of the population that the amounts count; that of a census is in
        force three years later (décret n° 2003-485 of 5 June 2003, art. 1)."""
        Population = self.env["commune.service.population"].sudo()
        lines = kept.once("populations", lambda: Population._get_lines(communes, year))
        line = lines.filtered(lambda line: line.commune_id == commune)
        census = (line or commune).population_year
        return census and self.env._(
            "Municipal population of %(census)s, Insee, in force on 1 January %(year)s.",
            census=census,
            year=census + CENSUS_YEARS,
        )

    @api.model
    def _get_used_lines(self, costs):
        """Lines with uses; each count has its unit cost or price as text (`cost`), and the
        multiplication (`words`)."""
        price = self.env["commune.service.price"]
        lines = [line for line in costs["lines"] if line["uses"]]
        for line in lines:
            for count in line["counts"]:
                count["words"] = self._describe_count(line, count)
                if count["nature"] == "works":
                    count["cost"] = (
                        f"{formatLang(self.env, count['base'], digits=2)}\N{NO-BREAK SPACE}%"
                    )
                else:
                    count["cost"] = price._format_euros(count["base"])
        return lines

    @api.model
    def _describe_count(self, line, count):
        """A unit cost is that of the services lent under L5211-4-1; the others have a price."""
        if count["nature"] == "works":
            return self.env._("Amount of the works of the year × rate")
        if line["by_unit_cost"]:
            return self.env._("Units of the year × unit cost")
        return self.env._("Units of the year × price")

    @api.model
    def _get_cost_heading(self, costs):
        kinds = {line["by_unit_cost"] for line in costs["lines"] if line["uses"]}
        if kinds == {True}:
            return self.env._("Unit cost")
        return self.env._("Unit cost or price") if True in kinds else self.env._("Price")

    @api.model
    def _get_unit_cost_note(self, costs):
        """D5211-16 is cited for the services lent under L5211-4-1, by their names, and no other."""
        names = [line["offer"] for line in costs["lines"] if line["by_unit_cost"]]
        return names and self.env._(
            "Statement of the uses, unit cost × units (CGCT, art. D. 5211-16), for: %s.",
            ", ".join(dict.fromkeys(names)),
        )

    @api.model
    def _format_euros(self, amount):
        return format_amount(self.env, amount, self.env.company._get_euro())

    @api.model
    def _format_units(self, number):
        return formatLang(self.env, number, digits=0 if number % 1 == 0 else 2)
