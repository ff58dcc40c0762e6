"""What the replacement service billed in a year, in the yearly statement of a commune.

The statements of the replacement service stay the papers that are paid; the yearly statement of the
services recalls their numbers and amounts, so that nothing of the year is missing from it.
"""

from odoo import models
from odoo.fields import Domain

from ...services.subscription.year import UNIT_COST_BASIS
from .statement import FROZEN


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_other_cost_lines(self, year):
        """One line for the statements issued for a year, those that cancel included."""
        lines = super()._get_other_cost_lines(year)
        statements = self._get_replacement_statements(year)
        if not statements:
            return lines
        amount = round(sum(statements.mapped("amount_total")), 2)
        numbers = ", ".join(statements.mapped("name"))
        values = {
            "offer": self.env._("Service of replacement"),
            "period": self.env._("Statements: %s", numbers),
            "unit": self.env._("half-day"),
            "used": sum(statements.mapped("half_day_total")),
            **dict.fromkeys(("variable", "actual", "actual_due"), amount),
            "uses": [statement._prepare_use_row() for statement in statements],
            "by_unit_cost": UNIT_COST_BASIS in statements.agreement_id._get_replacement_bases(),
        }
        return [*lines, self._new_cost_line(**values)]

    def _get_replacement_statements(self, year):
        Statement = self.env["commune.replacement.statement"].sudo()
        domain = Domain("commune_id", "in", self.ids) & Domain("state", "in", FROZEN)
        domain &= Domain("date_end", ">=", f"{year}-01-01")
        domain &= Domain("date_end", "<=", f"{year}-12-31")
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

    def _prepare_use_row(self):
        """The statement as a use of the yearly statement: its day, its number, its amount."""
        self.ensure_one()
        day = self.env.company._format_document_date
        return {
            "date": self.date_end,
            "object": self.env._(
                "Statement %(number)s, from %(start)s until %(end)s",
                number=self.name,
                start=day(self.date_start),
                end=day(self.date_end),
            ),
            "quantity": self.half_day_total,
            "amount": self.amount_total,
        }
