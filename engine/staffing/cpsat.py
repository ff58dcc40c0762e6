"""The most half-days, then the best of the plans that fill as many, with Google's CP-SAT."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .agent_schedule import Diary
from .eligibility import Board
from .greedy import fill, greedy
from .local_search import Polish
from .messages import message
from .model import Plan, Problem
from .objective import Wishes
from .plan_assembly import finished

ROUNDS = 12  # times that hours found wrong afterwards are forbidden, before they are taken out
ALONE = 0.4  # part of the time for one worker, who always does the same
RESERVE = 0.3  # part of the time that is kept for the wishes
CHANGE = 1000  # what leaving a plan in force costs, against the weights of the wishes
LARGE = 6000  # variables above which the wishes are only improved, not proven
# All of these give the same plan at each run, unless the time limit cuts them short.
SINGLE = {"num_workers": 1, "linearization_level": 2}
MANY = {"num_workers": 8, "interleave_search": True}
LOCAL = {
    "num_workers": 2,
    "interleave_search": True,
    "use_lns_only": True,
    "max_presolve_iterations": 1,
    "cp_model_probing_level": 0,
    "max_deterministic_time": 4,
}


@dataclass(frozen=True)
class Progress:
    """State of a search. `filled`: half-days so far; `bound`: no plan exceeds it."""

    filled: int
    bound: int
    seconds: float


def is_available() -> bool:
    """Whether the library is installed.

    >>> is_available()
    True
    """
    try:
        from ortools.sat.python import cp_model  # noqa: F401
    except ImportError:
        return False
    return True


def solve(
    problem: Problem,
    solver: str = "cpsat",
    *,
    seconds: float = 60,
    seed: int = 1,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    kept: Mapping | None = None,
    board: Board | None = None,
) -> Plan:
    """A plan; never one that fills fewer half-days than the greedy does.

    >>> from .example import PROBLEM
    >>> plan = solve(PROBLEM)
    >>> [(one.request, one.half_day.half, one.agent) for one in plan.assignments]
    [('Aubry', 'am', 'Anne'), ('Brault', 'am', 'Bruno'), ('Aubry', 'pm', 'Anne')]
    >>> plan.filled, plan.bound, plan.optimal
    (3, 3, True)

    :param solver: `greedy` or `cpsat`; without the library the plan is greedy and marked as such
    :param seconds: time limit
    :param seed: another one may give another plan as good
    :param progress: called from time to time
    :param stop: asked several times a second; true ends the search with the best plan so far
    :param kept: (request, half-day) -> agent of a plan from which to move as little as possible
    """
    begin = time.perf_counter()
    board = board or Board(problem)
    if solver == "greedy":
        return greedy(problem, board)
    if not is_available():
        return replace(greedy(problem, board), message=message("no_ortools"))
    search = Search(board, begin, seconds, seed, progress, stop)
    chosen, bound, optimal = search.run(dict(kept or {}))
    spent = time.perf_counter() - begin
    return finished(board, chosen, "cpsat", spent, bound, optimal=optimal)


class Search:
    """One run of the solver: first how many, then which."""

    def __init__(self, board, begin, seconds, seed, progress, stop):
        self.board = board
        self.begin = begin
        self.end = begin + seconds * 0.97  # the plan is written down in the rest
        self.seed = seed
        self.progress = progress
        self.stop = stop or (lambda: False)
        self.filled = 0
        self.bound = board.bound

    def run(self, kept: dict) -> tuple[dict, int, bool]:
        """:return: (request, half-day) -> agent; bound; whether the number is proven"""
        from .cpmodel import Model

        start = fill(self.board, self.board.problem.locked)
        model = Model(self.board)
        best = self._most(model, start)
        self.filled = len(best)
        proven = self.bound <= len(best)
        if self._left() > 0 and not self.stop():
            best = self._best(model, best, Wishes(self.board, kept, CHANGE if kept else 0))
        return best, self.bound, proven

    def _left(self) -> float:
        return self.end - time.perf_counter()

    def _most(self, model, best: dict) -> dict:
        """The most half-days: alone, which proves most problems at once, then by many ways."""
        total = self._left()
        model.cp.maximize(model.filled)
        for part, parameters in ((ALONE, SINGLE), (1 - RESERVE, MANY)):
            end = self.end - total * (1 - part)
            for _round in range(ROUNDS):
                found, bound = self._solve(model, best, end, parameters, True)
                self.bound = min(self.bound, bound)
                if found is None:
                    break
                legal = found if not model.cut(found) else self._legal(found)
                best = legal if len(legal) > len(best) else best
                if legal is found:
                    break
            if self.bound <= len(best):
                break
        return best

    def _best(self, model, best: dict, wishes: Wishes) -> dict:
        """Among the plans that fill as many, the one that is regretted least."""
        from .cp_objective import cost

        model.cp.add(model.filled >= len(best))
        model.cp.minimize(cost(model, wishes))
        large = len(model.x) > LARGE
        end = time.perf_counter() + self._left() / 2
        best = Polish(self.board, wishes, best, end).run()
        for _round in range(ROUNDS):
            found, _bound = self._solve(model, best, self.end, LOCAL if large else SINGLE)
            if found is None:
                return best
            if not model.cut(found):
                return found
        return best

    def _solve(self, model, hint: dict, end: float, parameters: dict, counting: bool = False):
        """One call of the solver: a choice (None when it has none) and a bound."""
        seconds = end - time.perf_counter()
        if seconds <= 0 or self.stop():
            return None, self.bound
        from ortools.sat.python import cp_model

        from .cp_callback import Reporter, watched

        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = self.seed
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        model.hint(hint)
        with watched(solver, self.stop):
            status = solver.solve(model.cp, Reporter(self._report if counting else None))
        bound = self.bound
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, bound
        if counting:
            bound = int(solver.best_objective_bound + 1e-6)
        chosen = {key[:2]: key[2] for key, v in model.x.items() if solver.boolean_value(v)}
        return chosen, bound

    def _report(self, filled: int, bound: int):
        self.filled = max(self.filled, filled)
        if self.progress:
            spent = time.perf_counter() - self.begin
            self.progress(Progress(self.filled, min(self.bound, bound), spent))

    def _legal(self, chosen: dict) -> dict:
        """A choice without the half-days that break the rules of working time."""
        diaries = {code: Diary(agent, self.board) for code, agent in self.board.agents.items()}
        locked = {(one.request, one.half_day) for one in self.board.problem.locked}
        kept = {}
        for key in sorted(chosen, key=lambda key: (key not in locked, key[1], key[0])):
            request, diary = self.board.requests[key[0]], diaries[chosen[key]]
            if key in locked or diary.fits(key[1], request):
                diary.add(key[1], request)
                kept[key] = chosen[key]
        return kept
