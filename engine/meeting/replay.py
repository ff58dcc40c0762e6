"""The course of a session from its operations, in the order in which they were made.

Two tablets note the same session, each without network for a while: what arrives late is put
back in its place, so that the order of arrival changes nothing."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from .model import (
    CLOSED,
    EARLY,
    FUTURE,
    MODE,
    NOT_OPEN,
    NOTED,
    STRANGER,
    Change,
    Course,
    Operation,
    Presence,
    Verdict,
)

TOLERANCE = 60_000  # ms: what a clock may be ahead
MODES = ("room", "remote")
STEPS = ("open", "close", "undo_open", "undo_close")
APPLIED, UNCHANGED = Verdict("applied"), Verdict("unchanged")


def date_operation(now: int, ago: float, before: int = 0) -> int:
    """The moment of an operation that arrives now and was made `ago` seconds ago.

    before: moment of the operation that the same tablet made before; an operation is never dated
    before it, however long each one was on its way. A clock that is a little ahead is right.

    >>> date_operation(100_000, 2.5)
    97500
    >>> date_operation(100_000, 2.5, before=98_000)
    98000
    >>> date_operation(100_000, -3)
    100000
    >>> date_operation(100_000, -3600)
    3700000
    """
    moment = now - round(ago * 1000)
    if moment > now + TOLERANCE:
        return moment
    return max(min(moment, now), before)


def is_replayed(kind: str) -> bool:
    """Whether this kind of operation changes attendance, or opens or closes; others are notes.

    >>> is_replayed("arrive"), is_replayed("text")
    (True, False)
    """
    return kind in _Session.kinds


def replay(operations: Iterable[Operation], seats: Collection[Hashable], doors: int = 0) -> Course:
    """Replay the operations of several tablets, given in any order.

    Operations of one tablet come in their own order. A wrong one is set aside, the others count.
    seats: keys of the persons called. doors: nobody is there earlier, unless it is open.

    >>> late = Operation("1", "arrive", 10, seat="Anne", tablet="A")
    >>> course = replay([Operation("2", "leave", 20, seat="Anne", tablet="B"), late], {"Anne"})
    >>> [(one.arrived, one.left) for one in course.presences]
    [(10, 20)]
    >>> replay([Operation("3", "arrive", 30, seat="Paul")], {"Anne"}).verdicts["3"]
    Verdict(outcome='refused', reason='stranger')
    """
    session = _Session(seats, doors)
    verdicts, known = {}, set()
    for operation in sorted(operations, key=lambda operation: (operation.at, operation.tablet)):
        if operation.uid not in known:
            known.add(operation.uid)
            verdicts[operation.uid] = session.take(operation)
    return Course(
        session.opened,
        session.closed,
        tuple(presence for kept in session.presences.values() for presence in kept),
        verdicts,
        session.votes,
    )


def compare(before: Course, after: Course) -> Change:
    """Changes to make to the recorded attendance; unchanged records are left out.

    >>> old = replay([Operation("1", "arrive", 10, seat="Anne")], {"Anne"})
    >>> leaves = Operation("2", "leave", 20, seat="Anne")
    >>> new = replay([Operation("1", "arrive", 10, seat="Anne"), leaves], {"Anne"})
    >>> compare(old, new).corrected
    (Presence(uid='1', seat='Anne', mode='room', arrived=10, left=20),)
    """
    old = {presence.uid: presence for presence in before.presences}
    new = {presence.uid: presence for presence in after.presences}
    return Change(
        tuple(uid for uid in old if uid not in new),
        tuple(one for uid, one in new.items() if uid in old and one != old[uid]),
        tuple(one for uid, one in new.items() if uid not in old),
    )


class _Session:
    """The session as it is after the operations that were taken."""

    def __init__(self, seats, doors):
        self.seats, self.doors = seats, doors
        self.opened = self.closed = None
        self.is_noted = False
        self.presences: dict[Hashable, list[Presence]] = {}
        self.votes: dict[Hashable, dict[Hashable, str]] = {}

    def take(self, operation: Operation) -> Verdict:
        if operation.received is not None and operation.at > operation.received + TOLERANCE:
            return _make_refusal(FUTURE)
        verdict = self.kinds.get(operation.kind, _Session.note)(self, operation)
        if verdict == APPLIED and operation.kind not in STEPS:
            self.is_noted = True
        return verdict

    # the session

    def open(self, operation):
        if self.opened is not None:
            return UNCHANGED
        self.opened, self.is_noted = operation.at, False
        return APPLIED

    def close(self, operation):
        if self.closed is not None:
            return UNCHANGED
        if self.opened is None:
            return _make_refusal(NOT_OPEN)
        self.closed = operation.at
        return APPLIED

    def undo_open(self, _operation):
        if self.opened is None:
            return UNCHANGED
        if self.is_noted or self.closed is not None:
            return _make_refusal(NOTED)
        self.opened = None
        return APPLIED

    def undo_close(self, _operation):
        if self.closed is None:
            return UNCHANGED
        self.closed = None
        return APPLIED

    # who is there

    def arrive(self, operation):
        if operation.mode not in MODES:
            return _make_refusal(MODE)
        if reason := self._why_not(operation) or self._why_over():
            return _make_refusal(reason)
        last = self._find_there(operation.seat)
        if last and last.mode == operation.mode:
            return UNCHANGED
        self._end(operation)
        arrival = Presence(operation.uid, operation.seat, operation.mode, operation.at)
        self.presences.setdefault(operation.seat, []).append(arrival)
        return APPLIED

    def leave(self, operation):
        if reason := self._why_not(operation) or self._why_over():
            return _make_refusal(reason)
        if not self._find_there(operation.seat):
            return UNCHANGED
        self._end(operation)
        return APPLIED

    def absent(self, operation):
        """Undo an arrival ticked by mistake; allowed after the session is closed too."""
        if reason := self._why_not(operation):
            return _make_refusal(reason)
        if not self._find_there(operation.seat):
            return UNCHANGED
        self.presences[operation.seat].pop()
        return APPLIED

    def note(self, operation):
        self.votes[operation.uid] = {
            seat: kept[-1].mode
            for seat, kept in self.presences.items()
            if kept and kept[-1].left is None
        }
        return APPLIED

    kinds = {
        "open": open,
        "close": close,
        "undo_open": undo_open,
        "undo_close": undo_close,
        "arrive": arrive,
        "leave": leave,
        "absent": absent,
    }

    def _why_not(self, operation):
        if operation.seat not in self.seats:
            return STRANGER
        return EARLY if self.opened is None and operation.at < self.doors else ""

    def _why_over(self):
        return CLOSED if self.closed is not None else ""

    def _find_there(self, seat):
        kept = self.presences.get(seat)
        return kept[-1] if kept and kept[-1].left is None else None

    def _end(self, operation):
        kept = self.presences.get(operation.seat)
        if kept and kept[-1].left is None:
            kept[-1] = replace(kept[-1], left=operation.at)


def _make_refusal(reason):
    return Verdict("refused", reason)
