"""Changing a mission: other days, a longer or a shorter period, the end. Always a new version."""

from odoo import models
from odoo.exceptions import UserError

from ....engine.staffing import Pattern, half_days
from .mission import LIVE as LIVE_MISSIONS


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def _amend(self, week, day, until, reason, by=False):
        """From a day on, work the half-days of this week, until a date.

        Half-days before the day of effect are never touched.

        :param week: set of (weekday, half-day)
        :param by: at whose wish; what the commune takes away late is due, and nothing is while
            nobody knows (decision 032)
        :return: the new version
        """
        self.ensure_one()
        self.check_access("write")
        self._check_live()
        wanted = self._get_wanted(week, day, until)
        before, last = self._get_days(), self.date_end
        kept = self._get_live_slots()
        is_longer = until > last and week == self._get_week_of(kept)
        later = kept.filtered(lambda s: s.date >= day)
        later.filtered(lambda s: (s.date, s.half_day) not in wanted)._cancel(by)
        self._add_days(sorted(wanted - {(s.date, s.half_day) for s in later}))
        if until > self.request_id.date_end:
            self.request_id.date_end = until
        self.request_id._refresh_state()
        return self._open_version("extension" if is_longer else "days", day, reason, before)

    def _change_one(self, slot, new, by, reason):
        """One half-day of a recurring mission moves or is cancelled; the others stay.

        :param new: (date, half-day), or None to cancel
        :return: the new version
        """
        self.ensure_one()
        self.check_access("write")
        self._check_live()
        if slot not in self._get_live_slots():
            raise UserError(self.env._("This half-day is not one of the mission."))
        before = self._get_days()
        slot._cancel(by)
        slot.flush_recordset()
        if new:
            self._add_days([new])
        version = self._open_version(self._get_change_kind(), slot.date, reason, before)
        self._end_without_half_days(by, reason)
        self.request_id._refresh_state()
        return version

    def _get_change_kind(self):
        """Of a version that takes half-days away: all of them, or some."""
        if self._get_live_slots():
            return "days"
        return "early_end" if self.state == "running" else "cancellation"

    def _end_without_half_days(self, by, reason):
        """A mission of which no half-day is left is over; what is due follows the same tariff as
        when it is cancelled, or ended early, as a whole."""
        if self._get_live_slots():
            return
        state = "ended_early" if self.state == "running" else "cancelled"
        self._set({"state": state, "ended_by": by, "end_reason": reason})

    def _get_wanted(self, week, day, until):
        if until < day:
            raise UserError(self.env._("The mission would end before the change."))
        pattern = Pattern(frozenset(week))
        wanted = set(half_days(pattern, day, until, self.commune_id._get_closed_days))
        if not wanted:
            raise UserError(self.env._("No half-day is left: end the mission instead."))
        return wanted

    def _get_week_of(self, slots):
        return {(slot.date.weekday(), slot.half_day) for slot in slots}

    def _get_live_slots(self):
        return self.slot_ids.filtered(lambda s: s.state == "filled")

    def _add_days(self, days):
        """More half-days for the same agent: every rule is run again before."""
        self.ensure_one()
        if not days:
            return
        slots = self.env["commune.replacement.slot"]._create_checked(
            [
                {
                    "request_id": self.request_id.id,
                    "date": day,
                    "half_day": half,
                    "origin": "single",
                }
                for day, half in days
            ]
        )
        slots._check_open_day()
        self.request_id._check_agent(self.employee_id, slots)
        slots._give_to(self.employee_id, self.proposal_id)
        slots.sudo().write({"state": "filled", "mission_id": self.id})

    def _end_early(self, last_day, by, reason, cause=False):
        """End the mission after a day: cancel later half-days, and record who asked for it.

        :param cause: one of `END_CAUSES`, when it is known
        """
        self.ensure_one()
        self.check_access("write")
        self._check_live()
        before = self._get_days()
        self._get_live_slots().filtered(lambda s: s.date > last_day)._cancel(by)
        version = self._open_version("early_end", last_day, reason, before)
        self._set(
            {"state": "ended_early", "ended_by": by, "end_reason": reason, "end_cause": cause}
        )
        self.request_id._refresh_state()
        return version

    def _cancel(self, by, reason):
        """Cancel the mission before it starts; late cancellations are billed by their date."""
        self.ensure_one()
        self.check_access("write")
        self._check_live()
        if self.state == "running":
            raise UserError(self.env._("The mission has started: end it early instead."))
        before = self._get_days()
        self._get_live_slots()._cancel(by)
        version = self._open_version("cancellation", self.env.company._get_today(), reason, before)
        self._set({"state": "cancelled", "ended_by": by, "end_reason": reason})
        self.request_id._refresh_state()
        return version

    def _check_live(self):
        if self.state not in LIVE_MISSIONS:
            raise UserError(self.env._("%s is over: it cannot be changed.", self.name))
