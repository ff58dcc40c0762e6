"""Objective that ranks plans with the most half-days, computed without a solver.

Costs are in hundredths, so that the solver counts in whole numbers.
"""

from .eligibility import Board
from .model import CATEGORIES, HalfDay

SCALE = 100


class Wishes:
    """Costs of half-days.

    kept: (request, half-day) -> agent of a plan in force, each half-day of which is worth
    `change` as long as it stays.
    """

    def __init__(self, board: Board, kept: dict | None = None, change: int = 0):
        self.board = board
        self.weights = board.problem.weights
        self.kept = kept or {}
        self.change = change * SCALE
        self._cost: dict[tuple[str, str], int] = {}

    def half_day(self, key: tuple[str, HalfDay, str]) -> int:
        """Cost of one half-day of an agent for a request, by itself."""
        request, slot, agent = key
        if (request, agent) not in self._cost:
            self._cost[request, agent] = self._of_pair(request, agent)
        cost = self._cost[request, agent]
        if self._is_moved(request, slot):
            cost += self.weights.moved * SCALE
        return cost - self.change * (self.kept.get((request, slot)) == agent)

    def _is_moved(self, code: str, slot: HalfDay) -> bool:
        asked = self.board.requests.get(code)
        return bool(asked and asked.alternatives) and slot not in asked.slots

    def _of_pair(self, code: str, agent: str) -> int:
        request, person = self.board.requests.get(code), self.board.agents.get(agent)
        if request is None or person is None:
            return 0
        weights = self.weights
        found = weights.km * (self.board.home_distance(code, agent) or 0)
        if request.population is not None and request.population < weights.small_population:
            found -= weights.small
        if request.wished and agent not in request.wished:
            found += weights.wish
        if request.category and person.category:
            above = CATEGORIES.index(person.category) - CATEGORIES.index(request.category)
            found += weights.grade * max(0, above)
        return round(found * SCALE)
