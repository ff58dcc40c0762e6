"""Ranking of candidate agents, with reasons: known there, near, light workload."""

from dataclasses import dataclass
from datetime import date, timedelta

from .eligibility import Board
from .explain import explain
from .messages import message
from .model import AM, PM, HalfDay, Plan, monday

FAR = 10_000  # km: an unknown distance ranks behind the known ones


@dataclass(frozen=True)
class Standing:
    """An agent in front of a request.

    visits: missions already done in the commune. km: one way, None when unknown. load: hundredths
    of the half-days of work in the weeks of the request that are already held, None when the
    agent does not work in them.
    """

    visits: int = 0
    km: float | None = None
    load: int | None = None

    @property
    def rank(self) -> tuple:
        """Smaller is better: anyone who knows the commune, then the nearest, then the least
        charged.

        >>> Standing(3, 30).rank < Standing(0, 2).rank < Standing(0, None).rank
        True
        """
        return (-self.visits, FAR if self.km is None else self.km, self.load or 0)

    def describe(self, gender: str = "") -> str:
        """The sentence that a coordinator reads.

        >>> Standing(3, 12.2, 60).describe("f").replace("\u00a0", " ")
        'déjà venue 3 fois, 12 km, charge 60 %'
        >>> Standing(1).describe()
        'déjà une mission dans la commune'

        :param gender: `f` or `m`, empty when it is not known
        """
        words = [self._describe_visits(gender)]
        if self.km is not None:
            words.append(message("km", km=round(self.km)))
        if self.load is not None:
            words.append(message("load", load=self.load))
        return ", ".join(words)

    def _describe_visits(self, gender: str) -> str:
        if not self.visits:
            return message("new")
        if gender:
            return message(f"been_{gender}", count=self.visits)
        return message("been" if self.visits > 1 else "been_once", count=self.visits)


def standing(board: Board, request: str, agent: str, visits: int = 0) -> Standing:
    """Criteria of an agent for a request, including all half-days already assigned.

    >>> from .example import BOARD
    >>> standing(BOARD, "Aubry", "Anne", visits=2)
    Standing(visits=2, km=5, load=0)
    """
    weeks = {monday(slot.date) for slot in board.requests[request].slots}
    works = {
        slot for week in weeks for slot in _half_days_of(week) if not board.absence(agent, slot)
    }
    held = board.held_by.get(agent, set())
    load = round(100 * len(held & works) / len(works)) if works else None
    return Standing(visits, board.home_distance(request, agent), load)


def _half_days_of(week: date):
    for number in range(7):
        day = week + timedelta(days=number)
        yield from (HalfDay(day, AM), HalfDay(day, PM))


def why_none(board: Board, request: str) -> dict[str, str]:
    """Why each eligible agent takes none of the half-days to fill; empty for the others.

    >>> from .example import ANNE, BRAULT, MORNING
    >>> from .model import Assignment, Problem, Request
    >>> held = Assignment("Cassel", MORNING, "Anne")
    >>> asked = (BRAULT, Request("Cassel", (MORNING,)))
    >>> why_none(Board(Problem(asked, (ANNE,), locked=(held,))), "Brault")
    {'Anne': 'pris par Cassel (1)'}
    """
    if not board.requests[request].agreement:
        return dict.fromkeys(board.agents, message("agreement"))
    reasons: dict[str, list[str]] = {}
    for one in explain(board, Plan(board.problem.locked), request).obstacles:
        reasons.setdefault(one.agent, []).append(f"{one.reason} ({len(one.slots)})")
    return {agent: "\u00a0; ".join(texts) for agent, texts in reasons.items()}
