"""Replacements: who can go where, a plan that fills the most half-days, and why not more."""

from .eligibility import Board
from .check import Violation, check
from .cpsat import Progress, is_available, solve
from .explain import Explanation, Obstacle, explain, explain_all, near_misses, sole_agent
from .plan_assembly import with_arrivals
from .gaps import Gap, Learning, by_learning, skill_gaps
from .greedy import greedy
from .limits import UNITS, Limits, Weights, dated
from .messages import StaffingError
from .model import (
    AM,
    PM,
    Absence,
    Agent,
    Assignment,
    Evening,
    Exclusion,
    HalfDay,
    Notice,
    Plan,
    Problem,
    Request,
)
from .output import as_dict
from .pattern import WORKING_WEEK, Pattern, half_days
from .places import Places, Points, pad_code, road_km
from .regret import Regret, regret
from .rules import Stop, stops
from .candidate_ranking import Standing, standing, why_none
from .whatif import Change, Repair, differences, repaired, what_if_absent
from .worked import WEEK_RULES, Stretch, find_overlaps, find_troubles

__all__ = [
    "AM",
    "PM",
    "WORKING_WEEK",
    "Absence",
    "Agent",
    "Assignment",
    "Board",
    "Change",
    "Evening",
    "Exclusion",
    "Explanation",
    "Gap",
    "HalfDay",
    "Learning",
    "Limits",
    "Notice",
    "Obstacle",
    "Pattern",
    "Places",
    "Plan",
    "Points",
    "Problem",
    "Progress",
    "Regret",
    "Repair",
    "Request",
    "StaffingError",
    "Stretch",
    "UNITS",
    "Standing",
    "Stop",
    "Violation",
    "WEEK_RULES",
    "Weights",
    "as_dict",
    "by_learning",
    "check",
    "dated",
    "differences",
    "explain",
    "explain_all",
    "find_overlaps",
    "find_troubles",
    "greedy",
    "half_days",
    "is_available",
    "near_misses",
    "pad_code",
    "regret",
    "repaired",
    "road_km",
    "skill_gaps",
    "sole_agent",
    "solve",
    "standing",
    "stops",
    "what_if_absent",
    "why_none",
    "with_arrivals",
]
