"""Explanations in French: why a request is not filled, or who alone could fill it."""

from collections import defaultdict
from dataclasses import dataclass

from .agent_schedule import Diary
from .eligibility import Board
from .messages import half_day_count, message
from .model import HalfDay, Plan, Request

# Reasons listed for one request: beyond, the sentence would not be read.
MOST = 6


@dataclass(frozen=True)
class Obstacle:
    """Why an eligible agent does not take some half-days.

    rule: contract, off, absent, busy, exclusion, continuity or a rule of working time. other:
    the request that keeps the agent, if any.
    """

    agent: str
    rule: str
    reason: str
    slots: tuple[HalfDay, ...]
    other: str = ""


@dataclass(frozen=True)
class Explanation:
    """A request in a plan. text: why it is not filled, empty when it is. holes: half-days
    without agent. obstacles: what stops each eligible agent on these."""

    request: str
    requested: int
    filled: int
    text: str = ""
    unfilled: tuple[HalfDay, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def explain(board: Board, plan: Plan, request: str) -> Explanation:
    """Explain one request.

    >>> from .example import BOARD, PROBLEM
    >>> from .greedy import greedy
    >>> explain(BOARD, greedy(PROBLEM), "Aubry").text
    '1 demi-journée sans agent (04/01/2027). Anne : pris par Brault (1).'
    """
    asked = board.requests[request]
    held = plan.by_request.get(request, {})
    requested, filled = len(asked.slots), len(held)
    if not requested:
        return Explanation(request, 0, filled, message("no_slot"))
    if filled >= requested:
        return Explanation(request, requested, filled)
    unfilled = asked.left_to_fill(held)
    if not asked.agreement:
        text, obstacles = message("no_agreement"), ()
    elif not board.eligible[request]:
        text, obstacles = _nobody(board, asked), ()
    elif not unfilled:
        text, obstacles = message("fewer_days", filled=filled, count=half_day_count(requested)), ()
    else:
        obstacles = _obstacles(board, plan, asked, unfilled, set(held.values()))
        text = _describe_gaps(board, unfilled, obstacles)
    return Explanation(request, requested, filled, text, unfilled, obstacles)


def explain_all(board: Board, plan: Plan) -> list[Explanation]:
    """Explain each request, in their order.

    >>> from .example import BOARD, PROBLEM
    >>> from .greedy import greedy
    >>> [(one.request, one.requested, one.filled) for one in explain_all(BOARD, greedy(PROBLEM))]
    [('Aubry', 2, 1), ('Brault', 1, 1)]
    """
    return [explain(board, plan, request) for request in board.requests]


def _nobody(board: Board, request: Request) -> str:
    """Which requirement nobody meets, else who is nearest."""
    agents, found = board.problem.agents, []
    if not agents:
        return message("no_agent")
    missing = [
        f"{skill} {level}"
        for skill, level in request.skills.items()
        if all(agent.skills.get(skill, 0) < level for agent in agents)
    ]
    if missing:
        found.append(message("missing_skill", value=", ".join(missing)))
    if request.software and not any(request.software & agent.software for agent in agents):
        names = " ou ".join(sorted(request.software))
        found.append(message("missing_software", value=names))
    if found:
        return " ".join(found)
    near = near_misses(board, request.code)
    if not near:
        return message("nobody_at_all")
    label = board.problem.label
    return message("nobody", value=", ".join(f"{label(a)} ({why})" for a, why in near.items()))


def near_misses(board: Board, request: str) -> dict[str, str]:
    """Agents that exactly one rule stops -> its reason.

    >>> from .example import BOARD
    >>> near_misses(BOARD, "Aubry")
    {'Bruno': 'compétence CPT 0/2'}
    """
    return {
        agent: found[0].reason for agent, found in board.stops[request].items() if len(found) == 1
    }


def sole_agent(board: Board, request: str) -> tuple[str, str] | None:
    """The only eligible agent, with a sentence; None when there are several.

    >>> from .example import BOARD
    >>> sole_agent(BOARD, "Aubry")[0], sole_agent(BOARD, "Brault")
    ('Anne', None)
    """
    if len(board.eligible[request]) != 1:
        return None
    asked, agent = board.requests[request], board.eligible[request][0]
    wanted = [f"{skill} {level}" for skill, level in asked.skills.items()]
    if asked.software:
        wanted.append(" ou ".join(sorted(asked.software)))
    value = " + ".join(wanted) or message("every_requirement")
    return agent, message("sole", agent=board.problem.label(agent), value=value)


def _obstacles(board, plan, request, unfilled, team) -> tuple[Obstacle, ...]:
    """Obstacles of each eligible agent on the unfilled half-days, nearest to a solution first."""
    diaries: dict[str, Diary] = {}
    found = []
    for agent in board.eligible[request.code]:
        diaries[agent] = diary_of(board, plan, agent)
        groups: dict[tuple[str, str, str], list[HalfDay]] = defaultdict(list)
        for slot in unfilled:
            groups[_obstacle(board, request, agent, slot, plan.where, diaries, team)].append(slot)
        for (rule, reason, other), slots in groups.items():
            found.append(Obstacle(agent, rule, reason, tuple(slots), other))
    return tuple(found)


def _obstacle(board, request, agent, slot, where, diaries, team) -> tuple[str, str, str]:
    rule = board.obstacle(request.code, agent, slot)
    if rule == "exclusion":
        return rule, message("exclusion", value=request.commune), ""
    if rule:
        return rule, message(rule), ""
    other = where.get((agent, slot), "")
    if other:
        return "busy", message("busy", value=board.problem.label(other)), other
    if not request.splittable and team and agent not in team:
        names = board.problem.label_all({*team, agent})
        return "continuity", message("continuity", value=names), ""
    diary = diaries[agent]
    diary.add(slot, request)
    troubles = diary.troubles([slot.date])
    del diary.entries[slot]
    if troubles:
        return troubles[0].rule, troubles[0].reason, ""
    return "free", message("free"), ""


def diary_of(board: Board, plan: Plan, agent: str) -> Diary:
    """Schedule of an agent in a plan."""
    diary = Diary(board.agents[agent], board)
    for one in plan.by_agent.get(agent, ()):
        if one.request in board.requests:
            diary.add(one.half_day, board.requests[one.request])
    return diary


def _describe_gaps(board: Board, unfilled: tuple[HalfDay, ...], obstacles) -> str:
    """« 4 demi-journées sans agent (29/12/2026, 31/12/2026). A02 : absent (4). »"""
    ordered = sorted(obstacles, key=lambda one: (one.rule == "off", -len(one.slots)))
    shown = [
        message(
            "gap_agent",
            agent=board.problem.label(one.agent),
            why=one.reason,
            count=len(one.slots),
        )
        for one in ordered[:MOST]
    ]
    others = len({one.agent for one in ordered} - {one.agent for one in ordered[:MOST]})
    if others:
        shown.append(message("more_agents", count=others))
    return message(
        "holes",
        count=half_day_count(len(unfilled)),
        dates=date_list(unfilled),
        why="\u00a0; ".join(shown),
    )


def date_list(slots) -> str:
    """Days in French, the first ones when there are many."""
    days = list(dict.fromkeys(slot.date for slot in slots))
    shown = ", ".join(f"{day:%d/%m/%Y}" for day in days[:MOST])
    return f"{shown}…" if len(days) > MOST else shown
