"""What the replacement service is expected to cost each commune in a year: billed, then agreed."""

from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from ....engine import billing


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    @api.model
    def _get_agreed(self, start, end, communes):
        """What was agreed for a period and is in no statement yet, as it would be billed: the
        hours that were written, else the half-days as planned. What is due without having been
        worked is known when it is billed. A constant number of queries.

        :return: {commune: dict(amount=Decimal, half_days=int, units={unit of its tariff: Decimal},
            unpriced=days without a tariff)}
        """
        works = self._get_agreed_works(start, end, communes)
        tariffs = self.env["commune.replacement.tariff"]._get_in_force(start, end)._to_engine()
        priced, found = [], {}
        for commune, work in works:
            kept = found.setdefault(
                commune, {"amount": Decimal(0), "half_days": 0, "units": {}, "unpriced": set()}
            )
            kept["half_days"] += 1
            try:
                billing.tariff_of(tariffs, work.day, work.category)
            except billing.NoTariff:
                kept["unpriced"].add(work.day)
            else:
                priced.append(work)
        owner = {work.key: commune for commune, work in works}
        before = {k: day["before"] for k, day in self._get_days(start, end, communes).items()}
        for charge in billing.bill(tariffs, priced, before):
            kept, unit = found[owner[charge.key]], charge.tariff.unit
            kept["amount"] += charge.total
            kept["units"][unit] = kept["units"].get(unit, Decimal(0)) + charge.quantity
        return {
            commune: {**kept, "unpriced": len(kept["unpriced"])} for commune, kept in found.items()
        }

    @api.model
    def _get_agreed_works(self, start, end, communes):
        """[(commune, half-day of the engine)] that no statement holds."""
        period = Domain("date", ">=", start) & Domain("date", "<=", end)
        period &= Domain("commune_id", "in", communes.ids)
        env = self.sudo().env  # hours and half-days of agents, of which only sums are shown
        Line = env["commune.replacement.timesheet.line"]
        names = ["mission_id", "employee_id", "commune_id", "date", "half_day", "hours"]
        written = Line.search_fetch(period, [*names, "km", "state"])
        billed = env["commune.replacement.statement.line"]
        billed = billed.search(period & Domain("is_live", "=", True)).timesheet_line_id
        left = written.filtered(lambda line: line.state != "dropped") - billed
        works = [(line.commune_id.sudo(False), self._to_work(line)) for line in left]
        Slot = env["commune.replacement.slot"]
        agreed = period & Domain("state", "=", "filled") & Domain("mission_id", "!=", False)
        slots = Slot.search_fetch(agreed, names[:-1], order="date, half_day, id")
        known = {(line.mission_id, line.date, line.half_day) for line in written}
        travelled = {(line.mission_id, line.date) for line in written if line.km}
        for slot in slots:
            for period in slot._get_periods():
                way = (slot.mission_id, slot.date)
                if (*way, period[0]) in known:
                    continue
                km = 0 if way in travelled else 2 * slot.mission_id.distance_km
                travelled.add(way)
                work = self._to_slot_work(slot, km=km, period=period)
                works.append((slot.commune_id.sudo(False), work))
        return works


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    @api.model
    def _get_replacement_forecasts(self, communes, year):
        """Yearly forecast of the replacement option of agreements.

        The matrix shows it in the column of the service.

        :return: ({commune: Decimal euros}, ids of the options)
        """
        found = self.sudo().search(
            self._get_year_domain(year)
            & Domain("offer_id.is_replacement", "=", True)
            & Domain("commune_id", "in", communes.ids)
        )
        costs, forecasts = found._get_costs(year), {}
        for line in found:
            commune = line.commune_id.sudo(False)
            forecasts.setdefault(commune, Decimal(0))
            forecasts[commune] += costs[line.id]["forecast"].total
        return forecasts, found.offer_id.ids
