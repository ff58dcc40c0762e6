"""Replacement costs of a year, in the yearly statement of a commune and in the matrix.

The statements of the replacement service stay the documents that are paid; the yearly statement of
the services recalls their numbers and amounts, so that it covers the whole year.
"""

from datetime import date
from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools import formatLang

from ...services.subscription.year import UNIT_COST_BASIS
from .line import to_cents
from .statement import FROZEN

NOTHING = {"amount": Decimal(0), "half_days": 0, "units": {}, "unpriced": 0}
HALF_DAYS = "half_days"  # what is counted when the tariffs of a year have several units
COUNTED = {"cost": "hour"}  # a salary cost is that of an hour


class CommuneServiceYear(models.AbstractModel):
    _inherit = "commune.service.year"

    def _get_other_cost_lines(self, communes, year):
        """One line for the statements issued for a year, those that cancel included, and for what
        was agreed and is still to be billed."""
        lines = super()._get_other_cost_lines(communes, year)
        Statement = self.env["commune.replacement.statement"]
        all_statements = self._get_replacement_statements(communes, year)
        statements = all_statements.grouped("commune_id")
        first, last = date(year, 1, 1), date(year, 12, 31)
        agreed = Statement._get_agreed(first, last, communes)
        foreseen, options = self.env["commune.service.subscription"]._get_replacement_forecasts(
            communes, year
        )
        tariffs = self.env["commune.replacement.tariff"]._get_in_force(first, last)
        common = {
            "counted": tariffs._get_counted(),
            "price": tariffs._get_public_lines(),
            "options": options,
            "lent": all_statements._filter_by_unit_cost(),
        }
        for commune in communes:
            found = statements.get(commune, all_statements.browse())
            more = agreed.get(commune, NOTHING)
            if found or more["half_days"]:
                line = self._get_replacement_line(
                    commune, year, found, more, foreseen.get(commune, 0), **common
                )
                lines[commune].append(line)
        return lines

    def _get_replacement_line(
        self, commune, year, statements, agreed, foreseen, counted, lent, **values
    ):
        """:param statements: of the year, drafts included: they are expected, not yet due
        :param foreseen: euros that the agreement foresees, expected elsewhere already
        :param counted: unit of the tariffs, or `HALF_DAYS`
        :param lent: statements with days of a service lent at its unit cost
        """
        issued = statements.filtered(lambda statement: statement.state in FROZEN)
        # The lines of all communes are read together, as before the filter.
        issued = issued.with_prefetch(statements._prefetch_ids)
        amount = float(sum(map(to_cents, issued.mapped("amount_total")), Decimal(0)))
        expected = sum(map(to_cents, statements.mapped("amount_total")), agreed["amount"])
        more = agreed["half_days"] if counted == HALF_DAYS else sum(agreed["units"].values())
        uses = [row for statement in issued for row in statement._prepare_use_rows(counted)]
        used, unit = issued._count_units(counted), statements._name_counted(counted)
        planned = statements._count_units(counted) + float(more)
        options = self.env["commune.service.subscription"]
        return self._new_cost_line(
            code="replacement",
            offer=self.env._("Service of replacement"),
            period=issued._name_numbers(),
            unit=unit,
            used=used,
            expected=planned,
            use=options._describe_use(used, planned, unit),
            **dict.fromkeys(("forecast", "forecast_due"), float(max(expected - foreseen, 0))),
            **dict.fromkeys(("variable", "actual", "actual_due"), amount),
            travel=issued.line_ids._add_up("travel_amount"),
            unpriced=agreed["unpriced"],
            uses=uses,
            by_unit_cost=bool(issued & lent),
            opens=(issued._name, self._get_replacement_year_domain(commune, year)),
            **values,
        )

    def _get_replacement_year_domain(self, communes, year):
        """Statements of these communes for a year; what cancels counts once it is issued."""
        domain = Domain("commune_id", "in", communes.ids)
        domain &= Domain("kind", "=", "statement") | Domain("state", "in", FROZEN)
        domain &= Domain("date_end", ">=", f"{year}-01-01")
        return domain & Domain("date_end", "<=", f"{year}-12-31")

    def _get_replacement_statements(self, communes, year):
        Statement = self.env["commune.replacement.statement"].sudo()
        domain = self._get_replacement_year_domain(communes, year)
        return Statement.search(domain, order="date_end, name, id")


class Agreement(models.Model):
    _inherit = "agreement"

    def _get_replacement_bases(self):
        """Codes of the legal bases of these agreements for the replacement service.

        That of its option, else that of the whole agreement."""
        bases = self.env["commune.legal.basis"]
        for agreement in self.sudo():
            options = agreement.offer_ids.filtered("is_replacement")
            bases |= options.service_id.legal_basis_id or agreement.legal_basis_id
        return bases.mapped("code")


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    def _filter_by_unit_cost(self):
        """Those with a day under an agreement that lends the service at its unit cost."""
        by_day = self._get_agreements_by_day()
        agreements = self.env["agreement"].union(
            *(one for held in by_day.values() for one in held.values())
        )
        lending = agreements.filtered(lambda a: UNIT_COST_BASIS in a._get_replacement_bases())
        return self.filtered(lambda one: any(a in lending for a in by_day.get(one, {}).values()))

    def _name_numbers(self):
        """“États liquidatifs : EL-2026-001, EL-2026-002”."""
        if not self:
            return self.env._("No statement yet")
        return self.env._("Statements: %s", ", ".join(self.mapped("name")))

    def _count_units(self, counted):
        """Units of these statements, in that of the tariffs."""
        name = "sign" if counted == HALF_DAYS else "quantity"
        return round(float(sum(self.line_ids.mapped(name))), 2)

    def _name_counted(self, counted):
        """“hour”, “half-day”."""
        if counted in (HALF_DAYS, "half_day"):
            return self.env._("half-day")
        return dict(self.line_ids._fields["unit"]._description_selection(self.env))[counted].lower()

    def _prepare_use_rows(self, counted):
        """The statement as uses of the yearly statement: a row per tariff (units × price), then
        what is added to them."""
        self.ensure_one()
        day, lines = self.env.company._format_document_date, self.line_ids
        units = dict(lines._fields["unit"]._description_selection(self.env))
        whole = self.env._(
            "Statement %(number)s, from %(start)s until %(end)s",
            number=self.name,
            start=day(self.date_start),
            end=day(self.date_end),
        )

        def number(found, name):
            total = round(sum(found.mapped(name)), 2)
            return formatLang(self.env, total, digits=0 if total % 1 == 0 else 2)

        common = {"date": self.date_end, "object": whole}
        rows = [
            {
                **common,
                "object": f"{whole} ({number(found, 'quantity')} × {self._format_euros(price)},"
                f" {units[unit].lower()})",
                "quantity": sum(found.mapped("sign" if counted == HALF_DAYS else "quantity")),
                "amount": found._add_up("work_amount"),
            }
            for (unit, price), found in lines.grouped(lambda o: (o.unit, o.unit_price)).items()
        ]
        travel = self.env._("Travel, %s km", number(lines, "km"))
        more = [
            (travel, lines._add_up("travel_amount")),
            (self.env._("Up to the least amount of a day"), lines._add_up("minimum_amount")),
            (self.env._("Administrative fee"), lines._add_up("fee_amount")),
        ]
        return rows + [
            {**common, "object": label, "quantity": 0, "amount": amount}
            for label, amount in more
            if amount
        ]


class CommuneReplacementTariff(models.Model):
    _inherit = "commune.replacement.tariff"

    def _get_counted(self):
        """The unit of these tariffs; `HALF_DAYS` when they have several."""
        units = {COUNTED.get(unit, unit) for unit in self.mapped("unit")}
        return units.pop() if len(units) == 1 else HALF_DAYS

    def _get_public_lines(self):
        """All of them in words, that of all agents first."""
        ordered = self.sorted(lambda tariff: (tariff.category or "", tariff.date_start))
        return " ; ".join(tariff._get_public_line() for tariff in ordered)
