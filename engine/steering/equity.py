"""Equity between communes: who may be ranked, sums for a thousand inhabitants, rings around."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational

# With fewer cases, a rate or a median is chance: the counts are shown, nobody is ranked.
LEAST_CASES = 5
# Kilometres in a straight line from the seat: below each bound, then beyond.
RINGS = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Ranked:
    """rank: 1 for the first; the same for equals. None: too few cases, or no value."""

    key: Hashable
    value: Fraction | None
    cases: int
    rank: int | None


def rank(found: Mapping[Hashable, tuple[Rational | None, int]], least: int = LEAST_CASES):
    """From the largest value to the smallest; values of too few cases come last, without a rank.

    >>> [(one.key, one.rank) for one in rank({"A": (9, 5), "B": (30, 4), "C": (9, 8), "D": (1, 6)})]
    [('A', 1), ('C', 1), ('D', 3), ('B', None)]

    :param found: {key: (value, number of cases that it comes from)}
    :return: list of Ranked
    """
    shown = {key: Fraction(value) for key, (value, cases) in found.items()
            if value is not None and cases >= least}  # fmt: skip
    ordered = sorted(shown, key=lambda key: -shown[key])
    places = {}
    for place, key in enumerate(ordered, start=1):
        places.setdefault(shown[key], place)
    ranked = [Ranked(key, shown[key], found[key][1], places[shown[key]]) for key in ordered]
    rest = [
        Ranked(key, None if value is None else Fraction(value), cases, None)
        for key, (value, cases) in found.items()
        if key not in shown
    ]
    return ranked + rest


def per_thousand(number: Rational, inhabitants: int) -> Fraction | None:
    """How many for a thousand inhabitants.

    >>> per_thousand(3, 1500), per_thousand(3, 0)
    (Fraction(2, 1), None)
    """
    return Fraction(number) * 1000 / inhabitants if inhabitants else None


def ring_of(kilometres: float | None, bounds=RINGS) -> int | None:
    """Rank of the ring of distance that holds a place.

    >>> ring_of(4.9), ring_of(5), ring_of(80), ring_of(None)
    (0, 1, 3, None)
    """
    if kilometres is None:
        return None
    return sum(kilometres >= bound for bound in bounds)
