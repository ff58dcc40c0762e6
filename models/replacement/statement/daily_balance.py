"""Daily balance: half-days, sums and remainder that statements already hold."""

from odoo import api, models
from odoo.fields import Domain

from ....engine import billing
from .line import to_cents
from .statement import FROZEN


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    @api.model
    def _get_days(self, start, end, communes=None):
        """{(mission, day): {before, source}} of the days of a period that were billed.

        What cancels counts once it is issued: it takes away all that it names.
        """
        domain = Domain("date", ">=", start) & Domain("date", "<=", end)
        domain &= Domain("kind", "in", ("work", "balance"))
        domain &= Domain("statement_id.kind", "=", "statement") | Domain(
            "statement_id.state", "in", FROZEN
        )
        if communes:
            domain &= Domain("commune_id", "in", communes.ids)
        lines = self.env["commune.replacement.statement.line"].sudo().search(domain)
        tariffs = {tariff.key: tariff for tariff in lines.tariff_id._to_engine()}
        grouped = lines.grouped(lambda line: (line.mission_id.id, line.date))
        return {
            key: {"before": found._to_before(tariffs), "source": found._get_last()}
            for key, found in grouped.items()
        }

    @api.model
    def _to_balance(self, day, parts):
        """(half-day, its source, its charge) of a day that statements do not hold to the cent."""
        line = day["source"]
        work = self._to_work(line.timesheet_line_id)
        tariff = line.tariff_id._to_engine()[0]
        charge = billing.Charge(
            key=work.key,
            tariff=tariff,
            quantity=billing.ZERO,
            unit_price=to_cents(line.unit_price),
            work=billing.ZERO,
            minimum=parts.minimum,
            travel=parts.travel,
            fee=parts.fee,
        )
        return work, self._to_source(line.timesheet_line_id, "balance"), charge


class CommuneReplacementStatementLine(models.Model):
    _inherit = "commune.replacement.statement.line"

    def _get_last(self):
        """The half-day that identifies a balance: the last one of the day still billed."""
        return self.sorted(lambda line: (line.is_live, line.half_day, line.id))[-1:]

    def _to_before(self, tariffs):
        """The lines of one day as a value of the engine.

        :param tariffs: id -> tariff of the engine
        """
        standing = [
            billing.Half(
                line.half_day,
                tariffs[line.tariff_id.id],
                to_cents(line.work_amount),
                to_cents(line.travel_amount) if line.tariff_id.travel == "km" else billing.ZERO,
            )
            for line in self
            if line.kind == "work" and line.is_live
        ]
        billed = (
            billing.Parts(
                to_cents(line.minimum_amount),
                to_cents(line.travel_amount),
                to_cents(line.fee_amount),
            )
            for line in self
        )
        return billing.Before(standing, sum(billed, billing.Parts()))
