"""In order of arrival: the agent who covers most, then the most skilled, then the next one.

It is what a careful person does by hand; it needs no library and answers at once.
"""

import time

from .agent_schedule import Diary
from .eligibility import Board
from .model import HalfDay, Plan, Problem, Request
from .plan_assembly import finished


def greedy(problem: Problem, board: Board | None = None) -> Plan:
    """A plan in order of arrival, on the days that were asked.

    >>> from .example import PROBLEM
    >>> [(one.request, one.half_day.half, one.agent) for one in greedy(PROBLEM).assignments]
    [('Brault', 'am', 'Anne'), ('Aubry', 'pm', 'Anne')]
    """
    begin = time.perf_counter()
    board = board or Board(problem)
    chosen = fill(board, problem.locked)
    return finished(board, chosen, "greedy", time.perf_counter() - begin)


def fill(board: Board, kept=()) -> dict[tuple[str, HalfDay], str]:
    """(request, half-day) -> agent, starting from assignments that stay."""
    diaries = {code: Diary(agent, board) for code, agent in board.agents.items()}
    chosen = {}
    for one in kept:
        chosen[one.request, one.half_day] = one.agent
        if one.agent in diaries and one.request in board.requests:
            diaries[one.agent].add(one.half_day, board.requests[one.request])
    held: dict[str, dict[HalfDay, str]] = {}
    for (request, slot), agent in chosen.items():
        held.setdefault(request, {})[slot] = agent
    for request in board.by_arrival:
        if request.agreement:
            _fill_request(board, request, diaries, chosen, held.setdefault(request.code, {}))
    return chosen


def _fill_request(board: Board, request: Request, diaries: dict[str, Diary], chosen, held):
    """:param held: half-day -> agent, of this request; it and `chosen` grow"""
    unfilled = request.left_to_fill(held)
    while unfilled:
        agents = board.eligible[request.code]
        if not request.splittable and held:
            agents = [agent for agent in agents if agent in held.values()]
        covers = {
            agent: [
                slot
                for slot in unfilled
                if agent in board.possible[request.code, slot]
                and diaries[agent].fits(slot, request)
            ]
            for agent in agents
        }
        best = max(agents, key=lambda a: (len(covers[a]), _skill(board, request, a)), default=None)
        taken = _take(diaries[best], request, covers[best]) if best else []
        for slot in taken:
            chosen[request.code, slot] = held[slot] = best
        unfilled = [slot for slot in unfilled if slot not in held]
        if not taken:
            break


def _skill(board: Board, request: Request, agent: str) -> int:
    levels = board.agents[agent].skills
    return sum(levels.get(skill, 0) for skill in request.skills)


def _take(diary: Diary, request: Request, slots: list[HalfDay]) -> list[HalfDay]:
    """Half-days that fit one after the other."""
    taken = []
    for slot in slots:
        if diary.fits(slot, request):
            diary.add(slot, request)
            taken.append(slot)
    return taken
