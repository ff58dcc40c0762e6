"""Comparison of a period with the one before it."""

from dataclasses import dataclass
from fractions import Fraction

from ..indicators import Figure
from .equity import LEAST_CASES


@dataclass(frozen=True, slots=True)
class Change:
    """difference: in the unit of the figure, for a share in points (0.1 is ten points).

    ratio: difference over the past figure; None when it means nothing.
    """

    difference: Fraction
    ratio: Fraction | None = None


def change(now: Figure, past: Figure | None, is_share: bool = False) -> Change | None:
    """Change between two figures; None when either is unknown.

    >>> change(Figure(Fraction(12)), Figure(Fraction(10)))
    Change(difference=Fraction(2, 1), ratio=Fraction(1, 5))
    >>> change(Figure(Fraction(3)), Figure(Fraction(1)))  # from 1 to 3 is not “+ 200 %”
    Change(difference=Fraction(2, 1), ratio=None)
    >>> change(Figure(Fraction(3)), None)

    :param is_share: the difference of two shares is in points, and has no ratio
    """
    if past is None or now.value is None or past.value is None:
        return None
    difference = now.value - past.value
    is_comparable = not is_share and past.value >= LEAST_CASES
    return Change(difference, difference / past.value if is_comparable else None)
