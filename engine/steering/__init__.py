"""Figures of the management: spans of days, what changed, who may be ranked, how far."""

from .compare import Change, change
from .equity import LEAST_CASES, Ranked, per_thousand, rank, ring_of
from .span import KINDS, WEEKLY_UP_TO, Span, before, cut, move, span_of

__all__ = [
    "KINDS",
    "LEAST_CASES",
    "WEEKLY_UP_TO",
    "Change",
    "Ranked",
    "Span",
    "before",
    "change",
    "cut",
    "move",
    "per_thousand",
    "rank",
    "ring_of",
    "span_of",
]
