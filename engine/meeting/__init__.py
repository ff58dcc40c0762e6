"""Attendance of a session, from the operations of several tablets: `replay` and `quorum`."""

from .model import (
    CLOSED,
    EARLY,
    FUTURE,
    MODE,
    NOT_OPEN,
    NOTED,
    STRANGER,
    Change,
    Course,
    Operation,
    Presence,
    Seat,
    Verdict,
)
from .quorum import find_seated
from .replay import compare, date_operation, is_replayed, replay

__all__ = [
    "CLOSED",
    "EARLY",
    "FUTURE",
    "MODE",
    "NOTED",
    "NOT_OPEN",
    "STRANGER",
    "Change",
    "Course",
    "Operation",
    "Presence",
    "Seat",
    "Verdict",
    "compare",
    "date_operation",
    "find_seated",
    "is_replayed",
    "replay",
]
