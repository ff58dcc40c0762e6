"""Example of a Monday that can be checked by hand, for the docstrings of this package.

Two communes ask for an agent: Aubry for the whole day, with accounting; then Brault, which wrote
first, for the morning alone. Anne knows accounting, Bruno does not.
"""

from datetime import date, datetime, time

from .eligibility import Board
from .model import AM, PM, Agent, HalfDay, Problem, Request
from .pattern import WORKING_WEEK

MONDAY = date(2027, 1, 4)
MORNING, AFTERNOON = HalfDay(MONDAY, AM), HalfDay(MONDAY, PM)
ANNE = Agent("Anne", pattern=WORKING_WEEK, skills={"CPT": 2, "ACC": 1})
BRUNO = Agent("Bruno", pattern=WORKING_WEEK, skills={"ACC": 1})
FIRST, SECOND = (datetime.combine(date(2026, 12, day), time()) for day in (1, 2))
AUBRY = Request("Aubry", (MORNING, AFTERNOON), received=SECOND, skills={"CPT": 2}, km=5)
BRAULT = Request("Brault", (MORNING,), received=FIRST, skills={"ACC": 1}, km=5)
PROBLEM = Problem((AUBRY, BRAULT), (ANNE, BRUNO))
BOARD = Board(PROBLEM)
