"""Operations of two tablets, by hand: what each one becomes and who counts at each moment."""

from unittest import TestCase

from engine.meeting import (
    Operation,
    Presence,
    Seat,
    Verdict,
    compare,
    date_operation,
    find_seated,
    replay,
)

CALLED = {"Anne", "Bruno"}


def took_place(*operations, doors=0):
    return replay(operations, CALLED, doors)


class TestMeeting(TestCase):
    def test_a_departure_that_arrives_before_the_arrival_is_not_lost(self):
        leave = Operation("b", "leave", 20, "Anne", tablet="B")
        alone = took_place(leave)
        self.assertEqual((alone.presences, alone.verdicts["b"].outcome), ((), "unchanged"))
        both = took_place(leave, Operation("a", "arrive", 10, "Anne", tablet="A"))
        self.assertEqual(both.presences, (Presence("a", "Anne", "room", 10, 20),))
        self.assertEqual(both.verdicts["b"], Verdict("applied"))
        self.assertEqual(compare(alone, both).added, both.presences)

    def test_an_arrival_that_comes_late_but_was_made_before_is_the_arrival(self):
        late, first = Operation("b", "arrive", 30, "Anne"), Operation("a", "arrive", 10, "Anne")
        change = compare(took_place(late), took_place(late, first))
        self.assertEqual(change.removed, ("b",))
        self.assertEqual([one.uid for one in change.added], ["a"])

    def test_anyone_who_moves_to_the_video_is_there_once(self):
        course = took_place(
            Operation("a", "arrive", 10, "Anne"),
            Operation("b", "arrive", 15, "Anne", mode="remote"),
            Operation("c", "decision", 20),
        )
        self.assertEqual([(p.arrived, p.left) for p in course.presences], [(10, 15), (15, None)])
        self.assertEqual(course.votes["c"], {"Anne": "remote"})

    def test_ticked_again_the_same_way_changes_nothing(self):
        course = took_place(
            Operation("a", "arrive", 10, "Anne"),
            Operation("b", "arrive", 15, "Anne", mode="remote"),
            Operation("c", "arrive", 20, "Anne", mode="remote"),
            Operation("d", "leave", 30, "Anne"),
        )
        self.assertEqual(course.verdicts["c"].outcome, "unchanged")
        there = [(one.uid, one.mode, one.arrived, one.left) for one in course.presences]
        self.assertEqual(there, [("a", "room", 10, 15), ("b", "remote", 15, 30)])

    def test_after_the_closing_nobody_comes_until_the_closing_is_undone(self):
        opened, closed = Operation("o", "open", 1), Operation("c", "close", 50)
        comes = Operation("a", "arrive", 55, "Anne")
        course = took_place(opened, closed, comes)
        self.assertEqual(course.verdicts["a"], Verdict("refused", "closed"))
        self.assertEqual((course.opened, course.closed), (1, 50))
        undone = took_place(opened, closed, comes, Operation("u", "undo_close", 52))
        self.assertEqual(undone.verdicts["a"], Verdict("applied"))
        self.assertIsNone(undone.closed)

    def test_an_arrival_ticked_by_mistake_is_shown_after_the_closing_too(self):
        course = took_place(
            Operation("o", "open", 1),
            Operation("a", "arrive", 10, "Anne"),
            Operation("c", "close", 50),
            Operation("x", "absent", 60, "Anne"),
        )
        self.assertEqual(course.presences, ())

    def test_an_opening_is_undone_until_something_is_noted(self):
        opened, undone = Operation("o", "open", 10), Operation("u", "undo_open", 30)
        early = Operation("a", "arrive", 5, "Anne")
        self.assertIsNone(took_place(early, opened, undone).opened)
        self.assertEqual(len(took_place(early, opened, undone).presences), 1)
        for since in (Operation("n", "text", 20), Operation("n", "arrive", 20, "Anne")):
            course = took_place(opened, since, undone)
            self.assertEqual(course.opened, 10)
            self.assertEqual(course.verdicts["u"], Verdict("refused", "noted"))
        wrong = Operation("n", "arrive", 20, "Zoé")
        self.assertIsNone(took_place(opened, wrong, undone).opened)

    def test_opened_twice_is_opened_once_at_the_first_moment(self):
        course = took_place(Operation("b", "open", 30), Operation("a", "open", 20, tablet="A"))
        self.assertEqual(course.opened, 20)
        self.assertEqual(course.verdicts["b"].outcome, "unchanged")

    def test_days_before_nobody_is_there_unless_it_is_opened(self):
        comes = Operation("a", "arrive", 100, "Anne")
        self.assertEqual(took_place(comes, doors=500).verdicts["a"].reason, "early")
        opened = took_place(Operation("o", "open", 90), comes, doors=500)
        self.assertEqual(len(opened.presences), 1)
        self.assertEqual(len(took_place(comes, doors=100).presences), 1)

    def test_what_is_wrong_does_not_stop_the_rest(self):
        course = took_place(
            Operation("z", "arrive", 10, "Zoé"),
            Operation("m", "arrive", 11, "Anne", mode="moon"),
            Operation("c", "close", 12),
            Operation("a", "arrive", 13, "Anne"),
        )
        reasons = {uid: verdict.reason for uid, verdict in course.verdicts.items()}
        self.assertEqual(reasons, {"z": "stranger", "m": "mode", "c": "not_open", "a": ""})
        self.assertEqual([one.uid for one in course.presences], ["a"])

    def test_one_name_counts_once(self):
        twice = Operation("a", "arrive", 10, "Anne"), Operation("a", "arrive", 90, "Bruno")
        self.assertEqual([one.seat for one in took_place(*twice).presences], ["Anne"])

    def test_operations_of_one_moment_follow_the_names_of_the_tablets(self):
        managed = Operation("a", "arrive", 10, "Anne", tablet="A")
        foreign = Operation("b", "leave", 10, "Anne", tablet="B")
        self.assertEqual(took_place(managed, foreign), took_place(foreign, managed))

    def test_a_minute_ahead_is_now_more_is_the_future(self):
        self.assertEqual(date_operation(1_000_000, -60), 1_000_000)
        self.assertEqual(date_operation(1_000_000, -61), 1_061_000)
        ahead = Operation("f", "arrive", 61_000, "Anne", received=0)
        self.assertEqual(took_place(ahead).verdicts["f"].reason, "future")
        minute = Operation("m", "arrive", 60_000, "Anne", received=0)
        self.assertEqual(took_place(minute).verdicts["m"], Verdict("applied"))

    def test_an_operation_is_not_before_the_one_that_the_tablet_made_before(self):
        self.assertEqual(date_operation(1_000_000, 100, before=950_000), 950_000)
        self.assertEqual(date_operation(1_000_000, 100, before=850_000), 900_000)


class TestSeated(TestCase):
    seats = (
        Seat("Anne"),
        Seat("Bruno"),
        Seat("Chloé", False, "Anne"),
        Seat("Denis", False, "Anne"),
        Seat("Zoé", False),
    )

    def test_one_deputy_for_one_absent_member(self):
        for there, seated in (
            ({"Anne", "Bruno"}, ["Anne", "Bruno"]),
            ({"Chloé", "Bruno"}, ["Bruno", "Chloé"]),
            ({"Chloé", "Denis"}, ["Chloé"]),
            ({"Anne", "Denis"}, ["Anne"]),
            ({"Zoé"}, []),
        ):
            with self.subTest(there=there):
                self.assertEqual(find_seated(self.seats, there), seated)
