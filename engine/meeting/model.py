"""Operations, presences and what became of them: values, no rule. Moments are whole numbers of
milliseconds, all of one clock."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

# Why an operation is set aside.
STRANGER = "stranger"  # this person is not called to the session
MODE = "mode"  # neither in the room nor by video
EARLY = "early"  # before the session, and nobody has opened it
CLOSED = "closed"  # the session is closed
FUTURE = "future"  # the clock of the tablet is ahead
NOT_OPEN = "not_open"  # what is closed was opened before
NOTED = "noted"  # an opening is undone as long as nothing was noted since


@dataclass(frozen=True, slots=True)
class Operation:
    """Operation noted on a tablet.

    at: when it was made. received: when it came here, None when both are the same.
    tablet: what made it; operations of one moment follow the names of the tablets, then their
    order. kind: open, close, undo_open, undo_close, arrive, leave, absent (the arrival never took
    place); any other one is a note. seat, mode: of arrive, leave and absent.
    """

    uid: Hashable
    kind: str
    at: int
    seat: Hashable = None
    mode: str = "room"
    tablet: str = ""
    received: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Seat at the session; titular: the seat of the member whom this deputy may replace."""

    key: Hashable
    voting: bool = True
    titular: Hashable = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody was there from `arrived` to `left`, None as long as nobody saw them leave.

    uid: of the operation by which they arrived.
    """

    uid: Hashable
    seat: Hashable
    mode: str
    arrived: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """outcome: applied, unchanged (it was so already) or refused; reason: of a refusal."""

    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Result of the replay of a session.

    opened, closed: moments, None when it is not. verdicts: of each operation, by its uid.
    votes: who was there, {seat: mode}, when each note was made, by the uid of the note.
    """

    opened: int | None
    closed: int | None
    presences: tuple[Presence, ...]
    verdicts: Mapping[Hashable, Verdict]
    votes: Mapping[Hashable, Mapping[Hashable, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """Presences to take away (by uid), to correct and to add, to go from one course to another."""

    removed: tuple[Hashable, ...]
    corrected: tuple[Presence, ...]
    added: tuple[Presence, ...]
