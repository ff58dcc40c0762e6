"""The course of a session from its gestures, in the order in which they were made.

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
    Gesture,
    Presence,
    Verdict,
)

TOLERANCE = 60_000  # ms: what a clock may be ahead
MODES = ("room", "remote")
STEPS = ("open", "close", "undo_open", "undo_close")
APPLIED, UNCHANGED = Verdict("applied"), Verdict("unchanged")


def date_gesture(now: int, ago: float, before: int = 0) -> int:
    """The moment of a gesture that arrives now and was made `ago` seconds ago.

    before: moment of the gesture that the same tablet made before; a gesture is never dated
    before it, however long each one was on its way. A clock that is a little ahead is right.

    >>> date_gesture(100_000, 2.5)
    97500
    >>> date_gesture(100_000, 2.5, before=98_000)
    98000
    >>> date_gesture(100_000, -3)
    100000
    >>> date_gesture(100_000, -3600)
    3700000
    """
    moment = now - round(ago * 1000)
    if moment > now + TOLERANCE:
        return moment
    return max(min(moment, now), before)


def is_replayed(kind: str) -> bool:
    """Whether this kind of gesture says who is there, or opens and closes; else it is a note.

    >>> is_replayed("arrive"), is_replayed("text")
    (True, False)
    """
    return kind in _Session.kinds


def replay(gestures: Iterable[Gesture], seats: Collection[Hashable], doors: int = 0) -> Course:
    """What took place, whatever the order in which the gestures of several tablets are given.

    Those of one tablet are given in their own order. A wrong one is set aside, the others count.
    seats: keys of those who are called. doors: nobody is there before, unless it is opened.

    >>> late = Gesture("1", "arrive", 10, seat="Anne", tablet="A")
    >>> course = replay([Gesture("2", "leave", 20, seat="Anne", tablet="B"), late], {"Anne"})
    >>> [(one.arrived, one.left) for one in course.presences]
    [(10, 20)]
    >>> replay([Gesture("3", "arrive", 30, seat="Paul")], {"Anne"}).verdicts["3"]
    Verdict(outcome='refused', reason='stranger')
    """
    session = _Session(seats, doors)
    verdicts, known = {}, set()
    for gesture in sorted(gestures, key=lambda gesture: (gesture.at, gesture.tablet)):
        if gesture.uid not in known:
            known.add(gesture.uid)
            verdicts[gesture.uid] = session.take(gesture)
    return Course(
        session.opened,
        session.closed,
        tuple(presence for kept in session.presences.values() for presence in kept),
        verdicts,
        session.votes,
    )


def compare(before: Course, after: Course) -> Change:
    """What to change in what was noted; what stays as it was is left alone.

    >>> old = replay([Gesture("1", "arrive", 10, seat="Anne")], {"Anne"})
    >>> leaves = Gesture("2", "leave", 20, seat="Anne")
    >>> new = replay([Gesture("1", "arrive", 10, seat="Anne"), leaves], {"Anne"})
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
    """The session as it is after the gestures that were taken."""

    def __init__(self, seats, doors):
        self.seats, self.doors = seats, doors
        self.opened = self.closed = None
        self.is_noted = False
        self.presences: dict[Hashable, list[Presence]] = {}
        self.votes: dict[Hashable, dict[Hashable, str]] = {}

    def take(self, gesture: Gesture) -> Verdict:
        if gesture.received is not None and gesture.at > gesture.received + TOLERANCE:
            return _refuse(FUTURE)
        verdict = self.kinds.get(gesture.kind, _Session.note)(self, gesture)
        if verdict == APPLIED and gesture.kind not in STEPS:
            self.is_noted = True
        return verdict

    # the session

    def open(self, gesture):
        if self.opened is not None:
            return UNCHANGED
        self.opened, self.is_noted = gesture.at, False
        return APPLIED

    def close(self, gesture):
        if self.closed is not None:
            return UNCHANGED
        if self.opened is None:
            return _refuse(NOT_OPEN)
        self.closed = gesture.at
        return APPLIED

    def undo_open(self, _gesture):
        if self.opened is None:
            return UNCHANGED
        if self.is_noted or self.closed is not None:
            return _refuse(NOTED)
        self.opened = None
        return APPLIED

    def undo_close(self, _gesture):
        if self.closed is None:
            return UNCHANGED
        self.closed = None
        return APPLIED

    # who is there

    def arrive(self, gesture):
        if gesture.mode not in MODES:
            return _refuse(MODE)
        if reason := self._why_not(gesture) or self._why_over():
            return _refuse(reason)
        last = self._find_there(gesture.seat)
        if last and last.mode == gesture.mode:
            return UNCHANGED
        self._end(gesture)
        arrival = Presence(gesture.uid, gesture.seat, gesture.mode, gesture.at)
        self.presences.setdefault(gesture.seat, []).append(arrival)
        return APPLIED

    def leave(self, gesture):
        if reason := self._why_not(gesture) or self._why_over():
            return _refuse(reason)
        if not self._find_there(gesture.seat):
            return UNCHANGED
        self._end(gesture)
        return APPLIED

    def absent(self, gesture):
        """Ticked by mistake: said after the session is closed too."""
        if reason := self._why_not(gesture):
            return _refuse(reason)
        if not self._find_there(gesture.seat):
            return UNCHANGED
        self.presences[gesture.seat].pop()
        return APPLIED

    def note(self, gesture):
        self.votes[gesture.uid] = {
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

    def _why_not(self, gesture):
        if gesture.seat not in self.seats:
            return STRANGER
        return EARLY if self.opened is None and gesture.at < self.doors else ""

    def _why_over(self):
        return CLOSED if self.closed is not None else ""

    def _find_there(self, seat):
        kept = self.presences.get(seat)
        return kept[-1] if kept and kept[-1].left is None else None

    def _end(self, gesture):
        kept = self.presences.get(gesture.seat)
        if kept and kept[-1].left is None:
            kept[-1] = replace(kept[-1], left=gesture.at)


def _refuse(reason):
    return Verdict("refused", reason)
