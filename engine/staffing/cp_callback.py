"""Looking at the CP-SAT solver while it works, and stopping it."""

import threading
from collections.abc import Callable
from contextlib import contextmanager

from ortools.sat.python import cp_model

PERIOD = 0.2  # seconds between two looks at whether to stop


class Reporter(cp_model.CpSolverSolutionCallback):
    """Report each better count of half-days, with the current bound."""

    def __init__(self, on_progress: Callable[[int, int], None] | None):
        super().__init__()
        self.on_progress = on_progress

    def on_solution_callback(self):
        """Called by the solver."""
        if self.on_progress:
            self.on_progress(round(self.objective_value), int(self.best_objective_bound + 1e-6))


@contextmanager
def watched(solver: cp_model.CpSolver, stop: Callable[[], bool]):
    """While the block runs, the solver ends as soon as `stop` returns true."""
    done = threading.Event()

    def look():
        while not done.wait(PERIOD):
            if stop():
                solver.stop_search()
                return

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
