"""The order of a tour: nearest neighbour from each place in turn, then 2-opt and moves of one
place, until nothing is shorter.

Distances are a square table, in any unit; place 0 is the seat, where the tour begins and ends.
"""

from itertools import pairwise

SMALLEST = 1e-9  # a gain below that is none: floating-point numbers


def order(distances: list[list[float]]) -> list[int]:
    """The places other than the seat, in the order of the visit.

    Of a tour and its contrary, the one whose first place has the smaller number.

    >>> order([[0, 1, 9, 4], [1, 0, 2, 9], [9, 2, 0, 2], [4, 9, 2, 0]])
    [1, 2, 3]
    >>> order([[0]]), order([[0, 3], [3, 0]])
    ([], [1])
    """
    places = range(1, len(distances))
    tours = [_improve(_go_near(distances, first), distances) for first in places]
    if not tours:
        return []
    best = min(tours, key=lambda tour: (round(length(tour, distances), 6), tour))
    return best if best[0] <= best[-1] else best[::-1]


def length(tour: list[int], distances: list[list[float]]) -> float:
    """What a tour from the seat and back measures.

    >>> length([1, 2], [[0, 1, 5], [1, 0, 2], [5, 2, 0]])
    8
    """
    return sum(distances[one][other] for one, other in pairwise([0, *tour, 0]))


def _go_near(distances: list[list[float]], first: int) -> list[int]:
    """From this place on, always to the nearest that is left."""
    tour, left = [first], set(range(1, len(distances))) - {first}
    while left:
        here = distances[tour[-1]]
        tour.append(min(left, key=lambda place: (here[place], place)))
        left.remove(tour[-1])
    return tour


def _improve(tour: list[int], distances: list[list[float]]) -> list[int]:
    """The same places, in an order that no single change makes shorter."""
    best, measured = tour, length(tour, distances)
    improved = True
    while improved:
        improved = False
        for other in _change(best):
            found = length(other, distances)
            if found < measured - SMALLEST:
                best, measured, improved = other, found, True
                break
    return best


def _change(tour: list[int]):
    """Each tour that turns a part of this one round, or moves one place elsewhere."""
    count = len(tour)
    for start in range(count):
        for end in range(start + 2, count + 1):
            yield [*tour[:start], *reversed(tour[start:end]), *tour[end:]]
    for start in range(count):
        rest = [*tour[:start], *tour[start + 1 :]]
        for at in range(count):
            if at != start:
                yield [*rest[:at], tour[start], *rest[at:]]
