"""When one arrives at each place of a tour and leaves it."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

ROUND = 5  # minutes: no appointment is proposed at 10:23


@dataclass(frozen=True)
class Stop:
    """A place of a tour; `arrive` and `leave` in minutes after midnight."""

    place: int
    km: float
    arrive: int
    leave: int


def timetable(
    tour: list[int], distances: list[list[float]], start: int, stay: int, speed: float
) -> list[Stop]:
    """The stops of a tour from the seat.

    :param distances: kilometres by road; place 0 is the seat
    :param start: minutes after midnight at which one leaves the seat
    :param stay: minutes in each place
    :param speed: km/h on the road, above 0
    :raise ValueError: the speed is not above 0

    >>> [(stop.place, stop.arrive, stop.leave) for stop in timetable(
    ...     [2, 1], [[0, 10, 20], [10, 0, 7], [20, 7, 0]], 9 * 60, 45, 40)]
    [(2, 570, 615), (1, 630, 675)]
    """
    if speed <= 0:
        raise ValueError("the speed must be above 0")
    stops, clock = [], start
    for one, other in pairwise([0, *tour]):
        km = distances[one][other]
        arrive = ceil((clock + km / speed * 60) / ROUND) * ROUND
        clock = arrive + stay
        stops.append(Stop(other, km, arrive, clock))
    return stops
