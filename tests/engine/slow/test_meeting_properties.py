"""Two tablets note one session: whatever arrives when, the session is that of the operations."""

from dataclasses import replace
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from property_cases import often

from engine.meeting import (
    CLOSED,
    EARLY,
    FUTURE,
    NOT_OPEN,
    NOTED,
    STRANGER,
    Operation,
    Seat,
    compare,
    date_operation,
    find_seated,
    replay,
)

SEATS = [Seat("Anne"), Seat("Bruno"), Seat("Chloé"), Seat("Denis", False, "Anne")]
CALLED = {seat.key for seat in SEATS}
DOORS, LATEST = 50_000, 400_000
PRESENCE = ("arrive", "leave", "absent")
KINDS = (*PRESENCE * 3, "open", "close", "undo_open", "undo_close", "text", "decision", "decision")


@st.composite
def tablets(draw, count=10):
    """Ten operations of two tablets at different moments, wrong ones among them."""
    moments = draw(st.lists(st.integers(0, LATEST), min_size=count, max_size=count, unique=True))
    operations = []
    for number, moment in enumerate(sorted(moments)):
        kind = draw(st.sampled_from(KINDS))
        operations.append(
            Operation(
                f"{number:02}",
                kind,
                moment,
                draw(st.sampled_from((*sorted(CALLED), "Zoé"))) if kind in PRESENCE else None,
                draw(st.sampled_from(("room", "room", "remote"))),
                draw(st.sampled_from("AB")),
            )
        )
    return operations


class Server:
    """Takes what the tablets send as the meeting screen does: one log, rows that follow it."""

    def __init__(self):
        self.log, self.rows, self.last = [], {}, {}
        self.course = replay((), CALLED, DOORS)

    def receive(self, sent, now):
        for operation in sent:
            if operation.uid in {kept.uid for kept in self.log}:
                continue
            before = self.last.get(operation.tablet, 0)
            at = date_operation(now, (now - operation.at) / 1000, before)
            if at <= now:
                self.last[operation.tablet] = at
            self.log.append(replace(operation, at=at, received=now))
        course = replay(self.log, CALLED, DOORS)
        change = compare(self.course, course)
        for uid in change.removed:
            del self.rows[uid]
        for presence in change.corrected:
            assert presence.uid in self.rows
            self.rows[presence.uid] = presence
        for presence in change.added:
            assert presence.uid not in self.rows
            self.rows[presence.uid] = presence
        self.course = course


def deliver(data, operations):
    """Send both queues, each in its order, by pieces of any size, at any moment, some twice."""
    server = Server()
    queues = {name: [g for g in operations if g.tablet == name] for name in "AB"}
    now = 0
    while any(queues.values()):
        name = data.draw(st.sampled_from([name for name in "AB" if queues[name]]))
        size = data.draw(st.integers(1, len(queues[name])))
        piece = queues[name][:size]
        now = max(now, piece[-1].at) + data.draw(st.integers(0, 300_000))
        server.receive(piece, now)
        if data.draw(st.booleans()):  # the answer was lost: all of it is sent again
            server.receive(piece, now + 7000)
        queues[name] = queues[name][size:]
    return server


class Replayed:
    """Reference model of a session: each answer is computed again from the list of operations;
    nothing is kept between operations but what was set aside."""

    def __init__(self, operations):
        self.operations, self.reasons, self.same = operations, {}, set()
        for rank, operation in enumerate(operations):
            self.reasons[operation.uid] = self.why(rank, operation)

    def back(self, rank, kinds, seat=None):
        """The last operation of these kinds before this rank that changed something."""
        for operation in reversed(self.operations[:rank]):
            if operation.kind in kinds and operation.seat == seat:
                if not self.reasons[operation.uid] and operation.uid not in self.same:
                    return operation
        return None

    def is_open(self, rank):
        last = self.back(rank, ("open", "undo_open"))
        return last is not None and last.kind == "open"

    def is_closed(self, rank):
        last = self.back(rank, ("close", "undo_close"))
        return last is not None and last.kind == "close"

    def mode(self, rank, seat):
        last = self.back(rank, PRESENCE, seat)
        return last.mode if last is not None and last.kind == "arrive" else None

    def why(self, rank, operation):
        kind, is_open, is_closed = operation.kind, self.is_open(rank), self.is_closed(rank)
        if kind in PRESENCE:
            if operation.seat not in CALLED:
                return STRANGER
            if operation.at < DOORS and not is_open:
                return EARLY
            if is_closed and kind != "absent":
                return CLOSED
            wanted = operation.mode if kind == "arrive" else None
            same = self.mode(rank, operation.seat) == wanted
        elif kind in ("open", "undo_open"):
            same = is_open == (kind == "open")
            if kind == "undo_open" and is_open and self.is_noted(rank):
                return NOTED
        elif kind in ("close", "undo_close"):
            same = is_closed == (kind == "close")
            if kind == "close" and not is_closed and not is_open:
                return NOT_OPEN
        else:
            same = False
        if same:
            self.same.add(operation.uid)
        return ""

    def is_noted(self, rank):
        """Something was noted since the session was opened, or it is closed."""
        opening = self.operations.index(self.back(rank, ("open",)))
        return self.is_closed(rank) or any(
            not self.reasons[operation.uid] and operation.uid not in self.same
            for operation in self.operations[opening:rank]
            if operation.kind in (*PRESENCE, "text", "decision")
        )

    def quorum(self, rank):
        """Members in office who are there, a deputy for Anne: {seats}."""
        there = {seat for seat in CALLED if self.mode(rank, seat)}
        if "Denis" in there and "Anne" in there:
            there.remove("Denis")
        return there


class TestTwoTablets(TestCase):
    @often(400)
    @given(tablets(), st.data())
    def test_every_order_of_arrival_gives_the_session_of_the_operations(self, operations, data):
        server, replayed = deliver(data, operations), Replayed(operations)
        course = server.course
        end = len(operations)
        self.assertEqual(
            {one.seat: one.mode for one in course.presences if one.left is None},
            {seat: replayed.mode(end, seat) for seat in CALLED if replayed.mode(end, seat)},
        )
        self.assertEqual(course.opened is not None, replayed.is_open(end))
        self.assertEqual(course.closed is not None, replayed.is_closed(end))
        self.assertEqual({uid: v.reason for uid, v in course.verdicts.items()}, replayed.reasons)
        for rank, operation in enumerate(operations):
            if operation.kind == "decision":
                seated = find_seated(SEATS, course.votes[operation.uid])
                self.assertEqual(set(seated), replayed.quorum(rank), operation.uid)

    @often(150)
    @given(tablets(), st.data(), st.data())
    def test_two_deliveries_make_the_same_rows(self, operations, data, other):
        first, second = deliver(data, operations), deliver(other, operations)
        self.assertEqual(first.course, second.course)
        self.assertEqual(first.rows, second.rows)
        self.assertEqual(first.rows, {one.uid: one for one in first.course.presences})
        self.assertEqual(len(first.log), len(operations))
        for presence in first.rows.values():
            self.assertTrue(presence.left is None or presence.left >= presence.arrived)

    @often(150)
    @given(tablets(), st.data())
    def test_without_the_wrong_operations_the_session_is_the_same(self, operations, data):
        course = deliver(data, operations).course
        good = [g for g in operations if course.verdicts[g.uid].outcome != "refused"]
        self.assertEqual(replay(good, CALLED, DOORS).presences, course.presences)
        self.assertEqual(replay(good, CALLED, DOORS).opened, course.opened)

    @often(150)
    @given(tablets(), st.integers(60_001, 10**9), st.data())
    def test_an_operation_of_the_future_is_set_aside_even_when_its_hour_has_come(
        self, operations, ahead, data
    ):
        now = max(operation.at for operation in operations)
        wrong = Operation("wrong", "arrive", now + ahead, "Anne", tablet="A")
        server = Server()
        server.receive([wrong], now)
        server.receive(operations, now + ahead + data.draw(st.integers(0, 1000)))
        self.assertEqual(server.course.verdicts["wrong"].reason, FUTURE)
        self.assertEqual(server.course.presences, replay(operations, CALLED, DOORS).presences)

    @often(150)
    @given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 5)), min_size=2, max_size=8))
    def test_the_order_of_one_tablet_outlives_a_slow_network(self, pieces):
        """Each sending takes between nothing and five seconds: who leaves after arriving left."""
        server, clock = Server(), 100_000
        for number, (pause, travel) in enumerate(pieces):
            clock += round(pause * 1000)
            kind = "leave" if number % 2 else "arrive"
            # Received by the server: zero seconds ago, whatever the delay of the network.
            operation = Operation(
                str(number), kind, clock + round(travel * 1000), "Anne", "room", "A"
            )
            server.receive([operation], operation.at)
        there = [one for one in server.rows.values() if one.left is None]
        self.assertEqual(len(there), len(pieces) % 2)
