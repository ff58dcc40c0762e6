"""Classes of values for maps and charts: few, readable, and together holding every value.

Quantiles put about as many communes in each class, which is what shows the differences when a
there are few large towns and many villages; their bounds are then moved to round numbers as far
as the counts allow. Thresholds are for figures whose bounds mean something by themselves, such
as days: the same colour then means the same thing next month.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10

ROUND_STEPS = (5, 2, 1)  # of a power of ten
SLACK = 0.25  # how far a bound may move to be round, as a part of a class


@dataclass(frozen=True, slots=True)
class ValueClass:
    """The values v with low <= v < high, `count` of them.

    low, high: None where the class has no bound. closed: `high` belongs to the class (last
    class of the quantiles, and each class that is a single value).
    """

    low: float | None
    high: float | None
    count: int
    closed: bool = False

    def __contains__(self, value: float) -> bool:
        if self.low is not None and value < self.low:
            return False
        return self.high is None or value < self.high or (self.closed and value == self.high)


def roundest(low: float, high: float, near: float) -> float:
    """The roundest number b with low < b <= high; the nearest to `near` among equals.

    Rounder means a multiple of a larger 1, 2 or 5 times a power of ten.
    """
    if low < 0 <= high:
        return 0
    power = floor(log10(max(abs(low), abs(high))))
    for exponent in range(power, power - 12, -1):
        for digit in ROUND_STEPS:
            step = digit * 10.0**exponent
            inside = [
                number
                for multiple in {floor(near / step), floor(near / step) + 1, floor(high / step)}
                if low < (number := round(multiple * step, 10)) <= high
            ]
            if inside:
                return min(inside, key=lambda number: (abs(number - near), number))
    return high


def _bound(ordered: Sequence[float], rank: int, wanted: int) -> float:
    """Bound between the classes `rank` and `rank + 1` of `wanted`; `ordered` is not constant."""
    total = len(ordered)
    target, slack = total * rank / wanted, total / wanted * SLACK
    steps = [p for p in range(1, total) if ordered[p - 1] < ordered[p]]
    nearest = min(steps, key=lambda p: abs(p - target))
    near = [p for p in steps if abs(p - target) <= slack] or [nearest]
    return roundest(ordered[near[0] - 1], ordered[near[-1]], ordered[nearest])


def quantiles(values: Iterable[float], wanted: int = 5) -> list[ValueClass]:
    """At most `wanted` classes of about the same number of values, none of them empty.

    With few distinct values each is a class. Otherwise the first class begins at the smallest
    value and the last one ends at the largest, which belongs to it.
    """
    ordered = sorted(values)
    counts = Counter(ordered)
    if len(counts) <= wanted:
        return [ValueClass(value, value, count, closed=True) for value, count in counts.items()]
    bounds = sorted({_bound(ordered, rank, wanted) for rank in range(1, wanted)})
    classes, low, start = [], ordered[0], 0
    for bound in bounds:
        end = bisect_left(ordered, bound)
        if end > start:
            classes.append(ValueClass(low, bound, end - start))
            low, start = bound, end
    classes.append(ValueClass(low, ordered[-1], len(ordered) - start, closed=True))
    return classes


def thresholds(values: Iterable[float], bounds: Sequence[float]) -> list[ValueClass]:
    """Classes with given increasing bounds, open at both ends; a class may be empty."""
    ordered = sorted(values)
    ends = [bisect_left(ordered, bound) for bound in bounds] + [len(ordered)]
    lows, highs, starts = [None, *bounds], [*bounds, None], [0, *ends]
    return [
        ValueClass(low, high, end - start)
        for low, high, start, end in zip(lows, highs, starts, ends, strict=False)
    ]


def index_of(value: float, classes: Sequence[ValueClass]) -> int:
    """Position of the class that holds the value.

    :raises ValueError: when none does
    """
    for index, value_class in enumerate(classes):
        if value in value_class:
            return index
    raise ValueError(f"no class holds {value}")


def colours(count: int, available: int = 5) -> list[int]:
    """Colours of `count` classes, spread over a ramp of `available` from light to dark."""
    if count == 1:
        return [available // 2]
    return [round(index * (available - 1) / (count - 1)) for index in range(count)]
