"""Worker that runs a search in a separate process.

python -m engine.staffing.worker FOLDER
"""

import sys
from pathlib import Path

from ..background_task import SILENCE, Task
from .cpsat import solve
from .model import Problem

__all__ = ["SILENCE", "Search"]


class Search(Task):
    """The search of a plan; what is found is a `Plan`, its progress a `cpsat.Progress`."""

    module = "engine.staffing.worker"

    def start(self, problem: Problem, solver: str, seconds: float) -> int:
        """:return: the number of the process"""
        return self.begin(problem, solver, seconds)


def _search(task, problem, solver, seconds):
    return solve(
        problem,
        solver,
        seconds=seconds,
        progress=task.report,
        stop=lambda: task.is_stopped,
    )


if __name__ == "__main__":
    Search.run(Path(sys.argv[1]), _search)
