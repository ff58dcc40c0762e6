"""Files of past registers: requests and agents as people kept them in spreadsheets.

What a person wrote freely is read with care: a sentence that denies or doubts changes nothing.
"""

from .dates import read_date
from .days import read_pattern
from .events import Events, read_events
from .flexibility import read_flexibility
from .messages import RegisterError
from .tables import closed_days, read_agents, read_problem, read_requests

__all__ = [
    "Events",
    "RegisterError",
    "closed_days",
    "read_agents",
    "read_date",
    "read_events",
    "read_flexibility",
    "read_pattern",
    "read_problem",
    "read_requests",
]
