"""Data classes of figures: a value, its numerator and denominator, and whether it is hidden."""

from dataclasses import dataclass
from fractions import Fraction

# Fewer answers than this, and a mean points at somebody.
LEAST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its components.

    value: None when there is nothing to divide by, or when it is hidden. numerator, denominator:
    for a mean, the sum and the weights; for a median, the number of values on both sides.
    hidden: too few cases to be shown.
    """

    value: Fraction | None
    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    hidden: bool = False
