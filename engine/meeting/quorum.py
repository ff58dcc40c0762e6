"""Members that count for the quorum. Proxies never do (CGCT, L.2121-17)."""

from collections.abc import Collection, Hashable, Iterable

from .model import Seat


def find_seated(seats: Iterable[Seat], there: Collection[Hashable]) -> list[Hashable]:
    """Keys of those who take a seat: members with a voice, and one deputy of an absent one.

    there: keys of those who are at the session.

    >>> seats = [Seat("Anne"), Seat("Paul", voting=False, titular="Anne")]
    >>> find_seated(seats, {"Paul"})
    ['Paul']
    >>> find_seated(seats, {"Anne", "Paul"})
    ['Anne']
    """
    seats = list(seats)
    voting = {seat.key for seat in seats if seat.voting}
    seated = [seat.key for seat in seats if seat.voting and seat.key in there]
    taken = set(there)
    for seat in seats:
        free = seat.titular in voting and seat.titular not in taken
        if seat.key in there and not seat.voting and free:
            taken.add(seat.titular)
            seated.append(seat.key)
    return seated
