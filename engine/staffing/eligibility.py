"""Eligibility of agents, computed once for a problem for the solvers and the explanations."""

from collections import Counter
from functools import cached_property

from .messages import message
from .model import Agent, HalfDay, Problem, Request
from .rules import Stop, absence, concerns, stops


class Board:
    """A problem with what follows from it, solver or not."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self.requests: dict[str, Request] = {one.code: one for one in problem.requests}
        self.agents: dict[str, Agent] = {one.code: one for one in problem.agents}
        self._absence: dict[tuple[str, HalfDay], str] = {}
        self._distance: dict[tuple[frozenset, float], float | None] = {}

    @cached_property
    def stops(self) -> dict[str, dict[str, tuple[Stop, ...]]]:
        """request -> agent -> rules that stop the agent, the same on all days."""
        limits = self.problem.limits
        return {
            code: {
                agent.code: stops(request, agent, limits) + self._choice(code, agent.code)
                for agent in self.problem.agents
            }
            for code, request in self.requests.items()
        }

    def _choice(self, request: str, agent: str) -> tuple[Stop, ...]:
        """Decision of a person about an agent for a request."""
        if (request, agent) in self.problem.forbidden:
            return (Stop("declined", message("declined")),)
        only = self.problem.only.get(request)
        if only is not None and agent not in only:
            return (Stop("chosen", message("chosen")),)
        return ()

    @cached_property
    def eligible(self) -> dict[str, list[str]]:
        """request -> agents that no rule stops, in the order of the agents."""
        return {
            request: [agent for agent, found in by_agent.items() if not found]
            for request, by_agent in self.stops.items()
        }

    def absence(self, agent: str, slot: HalfDay) -> str:
        """`contract`, `off`, `absent`, or empty when the agent works on this half-day."""
        key = (agent, slot)
        if key not in self._absence:
            self._absence[key] = absence(self.agents[agent], slot)
        return self._absence[key]

    def obstacle(self, request: str, agent: str, slot: HalfDay) -> str:
        """Why an eligible agent cannot take a half-day, other missions left aside; or empty."""
        found = self.absence(agent, slot)
        if found:
            return found
        for one in self.agents[agent].exclusions:
            if concerns(one, self.requests[request]):
                if (one.start or slot.date) <= slot.date <= (one.end or slot.date):
                    return "exclusion"
        return ""

    @cached_property
    def possible(self) -> dict[tuple[str, HalfDay], list[str]]:
        """(request, half-day) -> eligible agents who are there; the requests with an agreement."""
        return {
            (code, slot): [
                agent for agent in self.eligible[code] if not self.obstacle(code, agent, slot)
            ]
            for code, request in self.requests.items()
            if request.agreement
            for slot in request.all_slots
        }

    @cached_property
    def possible_on(self) -> dict[HalfDay, list[tuple[str, list[str]]]]:
        """Half-day -> requests that asked for it, each with the agents of `possible`."""
        found: dict[HalfDay, list[tuple[str, list[str]]]] = {}
        for code, request in self.requests.items():
            for slot in dict.fromkeys(request.slots) if request.agreement else ():
                found.setdefault(slot, []).append((code, self.possible[code, slot]))
        return found

    @cached_property
    def requested(self) -> int:
        """Half-days asked."""
        return sum(len(request.slots) for request in self.problem.requests)

    @cached_property
    def bound(self) -> int:
        """Half-days that no plan exceeds: each request as if it were alone."""
        return sum(map(self._bound_of, self.problem.requests))

    @cached_property
    def _held(self) -> Counter:
        """Request -> half-days that are locked."""
        return Counter(one.request for one in self.problem.locked)

    @cached_property
    def held_by(self) -> dict[str, set[HalfDay]]:
        """Agent -> half-days that are locked."""
        found: dict[str, set[HalfDay]] = {}
        for one in self.problem.locked:
            found.setdefault(one.agent, set()).add(one.half_day)
        return found

    def _bound_of(self, request: Request) -> int:
        locked = self._held[request.code]
        if not request.agreement:
            return locked
        best = 0
        for slots in request.variants:
            found = [(slot, self.possible[request.code, slot]) for slot in slots]
            teams = [[slot for slot, agents in found if agents]]
            if not request.splittable:
                eligible = self.eligible[request.code]
                teams = [[slot for slot, agents in found if one in agents] for one in eligible]
            best = max(best, *(len(request.at_most_asked(team)) for team in teams), 0)
        return max(locked, min(best, len(request.slots)))

    def distance(self, one: str, other: str, detour: float) -> float | None:
        """Kilometres by road between the communes of two requests, with the detour of a day."""
        if self.problem.distance is None:
            return None
        first, second = self.requests[one], self.requests[other]
        places = frozenset(((first.commune, first.insee_code), (second.commune, second.insee_code)))
        if len(places) == 1:
            return 0.0
        if (places, detour) not in self._distance:
            self._distance[places, detour] = self.problem.distance(*sorted(places), detour)
        return self._distance[places, detour]

    def home_distance(self, code: str, agent: str) -> float | None:
        """Kilometres one way from the agent's home to a request.

        With the detour of the first day when the home is known, else the distance of the request.
        """
        request, person, distance = self.requests[code], self.agents[agent], self.problem.distance
        if not (distance and person.home and request.commune):
            return request.km
        home, place = (person.home, person.home_code), (request.commune, request.insee_code)
        limits, first = self.problem.limits, request.all_slots[:1]
        detour = (limits.on(first[0].date) if first else limits).detour
        if (home, place, detour) not in self._distance:
            self._distance[home, place, detour] = distance(home, place, detour)
        found = self._distance[home, place, detour]
        return request.km if found is None else found

    @cached_property
    def by_arrival(self) -> list[Request]:
        """Requests in order of arrival; those without a date keep their place behind."""

        def key(pair):
            index, request = pair
            return (request.received is None, request.received or 0, index)

        return [request for _index, request in sorted(enumerate(self.problem.requests), key=key)]
