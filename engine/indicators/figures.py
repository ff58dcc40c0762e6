"""Rates, medians and means that indicators are computed with."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from numbers import Rational

from .model import LEAST_ANSWERS, Figure


def rate(part: Rational, whole: Rational) -> Figure:
    """A share, or a quotient; without value when there is nothing to divide by.

    >>> rate(571, 593).value, rate(0, 0).value
    (Fraction(571, 593), None)
    """
    value = Fraction(part) / Fraction(whole) if whole else None
    return Figure(value, Fraction(part), Fraction(whole))


def median(values: Iterable[Rational]) -> Figure:
    """The value in the middle; between two, halfway.

    >>> median([4, 1, 30]).value, median([1, 2]).value, median([]).value
    (Fraction(4, 1), Fraction(3, 2), None)
    """
    ranked = sorted(values)
    count = Fraction(len(ranked))
    if not ranked:
        return Figure(None)
    low, high = map(Fraction, (ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]))
    value = (low + high) / 2
    return Figure(value, count, count)


def mean(weighted: Iterable[tuple[Rational, Rational]]) -> Figure:
    """A mean of (value, weight): a mission of ten half-days counts ten times one of one.

    >>> mean([(4, 10), (1, 2)]).value
    Fraction(7, 2)
    """
    pairs = [(Fraction(value), Fraction(weight)) for value, weight in weighted]
    return rate(sum(v * w for v, w in pairs), sum(w for _v, w in pairs))


def hidden_below(figure: Figure, answers: int, least: int = LEAST_ANSWERS) -> Figure:
    """The same figure, silent when too few persons answered.

    >>> hidden_below(rate(3, 4), 4)
    Figure(value=None, numerator=Fraction(0, 1), denominator=Fraction(0, 1), hidden=True)
    >>> hidden_below(rate(3, 4), 5).value
    Fraction(3, 4)

    :param answers: how many answers the figure comes from; none at all is not a secret
    """
    if not answers or answers >= least:
        return figure
    return Figure(None, hidden=True)


def repeated(counts: Mapping[Hashable, int]) -> Figure:
    """Requests that came back, among all: those whose key is there at least twice.

    >>> repeated({("Jussy", "accounts"): 3, ("Vany", "payroll"): 1}).value
    Fraction(3, 4)

    :param counts: {(commune, job): number of requests in twelve months}
    """
    numbers = Counter(counts).values()
    return rate(sum(n for n in numbers if n > 1), sum(numbers))
