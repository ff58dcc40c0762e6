"""Half-days that a commune owes without work: late cancellation, notice of an early end.

Hours and a compensation for the same half-day exclude each other, whichever comes first.
"""

from datetime import UTC

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine import billing
from ..week_grid import EVENING


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def _get_due_slots(self):
        """[(half-day, `cancellation` or `notice`)] that the commune owes without work."""
        due = []
        self.amendment_ids.fetch(["number", "days", "days_before"])  # of all missions, together
        removed = {mission: mission._get_removed_slots() for mission in self}
        slots = self.env["commune.replacement.slot"].union(*removed.values())
        worked = {line._get_half_day_key() for line in slots._get_hours_lines()}
        days = slots.mapped("date")
        tariffs = self.env["commune.replacement.tariff"]
        tariffs = tariffs._get_in_force(min(days), max(days)) if days else tariffs
        for mission, found in removed.items():
            due += mission._find_due_slots(
                found.filtered(lambda slot: slot._get_half_day_key() not in worked), tariffs
            )
        return due

    def _find_due_slots(self, removed, tariffs):
        """The same, of one mission. What ends a mission that has begun is an early end; the rest is
        a cancellation, whatever the screen: a tariff has a rule for each."""
        live = self._get_live_slots().mapped("start_datetime")
        due = []
        for tariff, slots in removed.grouped(lambda s: self._get_tariff(tariffs, s.date)).items():
            ending = slots.filtered(
                lambda s: live and min(live) <= s.cancelled_date and s.start_datetime > max(live)
            )
            found = billing.early_end_half_days(ending._to_removed(), tariff.end_days)
            due += [(slot, billing.NOTICE) for slot in found]
            found = billing.cancelled_half_days(
                (slots - ending)._to_removed(), tariff.cancel_days, tariff.cancel_half_days
            )
            due += [(slot, billing.CANCELLED) for slot in found]
        return due

    def _get_removed_slots(self):
        """What the commune took away, from the first version to the last one, in order."""
        self.ensure_one()
        versions = self.amendment_ids.sorted("number")
        removed = billing.taken_away(
            (map(tuple, version.days_before or ()), map(tuple, version.days or ()))
            for version in versions
        )
        # A half-day that came back and was cancelled again is due once.
        gone = self.slot_ids.filtered(lambda s: s.state == "cancelled" and s.cancelled_date)
        last = {(str(slot.date), slot.half_day): slot for slot in gone.sorted("cancelled_date")}
        keys = sorted(removed & set(last))
        slots = self.env["commune.replacement.slot"].union(*(last[key] for key in keys))
        return slots.filtered(lambda slot: slot.cancelled_by == "commune")

    def _get_tariff(self, tariffs, day):
        """:param tariffs: those among which the one of the day is"""
        self.ensure_one()
        category = self.employee_id.sudo()._get_rate(day).category
        try:
            found = billing.tariff_of(tariffs._to_engine(), day, category)
        except billing.NoTariff as error:
            raise UserError(tariffs._explain_missing(error)) from None
        return tariffs.browse(found.key)


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _cancel(self, by):
        self.filtered(lambda slot: slot.state != "cancelled")._check_no_hours()
        return super()._cancel(by)

    def _check_no_hours(self):
        """:raise UserError: a half-day has hours: it was worked, or they are removed first"""
        for line in self._get_hours_lines()[:1]:
            raise UserError(
                self.env._(
                    "%(half_day)s has hours (%(times)s): a half-day that was worked is not"
                    " cancelled. If it was not worked, the agent removes its hours first, or they"
                    " are left out once the commune contests them.",
                    half_day=line._format_half_day(),
                    times=line._format_times(),
                )
            )

    def _get_hours_lines(self):
        """Hours of these half-days, as superuser, but for those that are left out."""
        self = self.sudo()
        agreed = self.filtered("mission_id")
        lines = self.env["commune.replacement.timesheet.line"]
        if not agreed:
            return lines
        keys = {slot._get_half_day_key() for slot in agreed}
        evenings = agreed.filtered(lambda slot: slot._get_evening_hours())
        keys |= {(slot.mission_id.id, slot.date, EVENING) for slot in evenings}
        domain = Domain("mission_id", "in", agreed.mission_id.ids)
        domain &= Domain("date", "in", agreed.mapped("date")) & Domain("state", "!=", "dropped")
        return lines.search(domain).filtered(lambda line: line._get_half_day_key() in keys)

    def _get_half_day_key(self):
        self.ensure_one()
        return (self.mission_id.id, self.date, self.half_day)

    def _to_removed(self):
        zone = self.env.company._get_zone()

        def to_local(moment):
            return fields.Datetime.to_datetime(moment).replace(tzinfo=UTC).astimezone(zone)

        return [
            billing.Removed(slot, to_local(slot.start_datetime), to_local(slot.cancelled_date))
            for slot in self
        ]
