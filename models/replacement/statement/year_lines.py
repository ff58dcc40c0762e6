"""What the replacement service billed and is to bill in a year, in the yearly statement of a
commune and in the matrix of the services.

The statements of the replacement service stay the papers that are paid; the yearly statement of the
services recalls their numbers and amounts, so that nothing of the year is missing from it.
"""

from datetime import date
from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools import formatLang

from ...services.subscription.year import UNIT_COST_BASIS
from .line import to_cents
from .statement import FROZEN

NOTHING = {"amount": Decimal(0), "half_days": 0, "unpriced": 0}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_other_cost_lines(self, year):
        """One line for the statements issued for a year, those that cancel included, and for what
        was agreed and is still to be billed."""
        lines = super()._get_other_cost_lines(year)
        Statement = self.env["commune.replacement.statement"]
        statements = self._get_replacement_statements(year).grouped("commune_id")
        agreed = Statement._get_agreed(date(year, 1, 1), date(year, 12, 31), self)
        Subscription = self.env["commune.service.subscription"]
        foreseen = Subscription._get_replacement_forecasts(self, year)
        for commune in self:
            found, more = statements.get(commune, Statement), agreed.get(commune, NOTHING)
            if found or more["half_days"]:
                line = commune._get_replacement_line(
                    year, found.sudo(), more, foreseen.get(commune, 0)
                )
                lines[commune].append(line)
        return lines

    def _get_replacement_line(self, year, statements, agreed, foreseen):
        """:param statements: of the year, drafts included: they are expected, not yet due
        :param foreseen: euros that the convention foresees, expected elsewhere already"""
        issued = statements.filtered(lambda statement: statement.state in FROZEN)
        amount = float(sum(map(to_cents, issued.mapped("amount_total")), Decimal(0)))
        expected = sum(map(to_cents, statements.mapped("amount_total")), agreed["amount"])
        half_days = sum(issued.mapped("half_day_total"))
        return self._new_cost_line(
            code="replacement",
            offer=self.env._("Service of replacement"),
            period=issued._name_numbers(),
            unit=self.env._("half-day"),
            used=half_days,
            expected=sum(statements.mapped("half_day_total")) + agreed["half_days"],
            **dict.fromkeys(("forecast", "forecast_due"), float(max(expected - foreseen, 0))),
            **dict.fromkeys(("variable", "actual", "actual_due"), amount),
            unpriced=agreed["unpriced"],
            price=self.env._("At the tariffs of the statements, travel apart"),
            uses=[row for statement in issued for row in statement._prepare_use_rows()],
            by_unit_cost=UNIT_COST_BASIS in issued.agreement_id._get_replacement_bases(),
            opens=(issued._name, self._get_replacement_year_domain(year)),
        )

    def _get_replacement_year_domain(self, year):
        """Statements of these communes for a year; what cancels counts once it is issued."""
        domain = Domain("commune_id", "in", self.ids)
        domain &= Domain("kind", "=", "statement") | Domain("state", "in", FROZEN)
        domain &= Domain("date_end", ">=", f"{year}-01-01")
        return domain & Domain("date_end", "<=", f"{year}-12-31")

    def _get_replacement_statements(self, year):
        Statement = self.env["commune.replacement.statement"].sudo()
        domain = self._get_replacement_year_domain(year)
        return Statement.search(domain, order="date_end, name, id")


class Agreement(models.Model):
    _inherit = "agreement"

    def _get_replacement_bases(self):
        """Codes of the texts on which these conventions rest for the replacement service: that of
        its option, else that of the whole convention."""
        bases = self.env["commune.legal.basis"]
        for agreement in self.sudo():
            options = agreement.offer_ids.filtered("is_replacement")
            bases |= options.service_id.legal_basis_id or agreement.legal_basis_id
        return bases.mapped("code")


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    def _name_numbers(self):
        """“États liquidatifs : EL-2026-001, EL-2026-002”."""
        if not self:
            return self.env._("No statement yet")
        return self.env._("Statements: %s", ", ".join(self.mapped("name")))

    def _prepare_use_rows(self):
        """The statement as uses of the yearly statement: a row per tariff (units × price, whose
        half-days are counted), then what is added to them."""
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
                "quantity": sum(found.mapped("sign")),
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
