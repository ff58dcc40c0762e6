"""In which order to visit several places from one seat, and when one is where."""

from .order import length, order
from .timetable import Stop, timetable

__all__ = ["Stop", "length", "order", "timetable"]
