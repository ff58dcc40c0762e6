"""Cost and price of an hour, and unpaid amounts."""

from fractions import Fraction

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.indicators import Figure, rate
from ..statement.statement import FROZEN
from .figures import Row

LINE, STATEMENT = "commune.replacement.statement.line", "commune.replacement.statement"
# Hours billed, what they cost and what was asked for them; a cancelling line takes away.
HOURS = """
    SELECT hours.employee_id, line.date, SUM(line.sign * hours.hours)::text,
           SUM(line.amount - line.travel_amount)::text, COUNT(*)
      FROM commune_replacement_statement_line line
      JOIN commune_replacement_statement statement ON statement.id = line.statement_id
      JOIN commune_replacement_timesheet_line hours ON hours.id = line.timesheet_line_id
     WHERE statement.state IN %s AND line.date BETWEEN %s AND %s
  GROUP BY hours.employee_id, line.date
"""


class CommuneReplacementFigures(models.AbstractModel):
    _inherit = "commune.replacement.figures"

    def _collect(self, period):
        return [
            *super()._collect(period),
            *self._collect_hours(period),
            *self._collect_statements(period),
        ]

    def _collect_hours(self, period):
        """Full cost of the hours billed, as it was on their day, beside what they were billed."""
        self.env.flush_all()
        found = self.env.execute_query(SQL(HOURS, FROZEN, period.start, period.end))
        agents = self.env["hr.employee"].browse([row[0] for row in found])
        costs = {agent.id: agent._get_rate for agent in agents}
        hours = cost = billed = Fraction(0)
        count, known = 0, set()
        for agent_id, day, done, amount, lines in found:
            if hourly := costs[agent_id](day).hourly_cost:
                hours += Fraction(done)
                cost += Fraction(done) * Fraction(hourly)
                billed += Fraction(amount)
                count += lines
                known.add(agent_id)
        domain = list(
            Domain("statement_id.state", "in", FROZEN)
            & Domain("date", ">=", str(period.start))
            & Domain("date", "<=", str(period.end))
            & Domain("timesheet_line_id.employee_id", "in", sorted(known))
        )
        return [
            Row("unit_cost", rate(cost, hours), LINE, domain, count),
            Row("tariff", rate(billed, hours), LINE, domain, count),
            Row("recovery", rate(billed, cost), LINE, domain, count),
        ]

    def _collect_statements(self, period):
        """Billed, and not paid yet: a statement and what cancels it are nothing to pay."""
        ended = Domain("date_end", ">=", str(period.start)) & Domain(
            "date_end", "<=", str(period.end)
        )
        issued = ended & Domain("state", "in", FROZEN)
        waiting = (
            ended
            & Domain("state", "=", "issued")
            & Domain("kind", "=", "statement")
            & Domain("cancelled_by_ids", "not any", [("state", "in", FROZEN)])
        )
        rows = []
        for code, domain in (("billed", issued), ("unpaid", waiting)):
            statements = self.env[STATEMENT]
            ((count, total),) = statements._read_group(domain, [], ["__count", "amount_total:sum"])
            figure = Figure(Fraction(str(round(total or 0, 2))))
            rows.append(Row(code, figure, STATEMENT, list(domain), count))
        return rows
