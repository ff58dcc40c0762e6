"""Figures of the replacement service: rates, medians and means, exact, with what makes them."""

from .available import Contract, available_hours
from .figures import hidden_below, mean, median, rate, repeated
from .model import LEAST_ANSWERS, Figure

__all__ = [
    "LEAST_ANSWERS",
    "Contract",
    "Figure",
    "available_hours",
    "hidden_below",
    "mean",
    "median",
    "rate",
    "repeated",
]
