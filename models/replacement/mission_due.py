"""Half-days that a commune owes without work: late cancellation, notice of an early end."""

from datetime import UTC

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine import billing


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def _get_due_slots(self):
        """[(half-day, `cancellation` or `notice`)] that the commune owes without work."""
        due = []
        for mission in self:
            slots = mission._get_removed_slots()
            if not slots:
                continue
            tariff = mission._get_tariff(slots[0].date)
            moment = max(slots.mapped("cancelled_date"))
            if mission.state == "cancelled":
                planned = [(slot.start_datetime, slot) for slot in slots]
                found = billing.cancelled_half_days(
                    planned, moment, tariff.cancel_days, tariff.cancel_half_days
                )
                due += [(slot, "cancellation") for slot in found]
            else:
                zone = self.env.company._get_zone()
                day = fields.Datetime.to_datetime(moment).replace(tzinfo=UTC).astimezone(zone)
                planned = [(slot.date, slot) for slot in slots]
                found = billing.early_end_half_days(planned, day.date(), tariff.end_days)
                due += [(slot, "notice") for slot in found]
        return due

    def _get_removed_slots(self):
        """What the last version of the mission took away, in order."""
        self.ensure_one()
        version = self.amendment_ids.sorted("number")[-1:]
        kept = {tuple(day) for day in version.days or ()}
        removed = {tuple(day) for day in version.days_before or ()} - kept
        # A half-day that came back and was cancelled again is due once.
        gone = self.slot_ids.filtered(lambda s: s.state == "cancelled" and s.cancelled_date)
        last = {(str(slot.date), slot.half_day): slot for slot in gone.sorted("cancelled_date")}
        keys = sorted(removed & set(last))
        return self.env["commune.replacement.slot"].union(*(last[key] for key in keys))

    def _get_tariff(self, day):
        self.ensure_one()
        tariffs = self.env["commune.replacement.tariff"]._get_in_force(day, day)
        category = self.employee_id.sudo().category or ""
        try:
            found = billing.tariff_of(tariffs._to_engine(), day, category)
        except billing.NoTariff as error:
            raise UserError(tariffs._explain_missing(error)) from None
        return tariffs.browse(found.key)
