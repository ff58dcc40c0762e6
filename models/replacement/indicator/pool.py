"""The pool and the missions: occupation, full-time posts, communes covered, early ends."""

from datetime import timedelta
from fractions import Fraction

from odoo import models
from odoo.fields import Domain

from ....engine.indicators import (
    LEAST_ANSWERS,
    Contract,
    Figure,
    available_hours,
    rate,
)
from ...core.collation import collate
from ..agent.hr_employee import COORDINATOR
from ..planning.engine_adapter import find_absences
from .figures import NOTHING, Row
from .fill import SLOT

MISSION = "commune.replacement.mission"
YEAR_HOURS = 1607  # law n° 2019-828, art. 47; décret n° 2000-815, art. 1


class CommuneReplacementFigures(models.AbstractModel):
    _inherit = "commune.replacement.figures"

    def _collect(self, period):
        return [
            *super()._collect(period),
            *self._collect_members(period),
            *self._collect_occupation(period),
            *self._collect_ends(period),
        ]

    def _collect_members(self, period):
        members = self.env.company._get_epci()._get_members()
        covered = members._get_replacement_agreements(period.end).commune_id
        domain = [("id", "in", sorted(covered.ids))]
        return [Row("members", rate(len(covered), len(members)), "res.partner", domain,
                    len(covered))]  # fmt: skip

    def _collect_occupation(self, period):
        """Mission hours of each agent, over the hours of the weeks in the pool, up to today."""
        today = self.env.company._get_today()
        last = min(period.end, today)
        domain = (
            Domain("state", "=", "filled")
            & Domain("date", ">=", str(period.start))
            & Domain("date", "<=", str(last))
        )
        worked, half_days = self._get_worked_hours(domain)
        offered = self._get_offered_hours(period.start, last)
        done = sum(worked.values(), Fraction(0))
        whole = Fraction(YEAR_HOURS) * ((last - period.start).days + 1) / 365
        posts = Figure(done / whole, done, whole) if whole > 0 else Figure(None)
        return [
            Row("full_time", posts, SLOT, list(domain), half_days),
            Row("occupation", rate(done, sum(offered.values())), SLOT, list(domain), half_days),
            *self._list_agents(worked, offered, domain),
        ]

    def _list_agents(self, worked, offered, domain):
        """A row by agent: for those who keep their files alone (see `screen.py`)."""
        slots = self.env[SLOT]
        counts = dict(slots._read_group(domain, ["employee_id"], ["__count"]))
        agents = sorted(offered.keys() | worked.keys(), key=lambda one: (collate(one.name), one.id))
        return [
            Row("agent_occupation", rate(worked.get(agent, 0), offered.get(agent, 0)), SLOT,
                list(domain & Domain("employee_id", "=", agent.id)), counts.get(agent, 0),
                str(agent.id), agent.name)
            for agent in agents
        ]  # fmt: skip

    def _get_worked_hours(self, domain):
        """({agent: hours}, half-days) of half-days that are filled."""
        hours, total = {}, 0
        names = ["employee_id", "half_day", "date:day"]
        groups = self.env[SLOT]._read_group(domain, names, ["__count"])
        get_hours = self._get_half_day_lengths()
        for agent, half, day, count in groups:
            hours[agent] = hours.get(agent, Fraction(0)) + count * get_hours(half, day)
            total += count
        return hours, total

    def _get_half_day_lengths(self):
        """Function that returns the hours of a half-day, by the rules in force on its date."""
        company, known = self.env.company, {}

        def get_hours(half, day):
            if (half, day) not in known:
                length = 0
                if company._knows_half_day_hours(half, day):
                    start, end = company._get_half_day_hours(half, day)
                    length = Fraction(round((end - start) * 60), 60)
                known[half, day] = length
            return known[half, day]

        return get_hours

    def _get_offered_hours(self, first, last):
        """{agent: hours of the week, without public holidays and leaves}."""
        if last < first:
            return {}
        agents = self.env["hr.employee"].with_context(active_test=False)
        agents = agents.search([("is_replacement_agent", "=", True)])
        absences = find_absences(agents, first, last)
        base = self.env.company._get_replacement_base()
        years, get_hours = range(first.year, last.year + 1), self._get_half_day_lengths()
        closed = {
            place: place._get_days_off(years) if place else ()
            for place in agents.base_commune_id | base
        }
        offered = {}
        for agent in agents:
            leaves = absences.get(agent.resource_id.id, ())
            contract = Contract(
                agent._get_week(),
                agent.agent_date_start or None,
                agent.agent_date_end or None,
                {half for leave in leaves for half in _expand(leave, first, last)},
            )
            off = closed.get(agent.base_commune_id or base, ())
            offered[agent] = available_hours(contract, first, last, off, get_hours)
        return {agent: hours for agent, hours in offered.items() if hours}

    def _collect_ends(self, period):
        """Missions that ended before their day, by whom."""
        domain = (
            Domain("date_end", ">=", str(period.start))
            & Domain("date_end", "<=", str(period.end))
            & Domain("state", "!=", "cancelled")
        )
        counts = dict(self.env[MISSION]._read_group(domain, ["ended_by"], ["__count"]))
        total = sum(counts.values())
        early = domain & Domain("ended_by", "!=", False)
        number = total - counts.get(False, 0)
        rows = [Row("early_end", rate(number, total), MISSION, list(early), number)]
        rows += self._collect_causes(early, total, period)
        return rows + [
            Row("early_end", rate(counts[side], total), MISSION,
                list(domain & Domain("ended_by", "=", side)), counts[side], side, label)
            for side, label in self._get_labels(MISSION, "ended_by").items()
            if counts.get(side)
        ]  # fmt: skip

    def _collect_causes(self, early, total, period):
        """By cause, when noted; one silent row for few of them. The list of a cause is for those
        who read it on the mission."""
        noted = early & Domain("end_cause", "!=", False)
        counts = dict(self.env[MISSION]._read_group(noted, ["end_cause"], ["__count"]))
        number, reads = sum(counts.values()), self.env.user.has_group(COORDINATOR)
        if not number:
            return []
        if number < LEAST_ANSWERS or not self._can_show_few_answers(period):
            return [Row("early_cause", Figure(None, hidden=True), MISSION, NOTHING)]
        return [
            Row("early_cause", rate(counts[cause], total), MISSION,
                list(noted & Domain("end_cause", "=", cause)) if reads else NOTHING,
                counts[cause] if reads else 0, cause, label)
            for cause, label in self._get_labels(MISSION, "end_cause").items()
            if counts.get(cause)
        ]  # fmt: skip

    def _can_show_few_answers(self, period):
        """Whether the current user may read results of this period that rest on few persons.

        Two periods that overlap, or the same year seen on two days, would reveal by their
        difference what one person answered: outside the coordination, users read whole calendar
        years that are over, and no two of these have a mission in common. `is_for_everyone`: what
        is written for others too, no matter who writes it.
        """
        start, end = period.start, period.end
        is_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        whole = is_year and start.year == end.year and end < self.env.company._get_today()
        is_for_everyone = self.env.context.get("is_for_everyone")
        return whole or (not is_for_everyone and self.env.user.has_group(COORDINATOR))


def _expand(leave, first, last):
    """(day, `am` or `pm`) of a leave within a period."""
    start, end = max(leave.first.date, first), min(leave.last.date, last)
    for rank in range((end - start).days + 1):
        day = start + timedelta(days=rank)
        for half in ("am", "pm"):
            if leave.first <= type(leave.first)(day, half) <= leave.last:
                yield day, half
