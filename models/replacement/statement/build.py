"""From validated hours to draft statements: three batched reads, the engine, one write."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine import billing
from ...core.collation import collate_place
from .line import to_cents


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    @api.model
    def _prepare_statements(self, start, end, communes=None):
        """Draft statements of a period, one per commune that owes something.

        :raise UserError: when hours have no tariff, or an agent no cost
        """
        by_commune = self._collect_due(start, end, communes)
        agreements = self._find_agreements(by_commune)
        statements = self.create(
            [
                {
                    "commune_id": commune.id,
                    "agreement_id": agreements[commune].id,
                    "date_start": start,
                    "date_end": end,
                }
                for commune in sorted(by_commune, key=lambda place: collate_place(place.name))
            ]
        )
        statements._create_lines(by_commune)
        return statements

    @api.model
    def _find_agreements(self, by_commune):
        """{commune: agreement that covers the first billed day}.

        That of its mission when none covers it any more, as for an agreement ended since."""
        first = {
            commune: min(items, key=lambda item: item[0].day)
            for commune, items in by_commune.items()
        }
        communes = self.env["res.partner"].union(*by_commune)
        found = communes._get_agreements_of_days({item[0].day for item in first.values()})
        return {
            commune: found[item[0].day].filtered(lambda a, c=commune: a.commune_id == c)[:1]
            or item[1]["mission"].sudo().agreement_id
            for commune, item in first.items()
        }

    def _create_lines(self, by_commune):
        self.env["commune.replacement.statement.line"].sudo().create(
            [
                self._prepare_line(statement, *item)
                for statement in self
                for item in by_commune.get(statement.commune_id, ())
            ]
        )

    @api.model
    def _collect_due(self, start, end, communes=None):
        """{commune: [(half-day, its source, its charge)]} of what a period owes still: half-days
        that are not billed, and days that statements before do not hold to the cent."""
        found = self._get_works(start, end, communes)
        days = self._get_days(start, end, communes)
        before = {key: day["before"] for key, day in days.items()}
        charged = self._charge(start, end, [work for work, _source in found], before)
        items = [(work, source, charged[work.key]) for work, source in found]
        worked = {
            (work.mission, work.day) for work, _source in found if work.kind == billing.WORKED
        }
        items += [
            self._to_balance(day, parts)
            for key, day in days.items()
            if key not in worked and (parts := billing.balance(day["before"]))
        ]
        by_commune = {}
        for item in items:
            by_commune.setdefault(item[1]["commune"], []).append(item)
        return by_commune

    def action_refresh(self):
        """Take the hours validated since: the lines of a draft are made again."""
        self.check_access("write")
        self._expect("draft")
        for statement in self.sudo():
            if statement.kind == "cancelling":
                raise UserError(self.env._("A cancelling statement is not made again."))
            statement._refresh_lines()

    def _refresh_lines(self):
        self.ensure_one()
        self.line_ids.unlink()
        self.env.flush_all()
        self._create_lines(self._collect_due(self.date_start, self.date_end, self.commune_id))

    def _get_line_amounts(self):
        """{half-day: (price, amount) of its line}"""
        return {
            (line.kind, line.timesheet_line_id.id, line.slot_id.id): (
                line.tariff_id.id,
                *(to_cents(line[name]) for name in ("quantity", "unit_price", "amount")),
            )
            for line in self.line_ids
        }

    def _is_outdated(self):
        """Whether a half-day of this statement is no longer due, or not at this price: a tariff, a
        category, a cost or another statement of its day changed since it was made."""
        self.ensure_one()
        if self.kind == "cancelling":
            return False
        shown = self._get_line_amounts()
        with self.env.cr.savepoint() as savepoint:
            self._refresh_lines()
            found = self._get_line_amounts()
            savepoint.rollback()
        self.env.invalidate_all()
        return any(found.get(key) != amounts for key, amounts in shown.items())

    def _return_to_draft(self):
        """Make a statement that is outdated again: it is a draft, and its followers read why."""
        self.ensure_one()
        before = self.amount_total
        self._refresh_lines()
        self.state = "draft"
        format_euros = self.env["commune.replacement.tariff"]._format_euros
        sentence = self.env._(
            "Not issued: what is due changed since this statement was made. It was %(before)s, it"
            " is now %(after)s. Read its lines again, then check it and issue it.",
            before=format_euros(before),
            after=format_euros(self.amount_total),
        )
        self.message_post(body=sentence)
        return f"{self.display_name}: {sentence}"

    @api.model
    def _get_works(self, start, end, communes=None):
        """[(half-day for the engine, where it comes from)] not billed yet."""
        lines = self._get_billable_lines(start, end, communes)
        works = [(self._to_work(line), self._to_source(line)) for line in lines]
        for slot, kind in self._get_due_slots(start, end, communes):
            works.append((self._to_slot_work(slot, kind), self._to_source(slot, kind)))
        for work, source in works:
            self._check_cost(work, source)
        return works

    @api.model
    def _get_billable_domain(self, start, end, communes=None):
        """Lines of hours agreed by the commune and checked, not billed yet."""
        domain = (
            Domain("date", ">=", start)
            & Domain("date", "<=", end)
            & Domain("state", "=", "validated")
            & Domain("is_checked", "=", True)
            & Domain("statement_line_ids", "not any", [("is_live", "=", True)])
        )
        if communes:
            domain &= Domain("commune_id", "in", communes.ids)
        return domain

    @api.model
    def _get_billable_lines(self, start, end, communes=None):
        domain = self._get_billable_domain(start, end, communes)
        return self.env["commune.replacement.timesheet.line"].sudo().search(domain)

    @api.model
    def _get_due_slots(self, start, end, communes=None):
        """[(half-day not worked, why it is due)] of the period, not billed yet."""
        removed = Domain("state", "=", "cancelled") & Domain("cancelled_by", "=", "commune")
        removed &= Domain("date", ">=", start) & Domain("date", "<=", end)
        domain = Domain("slot_ids", "any", removed)
        if communes:
            domain &= Domain("commune_id", "in", communes.ids)
        env = self.sudo().env  # agents of the pool are not readable by all who bill
        due = env["commune.replacement.mission"].search(domain)._get_due_slots()
        slots = self.env["commune.replacement.slot"].union(*(slot for slot, _kind in due))
        billed = env["commune.replacement.statement.line"]
        taken = billed.search([("slot_id", "in", slots.ids), ("is_live", "=", True)]).slot_id
        return [
            (slot, kind) for slot, kind in due if slot not in taken and start <= slot.date <= end
        ]

    @api.model
    def _to_work(self, line):
        rate = line.employee_id._get_rate(line.date)
        return billing.Work(
            key=("hours", line.id),
            mission=line.mission_id.id,
            day=line.date,
            half_day=line.half_day,
            hours=to_cents(line.hours),
            km=Decimal(f"{line.km:.1f}"),
            category=rate.category,
            hourly_cost=rate.hourly_cost,
        )

    @api.model
    def _to_slot_work(self, slot, kind="work", km=0, period=None):
        """A half-day as it was agreed, worked or not.

        :param km: kilometres of the day, for its first half-day
        :param period: one of its periods, when the evening after it counts too
        """
        half_day, start, stop = period or (slot.half_day, *slot._get_hours())
        rate = slot.employee_id._get_rate(slot.date)
        return billing.Work(
            key=("slot", slot.id, half_day),
            mission=slot.mission_id.id,
            day=slot.date,
            half_day=half_day,
            hours=to_cents(stop - start),
            km=Decimal(km),
            category=rate.category,
            hourly_cost=rate.hourly_cost,
            kind=kind,
        )

    @api.model
    def _to_source(self, record, kind="work"):
        return {
            "record": record,
            "kind": kind,
            "mission": record.mission_id,
            "commune": record.commune_id.sudo(False),
        }

    @api.model
    def _check_cost(self, work, source):
        """A salary cost of nothing is a figure that was not typed."""
        if work.hourly_cost:
            return
        tariffs = self.env["commune.replacement.tariff"]._get_in_force(work.day, work.day)
        if tariffs.filtered(lambda t: t.unit == "cost" and t.category in (False, work.category)):
            raise UserError(
                self.env._(
                    "Type the full cost of an hour of %s in the sheet of the agent first.",
                    source["record"].employee_id.name,
                )
            )

    @api.model
    def _charge(self, start, end, works, before):
        """{key of the half-day: its charge}."""
        tariffs = self.env["commune.replacement.tariff"]._get_in_force(start, end)
        try:
            charges = billing.bill(tariffs._to_engine(), works, before)
        except billing.NoTariff as error:
            raise UserError(tariffs._explain_missing(error)) from None
        return {charge.key: charge for charge in charges}

    @api.model
    def _prepare_line(self, statement, work, source, charge):
        record = source["record"]
        hours = record._name == "commune.replacement.timesheet.line"
        balance = source["kind"] == "balance"
        return {
            "statement_id": statement.id,
            "kind": source["kind"],
            "mission_id": source["mission"].id,
            "timesheet_line_id": record.id if hours else False,
            "slot_id": False if hours else record.id,
            "tariff_id": charge.tariff.key,
            "date": work.day,
            "half_day": work.half_day,
            "unit": charge.tariff.unit,
            "quantity": float(charge.quantity),
            "km": 0 if balance else float(work.km),
            "unit_price": float(charge.unit_price),
            "work_amount": float(charge.work),
            "minimum_amount": float(charge.minimum),
            "travel_amount": float(charge.travel),
            "fee_amount": float(charge.fee),
            "amount": float(charge.total),
            "sign": 0 if balance else 1,
            "is_live": not balance,
        }
