"""Documents on paper: HTML made PDF by WeasyPrint, here or in a process of its own."""

from . import pdf

__all__ = ["pdf"]
