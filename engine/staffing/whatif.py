"""Simulation of the absence of an agent: affected missions, and a repair with few changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from .cpsat import solve
from .eligibility import Board
from .greedy import fill
from .model import AM, PM, Absence, Assignment, HalfDay, Plan, Problem
from .plan_assembly import finished


@dataclass(frozen=True)
class Change:
    """A half-day whose agent is not the same; empty: nobody."""

    request: str
    half_day: HalfDay
    before: str
    after: str


@dataclass(frozen=True)
class Repair:
    """touched: assignments that the absence ends, by request. plan: after the repair. changes:
    what differs from the plan in force. lost: half-days filled before and not after."""

    touched: Mapping[str, tuple[Assignment, ...]]
    plan: Plan
    changes: tuple[Change, ...]
    lost: int


def what_if_absent(
    problem: Problem,
    plan: Plan,
    agent: str,
    start: date,
    end: date,
    *,
    solver: str = "cpsat",
    seconds: float = 20,
) -> Repair:
    """The best repair of a plan when an agent is away.

    >>> from .example import MONDAY, PROBLEM
    >>> found = what_if_absent(PROBLEM, solve(PROBLEM), "Bruno", MONDAY, MONDAY)
    >>> list(found.touched), found.lost
    (['Brault'], 1)

    :param start, end: first and last day of the absence
    :param solver: `greedy` keeps the rest as it is and fills the gaps in order of arrival;
        `cpsat` may move a few others to fill more
    """
    away = Absence(HalfDay(start, AM), HalfDay(end, PM))
    touched: dict[str, list[Assignment]] = {}
    for one in plan.assignments:
        if one.agent == agent and away.first <= one.half_day <= away.last:
            touched.setdefault(one.request, []).append(one)
    after = repaired(with_absence(problem, agent, away), plan, solver=solver, seconds=seconds)
    changes = differences(plan, after)
    lost = sum(not change.after for change in changes) - sum(not c.before for c in changes)
    return Repair(
        {code: tuple(ones) for code, ones in touched.items()}, after, changes, max(0, lost)
    )


def with_absence(problem: Problem, agent: str, away: Absence) -> Problem:
    """The problem with one more absence; what was locked for these days is no longer."""
    agents = tuple(
        replace(one, absences=(*one.absences, away)) if one.code == agent else one
        for one in problem.agents
    )
    locked = tuple(
        one
        for one in problem.locked
        if not (one.agent == agent and away.first <= one.half_day <= away.last)
    )
    return replace(problem, agents=agents, locked=locked)


def repaired(problem: Problem, plan: Plan, *, solver: str = "cpsat", seconds: float = 20) -> Plan:
    """A plan for a problem that has changed, as near as may be to the plan in force.

    >>> from .example import PROBLEM
    >>> only_anne = replace(PROBLEM, agents=PROBLEM.agents[:1])
    >>> repaired(only_anne, solve(PROBLEM)).by_slot == solve(only_anne).by_slot
    True
    """
    board = Board(problem)
    kept = {
        key: agent
        for key, agent in plan.by_slot.items()
        if agent in board.possible.get(key, ())
        or any((o.request, o.half_day, o.agent) == (*key, agent) for o in problem.locked)
    }
    standing = tuple(Assignment(*key, agent) for key, agent in kept.items())
    simple = finished(board, fill(board, standing), "greedy", 0.0)
    if solver == "greedy":
        return simple
    found = solve(problem, solver, seconds=seconds, kept=kept, board=board)
    if found.solver == "greedy" or found.filled < simple.filled:
        return replace(simple, message=found.message)
    return found


def differences(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Half-days whose agent is not the same, in order of time.

    >>> from .example import PROBLEM
    >>> greedy, best = solve(PROBLEM, "greedy"), solve(PROBLEM)
    >>> [(one.request, one.before, one.after) for one in differences(greedy, best)]
    [('Aubry', '', 'Anne'), ('Brault', 'Anne', 'Bruno')]
    """
    keys = sorted({*before.by_slot, *after.by_slot}, key=lambda key: (key[1], key[0]))
    found = (Change(*key, before.by_slot.get(key, ""), after.by_slot.get(key, "")) for key in keys)
    return tuple(change for change in found if change.before != change.after)
