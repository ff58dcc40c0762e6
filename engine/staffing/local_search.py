"""A choice made better without losing a half-day: whole requests moved from agent to agent.

It gives the solver a good start on problems that are too large for it to weigh all the wishes.
"""

import time
from collections import defaultdict

from .agent_schedule import Diary
from .eligibility import Board
from .model import HalfDay
from .objective import SCALE, Wishes


class Polish:
    """Moves and exchanges, kept when they are worth it."""

    def __init__(self, board: Board, wishes: Wishes, chosen: dict, end: float):
        self.board = board
        self.wishes = wishes
        self.chosen = dict(chosen)
        self.end = end
        self.locked = {(one.request, one.half_day) for one in board.problem.locked}
        self.diaries = {code: Diary(agent, board) for code, agent in board.agents.items()}
        self.held: dict[str, dict[HalfDay, str]] = defaultdict(dict)
        for (request, slot), agent in chosen.items():
            self.held[request][slot] = agent
            self.diaries[agent].add(slot, board.requests[request])

    def run(self) -> dict[tuple[str, HalfDay], str]:
        """Until nothing is worth moving, or until the time is over."""
        moved = True
        while moved:
            moved = False
            for request in self.board.by_arrival:
                if time.perf_counter() > self.end:
                    return self.chosen
                moved |= self._better(request.code)
        return self.chosen

    def _better(self, code: str) -> bool:
        """Give a request to fewer or nearer agents, if one of them is better."""
        found = False
        for agent in self.board.eligible[code]:
            moves = self._moves(code, agent)
            if not moves:
                continue
            if self._gain(moves) > 0:
                self._apply(moves)
                found = True
        return found

    def _moves(self, code: str, agent: str) -> list[tuple[str, HalfDay, str]]:
        """(request, half-day, new agent): all that the agent can take over, by exchange too."""
        request, moves = self.board.requests[code], []
        for slot, holder in self.held[code].items():
            if holder == agent or (code, slot) in self.locked:
                continue
            if agent not in self.board.possible[code, slot]:
                continue
            other = self.diaries[agent].entries.get(slot)
            if other is None:
                moves.append((code, slot, agent))
            elif self._can_swap(other.code, slot, holder):
                moves += [(code, slot, agent), (other.code, slot, holder)]
        if not request.splittable and len(moves) < len(self.held[code]):
            return []
        return moves

    def _can_swap(self, other: str, slot: HalfDay, holder: str) -> bool:
        request = self.board.requests[other]
        if (other, slot) in self.locked or not request.splittable:
            return False
        return holder in self.board.possible.get((other, slot), ())

    def _gain(self, moves) -> int:
        """Gain of the moves; 0 when they break a rule."""
        old = [(code, slot, self.held[code][slot]) for code, slot, _agent in moves]
        agents = {agent for _code, _slot, agent in (*moves, *old)}
        before = self._cost(moves, agents)
        self._apply(moves)
        dates = {slot.date for _code, slot, _agent in moves}
        legal = not any(self.diaries[agent].troubles(dates) for agent in sorted(agents))
        gain = before - self._cost(moves, agents) if legal else 0
        self._apply(old)
        return gain

    def _cost(self, moves, agents: set[str]) -> int:
        """Cost of what the moves touch; the load of the busiest agent is left to the solver."""
        weights = self.wishes.weights
        codes = {code for code, _slot, _agent in moves}
        uses = sum(len(set(self.held[code].values())) for code in codes)
        dates = {slot.date for _code, slot, _agent in moves}
        trips = sum(bool(self.diaries[agent].halves(day)) for agent in agents for day in dates)
        half_days = sum(
            self.wishes.half_day((code, slot, self.held[code][slot])) for code, slot, _a in moves
        )
        return half_days + SCALE * (weights.agents * uses + weights.trips * trips)

    def _apply(self, moves):
        for code, slot, _agent in moves:
            self.diaries[self.held[code][slot]].entries.pop(slot, None)
        for code, slot, agent in moves:
            self.held[code][slot] = agent
            self.chosen[code, slot] = agent
            self.diaries[agent].entries[slot] = self.board.requests[code]
