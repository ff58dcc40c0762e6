"""Working days, public holidays of a department of France, promised dates."""

from .holidays import public_holidays
from .promise import Milestone, Pause, Reached, clock
from .working_days import WorkingDays

__all__ = [
    "Milestone",
    "Pause",
    "Reached",
    "WorkingDays",
    "clock",
    "public_holidays",
]
