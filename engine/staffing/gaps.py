"""Training or software that would unlock the most half-days that a plan leaves unfilled."""

from collections import defaultdict
from dataclasses import dataclass

from .eligibility import Board
from .explain import diary_of, explain_all
from .messages import message
from .model import HalfDay, Plan


@dataclass(frozen=True)
class Learning:
    """Something to learn. kind: `skill` or `software`. level: to reach, 0 for a software."""

    kind: str
    code: str
    level: int
    text: str


@dataclass(frozen=True)
class Gap:
    """Skill that one agent could learn. half_days: unlocked, with the request of each."""

    agent: str
    learnings: tuple[Learning, ...]
    half_days: tuple[tuple[str, HalfDay], ...]
    steps: int

    @property
    def unlocked(self) -> int:
        """Number of half-days."""
        return len(self.half_days)


def skill_gaps(board: Board, plan: Plan, most: int = 3) -> list[Gap]:
    """Bundles of learnings ranked by half-days unlocked, then by how little there is to learn.

    >>> from .example import BOARD, PROBLEM
    >>> from .greedy import greedy
    >>> [(one.agent, one.unlocked) for one in skill_gaps(BOARD, greedy(PROBLEM))]
    [('Bruno', 1)]

    :param most: learnings that one agent may be asked for
    """
    unfilled = {e.request: e.unfilled for e in explain_all(board, plan) if e.unfilled}
    unfilled = {code: slots for code, slots in unfilled.items() if board.requests[code].agreement}
    found = []
    for agent in board.agents:
        needs = {code: _needs(board, code, agent) for code in unfilled}
        needs = {code: need for code, need in needs.items() if need and len(need) <= most}
        bundles = dict.fromkeys(frozenset(need) for need in needs.values())
        for bundle in bundles:
            half_days = _unlocked(board, plan, agent, unfilled, needs, bundle)
            if half_days:
                found.append(_gap(board, agent, bundle, half_days))
    return sorted(found, key=lambda g: (-g.unlocked, g.steps, len(g.learnings), g.agent))


def _needs(board: Board, request: str, agent: str) -> tuple[tuple, ...]:
    """Skills that the agent would have to learn; empty when training is useless or not needed."""
    stops = board.stops[request][agent]
    return tuple(stop.gap for stop in stops) if all(stop.gap for stop in stops) else ()


def _unlocked(board, plan, agent, unfilled, needs, bundle) -> tuple[tuple[str, HalfDay], ...]:
    """Half-days that the agent could take with this bundle, one at a time."""
    diary = diary_of(board, plan, agent)
    known = {(kind, code): level for kind, code, level in bundle}
    found = []
    for code, need in needs.items():
        if not all(known.get((kind, name), -1) >= level for kind, name, level in need):
            continue
        request = board.requests[code]
        team = {one.agent for one in plan.assignments if one.request == code}
        if not request.splittable and team:
            continue
        for slot in unfilled[code]:
            if not board.obstacle(code, agent, slot) and diary.fits(slot, request):
                diary.add(slot, request)
                found.append((code, slot))
    return tuple(found)


def _gap(board: Board, agent: str, bundle, half_days) -> Gap:
    learnings, steps = [], 0
    for kind, code, level in sorted(bundle):
        has = board.agents[agent].skills.get(code, 0)
        steps += level - has if kind == "skill" else 1
        text = message("learn_software", value=code)
        if kind == "skill":
            text = message("training", skill=code, level=has, wanted=level)
        learnings.append(Learning(kind, code, level, text))
    return Gap(agent, tuple(learnings), half_days, steps)


def by_learning(gaps: list[Gap]) -> dict[tuple[tuple[str, str, int], ...], int]:
    """Bundle of (kind, code, level) -> most half-days that it unlocks for any one agent.

    >>> from .example import BOARD, PROBLEM
    >>> from .greedy import greedy
    >>> by_learning(skill_gaps(BOARD, greedy(PROBLEM)))
    {(('skill', 'CPT', 2),): 1}
    """
    found: dict[tuple, int] = defaultdict(int)
    for gap in gaps:
        key = tuple((one.kind, one.code, one.level) for one in gap.learnings)
        found[key] = max(found[key], gap.unlocked)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
