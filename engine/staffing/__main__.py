"""A plan for a file of requests and a file of agents, without Odoo or a database.

python -m engine.staffing REQUESTS.csv AGENTS.csv [--solver greedy|cpsat] [--seconds 60]

JSON on standard output. An error is one line on standard error, with exit code 2.
"""

import math
import sys

from ..text.cli import Options, command, warn
from .messages import StaffingError

HELP = """Un plan de remplacement pour des demandes et des agents ; le résultat est en JSON.

python -m engine.staffing DEMANDES.csv AGENTS.csv [--solver greedy|cpsat] [--seconds 60]

--solver greedy : dans l’ordre d’arrivée des demandes ;
--solver cpsat : le plus de demi-journées, puis les préférences (c’est le choix par défaut ;
  sans la bibliothèque « ortools », le plan est établi dans l’ordre d’arrivée) ;
--seconds : temps de calcul au plus, en secondes."""
SOLVERS = ("greedy", "cpsat")


def run(arguments: list[str]) -> str:
    """What to print on standard output.

    :raises FrenchError: nothing can be planned
    """
    options = Options()
    options.add_argument("--solver", default="cpsat")
    options.add_argument("--seconds", default="60")
    files, found = options.parse(arguments)
    if found.solver not in SOLVERS:
        raise StaffingError("bad_solver", value=found.solver)
    seconds = read_seconds(found.seconds)
    if len(files) < 2:
        raise StaffingError("no_files")
    if len(files) > 2:
        raise StaffingError("too_many_files", value=files[2])
    return answer(files[0], files[1], found.solver, seconds)


def read_seconds(value: str) -> float:
    """The time limit."""
    try:
        seconds = float(value.replace(",", "."))
    except ValueError:
        raise StaffingError("bad_seconds", value=value) from None
    if not (seconds > 0 and math.isfinite(seconds)):
        raise StaffingError("bad_seconds", value=value)
    return seconds


def answer(requests: str, agents: str, solver: str, seconds: float) -> str:
    """The plan as JSON."""
    import json

    from ..replacement_csv import read_problem
    from .cpsat import solve
    from .eligibility import Board
    from .output import as_dict

    problem = read_problem(requests, agents)
    board = Board(problem)
    plan = solve(problem, solver, seconds=seconds, board=board)
    if plan.message:
        warn(plan.message)
    return json.dumps(as_dict(problem, plan, board), ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(command(run, HELP, sys.argv[1:]))
