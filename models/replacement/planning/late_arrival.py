"""The hour at which an agent arrives when the rest after an evening, or the length of a day, puts
it off: written on the half-day, where calendars, orders of mission and hours read it."""

from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ....engine.staffing import Board, with_arrivals
from ....engine.staffing.agent_schedule import is_rest_short
from ..slot.slot import LIVE
from ..week_grid import EVENING
from .engine_adapter import build_held, half_day, request_code


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _give_to(self, agent, proposal=None):
        result = super()._give_to(agent, proposal)
        self._refresh_arrivals(agent)
        return result

    def _release(self):
        slots = self.sudo()  # nobody types who comes, nor when
        agents = slots.filtered(lambda s: s.state in LIVE).employee_id
        result = super()._release()
        slots.filtered("arrival_hour").arrival_hour = False
        self._refresh_arrivals(agents)
        return result

    def _cancel(self, by):
        agents = self.sudo().filtered(lambda s: s.state in LIVE).employee_id
        result = super()._cancel(by)
        self._refresh_arrivals(agents)
        return result

    def _refresh_arrivals(self, agents):
        """Write the arrivals of these agents on the days of these half-days, and on those after."""
        days = self.mapped("date")
        if not agents or not days:
            return
        changed = {}
        for slot, hour in self._find_arrivals(agents.sudo(), min(days), max(days)).items():
            if abs(slot.arrival_hour - hour) > 1 / 120:
                changed[hour] = changed.get(hour, slot.browse()) | slot
        for hour, slots in changed.items():
            slots.arrival_hour = hour

    def _find_arrivals(self, agents, first, last):
        """{half-day: hour of an arrival that is put off, 0 for the usual one} from the first day
        to the day after the last one; empty when nothing puts an arrival off."""
        one_day = timedelta(days=1)
        domain = (
            Domain("employee_id", "in", agents.ids)
            & Domain("state", "in", LIVE)
            & Domain("date", ">=", first - one_day)
            & Domain("date", "<=", last + one_day)
        )
        slots = self.sudo().search(domain)
        limits = self.env["commune.work.rule"]._get_limits(self.env.company, first, last)
        is_short = any(map(is_rest_short, limits.periods))
        put_off = (*slots.mapped("arrival_hour"), *slots.request_id.mapped("evening_end"))
        if not is_short and not any(put_off):
            return {}
        problem = build_held(slots, agents, limits)
        codes = {(request_code(s.request_id), half_day(s)): s for s in slots if s.date >= first}
        found = dict.fromkeys(codes.values(), 0)
        for one in with_arrivals(Board(problem), problem.locked):
            if one.start and (one.request, one.half_day) in codes:
                found[codes[one.request, one.half_day]] = one.start.hour + one.start.minute / 60
        return found

    def _get_evening_hours(self):
        """(start, end) of the evening duty that follows, worked by who holds the last half-day of
        the day; empty otherwise."""
        request = self.request_id
        if not request.evening_end or request.evening_date != self.date:
            return ()
        same_day = request.slot_ids.filtered(lambda s: s.date == self.date)
        halves = same_day.filtered(lambda s: s.state in ("open", *LIVE)).mapped("half_day")
        if self.half_day != max(halves, default=self.half_day):
            return ()
        return (request.evening_start or 18, request.evening_end)

    def _get_periods(self):
        """[(half-day or evening, start, end)] that anyone who holds this half-day works: what is
        estimated, written, agreed and billed. An evening that overlaps counts from its end on."""
        self.ensure_one()
        start, stop = self._get_hours()
        periods = [(self.half_day, start, stop)]
        for evening in filter(None, [self._get_evening_hours()]):
            periods.append((EVENING, max(evening[0], stop), evening[1]))
        return [period for period in periods if period[1] < period[2]]


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _refresh_held_arrivals(self, vals):
        held = self.slot_ids.filtered(lambda s: s.state in LIVE)
        held._refresh_arrivals(held.employee_id)
