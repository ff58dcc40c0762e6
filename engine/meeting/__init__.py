"""Who was at a session, from the gestures of several tablets: see `replay` and `quorum`."""

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
    Gesture,
    Presence,
    Seat,
    Verdict,
)
from .quorum import find_seated
from .replay import compare, date_gesture, is_replayed, replay

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
    "Gesture",
    "Presence",
    "Seat",
    "Verdict",
    "compare",
    "date_gesture",
    "find_seated",
    "is_replayed",
    "replay",
]
