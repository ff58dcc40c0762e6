"""A plan as plain values, for JSON."""

from .eligibility import Board
from .explain import explain
from .model import Plan, Problem


def as_dict(problem: Problem, plan: Plan, board: Board | None = None) -> dict:
    """The plan, and for each request who could do it, who could not and why it is not filled.

    >>> from .example import BOARD, PROBLEM
    >>> from .greedy import greedy
    >>> found = as_dict(PROBLEM, greedy(PROBLEM), BOARD)
    >>> found["requested"], found["filled"], found["requests"][0]["why_unfilled"]
    (3, 2, '1 demi-journée sans agent (04/01/2027). Anne : pris par Brault (1).')
    """
    board = board or Board(problem)
    return {
        "requested": plan.requested,
        "filled": plan.filled,
        "bound": plan.bound,
        "seconds": round(plan.seconds, 3),
        "assignments": [
            {
                "request": one.request,
                "date": one.half_day.date.isoformat(),
                "half_day": one.half_day.half,
                "agent": one.agent,
            }
            for one in plan.assignments
        ],
        "requests": [_request(board, plan, code) for code in board.requests],
        "solver": plan.solver,
        "optimal": plan.optimal,
        "message": plan.message or None,
        "notices": [
            {
                "request": one.request or None,
                "date": one.half_day.date.isoformat() if one.half_day else None,
                "half_day": one.half_day.half if one.half_day else None,
                "agent": one.agent or None,
                "rule": one.rule,
                "reason": one.reason,
            }
            for one in plan.notices
        ],
    }


def _request(board: Board, plan: Plan, code: str) -> dict:
    found = explain(board, plan, code)
    return {
        "request": code,
        "requested": found.requested,
        "filled": found.filled,
        "eligible": board.eligible[code],
        "stopped": [
            {"agent": agent, "rule": stop.rule, "reason": stop.reason}
            for agent, stops in board.stops[code].items()
            for stop in stops
        ],
        "why_unfilled": found.text or None,
    }
