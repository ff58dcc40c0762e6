"""Plans of replacements: the scenario of 25 requests, and 200 requests for 60 agents.

Half-days filled by the solver against those filled in order of arrival.
"""

from pathlib import Path

from engine.replacement_csv import read_problem
from engine.staffing import Board, greedy, solve
from engine.staffing.fictitious import fictive

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "staffing"


def line(what, figure, reference, ratio, budget):
    print(f"{what:<44}{figure:>10}{reference:>12}{ratio:>9}{budget:>9}")


def measure(name, problem, seconds, budget):
    board = Board(problem)
    simple = greedy(problem, board)
    plan = solve(problem, seconds=seconds, board=board)
    line(
        f"{name}, demi-journées pourvues",
        plan.filled,
        simple.filled,
        f"{plan.filled / simple.filled:.2f}",
        "≥ 1",
    )
    line(f"{name}, borne et écart", plan.bound, "", f"{plan.gap:.1%}", "")
    line(f"{name}, durée (s)", f"{plan.seconds:.1f}", f"{simple.seconds:.2f}", "", budget)


print(f"{'remplacements':<44}{'nous':>10}{'arrivée':>12}{'rapport':>9}{'budget':>9}")
scenario = read_problem(FIXTURES / "replacement_requests.csv", FIXTURES / "replacement_agents.csv")
measure("25 demandes, 12 agents", scenario, 15, "≤ 15 s")
measure("200 demandes, 60 agents", fictive(200, 60), 60, "≤ 60 s")
