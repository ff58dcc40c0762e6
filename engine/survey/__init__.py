"""Results of a survey of communes: raw, weighted by population, by band, never too fine."""

from .model import Figure, Group, Place, Question, Rate, Reply, Result, Results
from .tabulate import ALL, WEIGHED_FROM, tabulate

__all__ = [
    "ALL",
    "WEIGHED_FROM",
    "Figure",
    "Group",
    "Place",
    "Question",
    "Rate",
    "Reply",
    "Result",
    "Results",
    "tabulate",
]
