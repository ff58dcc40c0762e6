"""Every hard rule that a plan breaks, looked for without the solvers and without their state."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .hours import Clock, Day
from .messages import message
from .model import AM, Assignment, HalfDay, Plan, Problem, monday
from .rules import absence, concerns, stops


@dataclass(frozen=True)
class Violation:
    """A broken rule; `reason` is a French sentence. What does not apply is empty or None."""

    rule: str
    reason: str
    request: str = ""
    agent: str = ""
    half_day: HalfDay | None = None


def check(problem: Problem, plan: Plan | tuple[Assignment, ...]) -> list[Violation]:
    """The rules that the assignments break, in order of request then of agent.

    >>> from .example import AFTERNOON, MORNING, PROBLEM
    >>> check(PROBLEM, (Assignment("Brault", MORNING, "Bruno"),))
    []
    >>> twice = (Assignment("Aubry", MORNING, "Anne"), Assignment("Brault", MORNING, "Anne"))
    >>> {one.rule for one in check(PROBLEM, twice)}
    {'overlap'}
    """
    assignments = plan.assignments if isinstance(plan, Plan) else tuple(plan)
    return _Check(problem, assignments).run()


class _Check:
    def __init__(self, problem: Problem, assignments):
        self.problem = problem
        self.requests = {one.code: one for one in problem.requests}
        self.agents = {one.code: one for one in problem.agents}
        self.assignments = sorted(assignments, key=lambda o: (o.half_day, o.request, o.agent))
        self.found: list[Violation] = []

    def run(self) -> list[Violation]:
        known = []
        for one in self.assignments:
            if one.request not in self.requests:
                self._add("unknown_request", one)
            elif one.agent not in self.agents:
                self._add("unknown_agent", one)
            else:
                known.append(one)
        self._fitness(known)
        self._slots(known)
        self._places(known)
        for agent in sorted({one.agent for one in known}):
            self._hours(agent, [one for one in known if one.agent == agent])
        return self.found

    def _add(self, rule: str, one: Assignment, **params):
        text = message(rule, **params)
        self.found.append(Violation(rule, text, one.request, one.agent, one.half_day))

    def _fitness(self, known):
        """Rules on the agent, once for an agent of a request; then presence on each half-day."""
        for request, agent in dict.fromkeys((one.request, one.agent) for one in known):
            asked, person = self.requests[request], self.agents[agent]
            for stop in stops(asked, person, self.problem.limits):
                self.found.append(Violation(stop.rule, stop.reason, request, agent))
            if (request, agent) in self.problem.forbidden:
                self.found.append(Violation("declined", message("declined"), request, agent))
            only = self.problem.only.get(request)
            if only is not None and agent not in only:
                self.found.append(Violation("chosen", message("chosen"), request, agent))
        for one in known:
            rule = absence(self.agents[one.agent], one.half_day)
            if rule:
                self._add(rule, one)
            self._partial_exclusions(one)
        for request in dict.fromkeys(one.request for one in known):
            if not self.requests[request].agreement:
                self.found.append(Violation("agreement", message("agreement"), request))

    def _partial_exclusions(self, one: Assignment):
        asked, day = self.requests[one.request], one.half_day.date
        for exclusion in self.agents[one.agent].exclusions:
            if not (exclusion.start or exclusion.end) or not concerns(exclusion, asked):
                continue
            inside = (exclusion.start or day) <= day <= (exclusion.end or day)
            already = any(
                v.rule == "exclusion" and (v.request, v.agent) == (one.request, one.agent)
                for v in self.found
            )
            if inside and not already:
                self._add("exclusion", one, value=exclusion.reason or exclusion.commune)

    def _slots(self, known):
        """Half-days asked, filled once, of one set of days, by one agent if not splittable."""
        by_request = defaultdict(list)
        for one in known:
            by_request[one.request].append(one)
        for code, ones in by_request.items():
            request, seen = self.requests[code], set()
            for one in ones:
                if one.half_day not in request.all_slots:
                    self._add("not_asked", one)
                elif one.half_day in seen:
                    self._add("twice", one)
                seen.add(one.half_day)
            seen &= set(request.all_slots)
            if not any(seen <= set(variant) for variant in request.variants):
                self.found.append(Violation("variants", message("variants"), code))
            kept = request.at_most_asked(sorted(seen))
            if len(seen) > len(kept):
                text = message("too_many", value=len(seen), wanted=len(kept))
                self.found.append(Violation("too_many", text, code))
            team = sorted({one.agent for one in ones})
            if len(team) > 1 and not request.splittable:
                text = message("continuity", value=self.problem.label_all(team))
                self.found.append(Violation("continuity", text, code))

    def _places(self, known):
        """An agent is in one place at a time."""
        places = {}
        for one in known:
            other = places.setdefault((one.agent, one.half_day), one)
            if other is not one and other.request != one.request:
                self._add("overlap", one, value=self.problem.label(other.request))

    def _hours(self, agent: str, ones):
        """Hours of the days, of the weeks and of twelve weeks."""
        clock = Clock(self.problem.limits, self._distance)
        by_date = defaultdict(dict)
        starts = {}
        for one in ones:
            by_date[one.half_day.date].setdefault(one.half_day.half, self.requests[one.request])
            if one.half_day.half == AM or AM not in by_date[one.half_day.date]:
                starts.setdefault(one.half_day.date, one.start)
        days: dict[date, Day] = {}
        end: datetime | None = None
        for day in sorted(by_date):
            before = end if end and end.date() >= day - timedelta(days=1) else None
            halves = by_date[day]
            usual = clock.spans(day, halves)[0][0].time()
            days[day] = clock.day(day, halves, before, starts.get(day) or usual)
            end = days[day].end
            self.found += [self._violation(agent, t) for t in days[day].troubles]
        weeks = defaultdict(float)
        for day in days.values():
            weeks[monday(day.date)] += day.minutes
        troubles = [t for week in sorted(weeks) for t in clock.week_troubles(days, week)]
        span = self.problem.limits.longest_average
        firsts = {week - timedelta(weeks=n) for week in weeks for n in range(span)}
        troubles += clock.average_troubles(weeks, firsts)
        self.found += [self._violation(agent, trouble) for trouble in troubles]

    def _violation(self, agent: str, trouble) -> Violation:
        slot = HalfDay(trouble.date, AM)
        return Violation(trouble.rule, trouble.reason, "", agent, slot)

    def _distance(self, one: str, other: str, detour: float) -> float | None:
        first, second = self.requests[one], self.requests[other]
        if self.problem.distance is None:
            return None
        places = sorted([(first.commune, first.insee_code), (second.commune, second.insee_code)])
        return self.problem.distance(*places, detour)
