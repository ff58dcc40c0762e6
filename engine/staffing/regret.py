"""Cost of a choice for the other requests, shown as a warning before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from .eligibility import Board
from .explain import diary_of
from .messages import half_day_count, message
from .model import HalfDay, Plan


@dataclass(frozen=True)
class Regret:
    """Cost of the choice of an agent for a request.

    covered: half-days of the request that the agent takes. losses: other request -> half-days
    that nobody else could fill any more. instead: eligible agents who cover as much and cost the
    others less, the least costly first. text: French sentence, empty when nothing is lost.
    """

    request: str
    agent: str
    covered: tuple[HalfDay, ...] = ()
    losses: Mapping[str, tuple[HalfDay, ...]] | None = None
    instead: tuple[str, ...] = ()
    text: str = ""

    @property
    def lost(self) -> int:
        """Half-days lost by all the other requests."""
        return sum(map(len, (self.losses or {}).values()))


def regret(board: Board, request: str, agent: str, plan: Plan | None = None) -> Regret:
    """The cost of one choice.

    >>> from .example import BOARD
    >>> regret(BOARD, "Brault", "Anne").text
    'Aubry perdrait 1 demi-journée, Bruno convient'

    :param plan: assignments that are already decided; their half-days are not counted as lost,
        and an agent who holds one is not free for another at that time
    """
    plan = plan or Plan(board.problem.locked)
    covered, losses = _losses(board, request, agent, plan)
    if not losses:
        return Regret(request, agent, covered, {})
    instead = []
    for other in board.eligible[request]:
        slots, lost = _losses(board, request, other, plan)
        total = sum(map(len, lost.values()))
        if other != agent and len(slots) >= len(covered):
            if total < sum(map(len, losses.values())):
                instead.append((total, other))
    instead = tuple(other for _total, other in sorted(instead))
    return Regret(request, agent, covered, losses, instead, _text(board, losses, instead))


def _losses(board: Board, request: str, agent: str, plan: Plan):
    """Half-days that the agent would take, and third-party ones that only this agent could fill."""
    held = plan.by_slot
    asked = board.requests[request]
    diary = diary_of(board, plan, agent)
    covered = []
    for slot in asked.slots:
        if agent not in board.possible.get((request, slot), ()):
            continue
        if held.get((request, slot), agent) != agent:
            continue
        # One after the other: what fits alone may not fit beside the half-days before it.
        if diary.entries.get(slot) is not asked:
            if not diary.fits(slot, asked):
                continue
            diary.add(slot, asked)
        covered.append(slot)
    losses: dict[str, list[HalfDay]] = {}
    for slot in dict.fromkeys(covered):
        for code, agents in board.possible_on.get(slot, ()):
            if code == request or (code, slot) in held or agent not in agents:
                continue
            if not any(other != agent and (other, slot) not in plan.where for other in agents):
                losses.setdefault(code, []).append(slot)
    return tuple(covered), {code: tuple(slots) for code, slots in losses.items()}


def _text(board: Board, losses: Mapping[str, tuple], instead: tuple[str, ...]) -> str:
    """« R17 perdrait 88 demi-journées, A05 convient »"""
    label = board.problem.label
    ordered = sorted(losses.items(), key=lambda item: (-len(item[1]), item[0]))
    parts = [
        message("regret", request=label(code), count=half_day_count(len(slots)))
        for code, slots in ordered
    ]
    if instead:
        code = "fits" if len(instead) == 1 else "fit"
        parts.append(message(code, agent=", ".join(map(label, instead))))
    return ", ".join(parts)
