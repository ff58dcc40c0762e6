"""The meeting screen, server side: operations kept once, texts of two tablets both kept."""

from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .committee_case import CommitteeCase, get_quorum

CONVENED = {"state": "convened", "notice_date": "2026-01-05 09:00:00"}
MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class MeetingCase(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._session(days=0).with_user(cls.officer)
        cls.session.sudo().write(CONVENED)
        cls.item = cls.session.item_ids.sorted("id")[0]
        cls.seat_a = cls._seat_of(cls.portal_a)
        cls.seat_b = cls._seat_of(cls.portal_b)

    @classmethod
    def _seat_of(cls, user):
        return cls.session.attendance_ids.filtered(lambda a: a.partner_id == user.partner_id)

    @staticmethod
    def _op(kind, **values):
        return {"uid": str(uuid4()), "kind": kind, "ago": 0, **values}

    def _send(self, *operations):
        answer = self.session.apply_meeting_operations(list(operations))
        return [result["outcome"] for result in answer["results"]]

    def _text(self, value, base="", **values):
        return self._op(
            "text",
            target="item",
            field="notes",
            item=self.item.id,
            base=base,
            value=value,
            **values,
        )


class TestMeeting(MeetingCase):
    def test_ten_operations_sent_twice_are_kept_once(self):
        seats = self.session.attendance_ids[:4]
        self.assertEqual(len(seats), 4)
        operations = [self._op("arrive", attendance=seat.id, mode="room") for seat in seats]
        operations += [
            self._op("leave", attendance=seats[0].id),
            self._op("arrive", attendance=seats[0].id, mode="remote"),
            self._text("Bonjour"),
            self._op("item", item=self.item.id, state="treated"),
            self._op("decision", item=self.item.id, text="Acheter ensemble"),
            self._op("open"),
        ]
        self.assertEqual(self._send(*operations), ["applied"] * 10)
        self.assertEqual(self._send(*operations), ["applied"] * 10)
        self.assertEqual(self._send(*reversed(operations)), ["applied"] * 10)
        self.assertEqual(len(self.session.operation_ids), 10)
        self.assertEqual(len(seats.presence_ids), 5)
        self.assertEqual(len(self.session.decision_ids), 1)
        self.assertEqual(self.item.notes, "Bonjour")
        self.assertEqual(self.item.state, "treated")
        self.assertEqual(seats[0].current_mode, "remote")
        self.assertEqual(self.session.state, "held")

    def test_postgresql_keeps_one_line_for_one_operation(self):
        operation = self._op("open")
        self._send(operation)
        line = self.session.operation_ids.sudo()
        with self.assertRaises(Exception) as caught, mute_logger("odoo.sql_db"):
            line.copy({"payload": {"x": 1}, "client_uid": operation["uid"]})
        self.assertIn("client_uniq", str(caught.exception))

    def test_two_tablets_that_tick_the_same_arrival_make_one(self):
        first = self._op("arrive", attendance=self.seat_a.id, mode="room")
        second = self._op("arrive", attendance=self.seat_a.id, mode="room")
        self.assertEqual(self._send(first), ["applied"])
        self.assertEqual(self._send(second), ["unchanged"])
        self.assertEqual(len(self.seat_a.presence_ids), 1)

    def test_times_are_those_of_the_operations_not_of_their_arrival(self):
        now = fields.Datetime.now()
        arrive = self._op("arrive", attendance=self.seat_a.id, mode="room")
        leave = self._op("leave", attendance=self.seat_a.id)
        self._send({**arrive, "ago": 3600}, {**leave, "ago": 600})
        presence = self.seat_a.presence_ids
        self.assertAlmostEqual(
            presence.arrived_at, now - timedelta(hours=1), delta=timedelta(minutes=1)
        )
        self.assertAlmostEqual(
            presence.left_at, now - timedelta(minutes=10), delta=timedelta(minutes=1)
        )

    def test_a_departure_noted_by_a_slow_clock_is_not_before_the_arrival(self):
        self._send(self._op("arrive", attendance=self.seat_a.id, mode="room", tablet="A"))
        leave = {**self._op("leave", attendance=self.seat_a.id, tablet="A"), "ago": 3600}
        self.assertEqual(self._send(leave), ["applied"])
        presence = self.seat_a.presence_ids
        self.assertEqual(presence.left_at, presence.arrived_at)

    def test_an_arrival_ticked_by_mistake_is_taken_back(self):
        self._send(
            self._op("arrive", attendance=self.seat_a.id, mode="room"),
            self._op("absent", attendance=self.seat_a.id),
        )
        self.assertFalse(self.seat_a.presence_ids)
        self.assertEqual(self.seat_a.actual, "absent")

    def test_texts_of_two_tablets_are_both_kept_until_somebody_chooses(self):
        self._send(self._text("Texte de la première tablette"))
        second = self._text("Texte de la seconde")
        self.assertEqual(self._send(second), ["conflict"])
        self.assertEqual(self.item.notes, "Texte de la première tablette")
        conflicts = self.session.get_meeting()["conflicts"]
        self.assertEqual([c["value"] for c in conflicts], ["Texte de la seconde"])
        self.assertEqual(conflicts[0]["item"], self.item.id)
        both = self._text(
            "Texte de la première tablette\nTexte de la seconde",
            base="Texte de la première tablette",
            settles=second["uid"],
        )
        self.assertEqual(self._send(both), ["applied"])
        self.assertFalse(self.session.get_meeting()["conflicts"])
        self.assertIn("seconde", self.item.notes)
        self.assertIn("première", self.item.notes)

    def test_what_is_typed_after_a_conflict_replaces_the_text_in_the_conflict(self):
        self._send(self._text("A"))
        self.assertEqual(self._send(self._text("B")), ["conflict"])
        self.assertEqual(self._send(self._text("B et C", base="B")), ["conflict"])
        conflicts = self.session.get_meeting()["conflicts"]
        self.assertEqual([c["value"] for c in conflicts], ["B et C"])
        self.assertEqual(self.item.notes, "A")

    def test_a_text_changed_on_the_sheet_of_the_item_is_a_conflict_too(self):
        self._send(self._text("A"))
        self.item.notes = "Corrigé au bureau"
        self.assertEqual(self._send(self._text("A et B", base="A")), ["conflict"])
        self.assertEqual(self.item.notes, "Corrigé au bureau")

    def test_a_decision_made_without_network_is_changed_by_its_own_name(self):
        made = self._op("decision", item=self.item.id, text="Acheter ensemble")
        changed = self._op(
            "text",
            target="decision",
            field="text",
            decision_uid=made["uid"],
            base="Acheter ensemble",
            value="Acheter le sel ensemble",
        )
        who = self._op(
            "decision_values",
            decision_uid=made["uid"],
            owner=self.portal_a.partner_id.id,
            deadline="2027-03-31",
        )
        self.assertEqual(self._send(made, changed, who), ["applied"] * 3)
        decision = self.session.decision_ids
        self.assertEqual(decision.text, "Acheter le sel ensemble")
        self.assertEqual(decision.owner_id, self.portal_a.partner_id)
        self.assertEqual(fields.Date.to_string(decision.deadline), "2027-03-31")
        self.assertEqual(decision.item_id, self.item)

    def test_a_refused_operation_is_kept_and_does_not_stop_the_others(self):
        other = self._session(days=10).attendance_ids[0]
        refused = self._op("arrive", attendance=other.id, mode="room")
        empty = self._op("decision", item=self.item.id, text="  ")
        stranger = self._op(
            "decision", item=self.item.id, text="X", owner=self.portal_ended.partner_id.id
        )
        outcomes = self._send(refused, empty, stranger, self._text("Noté"))
        self.assertEqual(outcomes, ["refused", "refused", "refused", "applied"])
        self.assertFalse(other.presence_ids)
        self.assertFalse(self.session.decision_ids)
        self.assertEqual(self.item.notes, "Noté")
        self.assertEqual(len(self.session.operation_ids), 4)

    def test_nothing_is_noted_once_the_minutes_are_out_but_the_text_is_kept(self):
        self.session.sudo().state = "minutes_sent"
        self.assertEqual(self._send(self._text("Trop tard")), ["refused"])
        self.assertFalse(self.item.notes)
        self.assertEqual(self.session.operation_ids.payload["value"], "Trop tard")

    def test_the_list_of_operations_does_not_change(self):
        self._send(self._op("open"))
        with self.assertRaises(UserError):
            self.session.operation_ids.sudo().outcome = "refused"
        with self.assertRaises(UserError):
            self.session.operation_ids.sudo().unlink()

    def test_anyone_who_may_not_write_the_session_neither_reads_nor_notes(self):
        for user in (self.reader, self.referent, self.portal_a, self.employee):
            session = self.session.with_user(user)
            with self.assertRaises(AccessError):
                session.get_meeting()
            with self.assertRaises(AccessError):
                session.apply_meeting_operations([self._op("open")])
        self.assertEqual(self.session.state, "convened")

    def test_an_item_that_is_treated_changes_no_agenda(self):
        item = self.item
        messages = self.session.message_ids
        item.state = "treated"
        self.assertEqual(self.session.message_ids, messages)
        item.state = "kept"
        self.assertEqual(len(self.session.message_ids - messages), 1)

    def test_the_answers_by_link_end_when_the_session_opens(self):
        self.session.sudo().date_begin = fields.Datetime.now() + timedelta(hours=1)
        self.assertTrue(self.seat_a._is_open_to_answers())
        self._send(self._op("open"))
        self.assertFalse(self.seat_a._is_open_to_answers())
        self.assertTrue(self.session.opened_at)


class TestTwoTablets(MeetingCase):
    """Each one notes for a while without network: operations count at their own moment."""

    def _at(self, ago, kind, seat=None, **values):
        values = {"mode": "room", **values} if kind == "arrive" else values
        return {**self._op(kind, attendance=seat and seat.id, **values), "ago": ago}

    def _rows(self, seat):
        """(mode, seconds of the stay or None) of each presence; rounded to the minute."""
        return [
            (row.mode, row.left_at and round((row.left_at - row.arrived_at) / MINUTE))
            for row in seat.presence_ids.sorted(lambda row: (row.arrived_at, row.id))
        ]

    def test_a_departure_is_kept_while_the_arrival_is_still_on_the_other_tablet(self):
        leave = self._at(600, "leave", self.seat_a, tablet="B")
        self.assertEqual(self._send(leave), ["unchanged"])
        arrive = self._at(3600, "arrive", self.seat_a, tablet="A")
        self.assertEqual(self._send(arrive), ["applied"])
        self.assertEqual(self._rows(self.seat_a), [("room", 50)])
        self.assertEqual(self._send(leave), ["applied"])
        self.assertEqual(len(self.session.operation_ids), 2)

    def test_every_order_of_arrival_gives_the_same_session(self):
        a, b = self.seat_a, self.seat_b
        first = [
            self._at(5400, "open", tablet="A"),
            self._at(5000, "arrive", a, tablet="A"),
            self._at(3000, "arrive", b, mode="remote", tablet="A"),
            self._at(1200, "leave", a, tablet="A"),
            self._at(300, "close", tablet="A"),
        ]
        second = [
            self._at(5100, "arrive", b, tablet="B"),
            self._at(4000, "leave", a, tablet="B"),
            self._at(2000, "arrive", a, tablet="B"),
            self._at(1500, "decision", item=self.item.id, text="Acheter", tablet="B"),
            self._at(100, "leave", b, tablet="B"),
        ]
        found = set()
        for pieces in (
            (first, second),
            (second, first),
            (first[:3], second[:1], first[3:], second[1:]),
            (second[:4], first[:2], second[4:], first[2:]),
        ):
            with self.env.cr.savepoint() as point:
                for piece in pieces:
                    self._send(*piece)
                    self._send(*piece)
                meeting = self.session.get_meeting()
                closing = self.session.closed_at - self.session.opened_at
                found.add(
                    (
                        tuple(self._rows(a)),
                        tuple(self._rows(b)),
                        round(closing / MINUTE),
                        meeting["decisions"][0]["present"],
                        tuple(one["uid"] for one in meeting["set_aside"]),
                        len(self.session.operation_ids),
                    )
                )
                self.session.env.flush_all()
                point.rollback()
                self.env.invalidate_all(flush=False)
        # A: 5000 to 4000, then 2000 to 1200; B: in the room 5100 to 3000, then by video.
        stay_a, stay_b = (("room", 17), ("room", 13)), (("room", 35), ("remote", False))
        present = 1  # by video does not count here
        late = (second[-1]["uid"],)
        self.assertEqual(found, {(stay_a, stay_b, 85, present, late, 10)})

    def test_wrong_operations_are_set_aside_with_their_reason_and_the_others_pass(self):
        self._send(self._at(7200, "open"), self._at(60, "close"))
        stranger = self._session(days=20).attendance_ids[0]
        self.session.sudo().date_begin = fields.Datetime.now()
        wrong = {
            "This member is not called to this session.": self._at(3600, "arrive", stranger),
            "It is not the day of the session, and nobody has opened it.": self._at(
                200_000, "arrive", self.seat_a
            ),
            "The session was closed at that time: undo the closing to go on.": self._at(
                30, "arrive", self.seat_a
            ),
            "The clock of this tablet is ahead: set it right, then note this again.": self._at(
                -900, "arrive", self.seat_a
            ),
            "The time of this entry cannot be read.": self._at("x", "arrive", self.seat_a),
            "The meeting screen is out of date: load it again.": self._at(10, "vote"),
            "This entry cannot be read: note it again.": self._at(
                10, "decision", item=[1], text={"a": 1}
            ),
        }
        good = self._at(1800, "arrive", self.seat_b)
        answer = self.session.apply_meeting_operations([*wrong.values(), good, "?"])
        results = {result["uid"]: result for result in answer["results"]}
        for sentence, operation in wrong.items():
            with self.subTest(sentence):
                self.assertEqual(results[operation["uid"]]["outcome"], "refused")
                self.assertEqual(results[operation["uid"]]["message"], sentence)
        self.assertEqual(results[good["uid"]]["outcome"], "applied")
        self.assertEqual(self._rows(self.seat_b), [("room", False)])
        self.assertFalse(self.seat_a.presence_ids)
        shown = {one["uid"]: one["message"] for one in answer["meeting"]["set_aside"]}
        self.assertEqual(len(shown), 5)
        self.assertTrue(set(shown.values()) < set(wrong))

    def test_a_text_that_postgresql_cannot_keep_does_not_stop_the_queue(self):
        wrong = self._text("Sel\0 et sable", tablet="A\0", more=float("nan"))
        self.assertEqual(
            self._send(wrong, self._at(5, "arrive", self.seat_a)), ["applied", "applied"]
        )
        self.assertEqual(self.item.notes, "Sel et sable")

    def test_what_was_corrected_by_hand_stays(self):
        self._send(self._at(3600, "open"), self._at(3000, "arrive", self.seat_a))
        by_hand = fields.Datetime.now() - timedelta(hours=2)
        self.session.opened_at = by_hand
        self.seat_b.sudo().presence_ids = [(0, 0, {"arrived_at": by_hand, "mode": "room"})]
        self._send(self._at(1800, "leave", self.seat_b), self._at(60, "close"))
        self.assertEqual(self.session.opened_at, by_hand)
        self.assertEqual(self._rows(self.seat_b), [("room", 90)])
        self.assertEqual(self._rows(self.seat_a), [("room", False)])

    def test_an_opening_is_undone_until_something_is_noted(self):
        self.session.sudo().date_begin = fields.Datetime.now() + timedelta(days=3)
        self.assertTrue(self.session.get_meeting()["session"]["is_before_day"])
        self.assertEqual(self._send(self._at(60, "arrive", self.seat_a)), ["refused"])
        self.session.action_start()
        self.assertEqual(self.session.state, "held")
        self.assertFalse(self.seat_a._is_open_to_answers())
        self.assertTrue(self.session.get_meeting()["session"]["can_undo_opening"])
        self.assertEqual(self._send(self._op("undo_open")), ["applied"])
        self.assertEqual((self.session.state, self.session.opened_at), ("convened", False))
        self.assertTrue(self.seat_a._is_open_to_answers())
        self._send(self._op("open"))
        self._send(self._text("Bonjour"))
        self.assertFalse(self.session.get_meeting()["session"]["can_undo_opening"])
        self.assertEqual(self._send(self._op("undo_open")), ["refused"])
        self.assertEqual(self.session.state, "held")

    def test_a_note_that_arrives_after_the_opening_was_undone_opens_it_again(self):
        self._send(self._at(600, "open", tablet="A"))
        undo = self._at(60, "undo_open", tablet="A")
        self.assertEqual(self._send(undo), ["applied"])
        self.assertEqual(
            self._send(self._text("Dit avant", tablet="B") | {"ago": 300}), ["applied"]
        )
        self.assertEqual(self.session.state, "held")
        shown = self.session.get_meeting()["set_aside"]
        self.assertEqual([one["uid"] for one in shown], [undo["uid"]])

    def test_a_closing_is_undone_and_the_session_goes_on(self):
        self._send(self._at(600, "open"), self._at(60, "close"))
        self.assertEqual(self._send(self._at(30, "arrive", self.seat_a)), ["refused"])
        self.assertEqual(self._send(self._op("undo_close")), ["applied"])
        self.assertFalse(self.session.closed_at)
        self.assertEqual(self._send(self._op("arrive", attendance=self.seat_a.id)), ["applied"])


class TestQuorum(MeetingCase):
    """Majority of the members in office, in the room; proxies never count (L.2121-17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.env["res.partner"].create(
            [{"firstname": "Élu", "lastname": f"N{number:02}"} for number in range(46)]
        )
        cls.board = cls._committee("Bureau", "council", quorum_mode="majority")
        cls.env["commune.committee.member"].create(
            [{"committee_id": cls.board.id, "person_id": person.id} for person in people]
        )
        cls.session = cls._session(cls.board, days=0).with_user(cls.officer)
        cls.session.sudo().write(CONVENED)
        cls.seats = cls.session.attendance_ids

    def _arrive(self, seats, mode="room"):
        self._send(*[self._op("arrive", attendance=seat.id, mode=mode) for seat in seats])

    def _give_proxies(self, givers, holders):
        for giver, holder in zip(givers, holders, strict=True):
            giver.sudo().write({"answer": "proxy", "proxy_to_id": holder.id, "proxy_rank": 1})

    def _figures(self):
        quorum = get_quorum(self.session)
        return quorum["present"], quorum["proxies"], quorum["reached"]

    def test_twenty_four_of_forty_six(self):
        self.assertEqual(len(self.seats), 46)
        self.assertEqual(get_quorum(self.session)["required"], 24)

    def test_the_majority_by_hand(self):
        for seats, required in [(1, 1), (2, 2), (3, 2), (4, 3), (45, 23), (46, 24), (47, 24)]:
            self.assertEqual(self.session._get_quorum_required(self.board, seats), required)

    def test_twenty_two_present_and_five_proxies_are_not_enough(self):
        self._arrive(self.seats[:22])
        self._give_proxies(self.seats[30:35], self.seats[:5])
        self.assertEqual(self._figures(), (22, 5, False))
        self._arrive(self.seats[22:23])
        self.assertEqual(self._figures(), (23, 5, False))
        self._arrive(self.seats[23:24])
        self.assertEqual(self._figures(), (24, 5, True))

    def test_a_departure_loses_the_quorum_and_a_return_finds_it_again(self):
        self._arrive(self.seats[:24])
        self.assertEqual(self._figures(), (24, 0, True))
        self._send(self._op("leave", attendance=self.seats[3].id))
        self.assertEqual(self._figures(), (23, 0, False))
        self._arrive(self.seats[3:4])
        self.assertEqual(self._figures(), (24, 0, True))

    def test_a_proxy_is_worth_nothing_once_its_holder_has_left(self):
        self._arrive(self.seats[:24])
        self._give_proxies(self.seats[40:41], self.seats[:1])
        self.assertEqual(self._figures(), (24, 1, True))
        self._send(self._op("leave", attendance=self.seats[0].id))
        self.assertEqual(self._figures(), (23, 0, False))

    def test_anyone_who_gave_a_proxy_and_comes_counts_as_present_only(self):
        self._arrive(self.seats[:24])
        self._give_proxies(self.seats[40:41], self.seats[:1])
        self._arrive(self.seats[40:41])
        self.assertEqual(self._figures(), (25, 0, True))

    def test_by_video_counts_where_the_committee_says_so(self):
        self._arrive(self.seats[:20])
        self._arrive(self.seats[20:24], mode="remote")
        self.assertEqual(self._figures(), (20, 0, False))
        self.board.remote_counts = True
        self.assertEqual(self._figures(), (24, 0, True))

    def test_anyone_who_moves_from_the_room_to_the_video_counts_once(self):
        self._arrive(self.seats[:24])
        self._arrive(self.seats[:1], mode="remote")
        self.assertEqual(self._figures(), (23, 0, False))
        self.assertEqual(len(self.seats[:1].presence_ids), 2)

    def test_guests_do_not_count(self):
        self.seats[:2].member_id.role = "guest"
        self.assertEqual(get_quorum(self.session)["required"], 23)
        self._arrive(self.seats[:24])
        self.assertEqual(self._figures(), (22, 0, False))

    def test_a_deputy_counts_for_an_absent_member_only(self):
        self.board.deputies_allowed = True
        self.seats[45].member_id.write(
            {"role": "deputy", "deputy_of_id": self.seats[0].member_id.id}
        )
        self.assertEqual(get_quorum(self.session)["required"], 23)
        self._arrive(self.seats[45:])
        self.assertEqual(self._figures()[0], 1)
        self._arrive(self.seats[:1])
        self.assertEqual(self._figures()[0], 1)

    def test_two_deputies_of_one_member_take_one_seat(self):
        self.board.deputies_allowed = True
        self.seats[44:].member_id.write(
            {"role": "deputy", "deputy_of_id": self.seats[0].member_id.id}
        )
        self._arrive(self.seats[44:])
        self.assertEqual(self._figures()[0], 1)

    def test_a_member_sits_on_the_last_day_of_the_seat_and_of_the_mandate(self):
        member = self.seats[0].member_id
        day, after = self.today, self.today + timedelta(days=1)
        member.date_end = day
        self.assertEqual((member._sits_on(day), member._sits_on(after)), (True, False))

    def test_the_screen_of_forty_six_members_asks_as_many_queries_as_that_of_four(self):
        small = self._committee("Petit bureau", "council", quorum_mode="majority")
        self.env["commune.committee.member"].create(
            [{"committee_id": small.id, "person_id": seat.partner_id.id} for seat in self.seats[:4]]
        )
        few = self._session(small, days=1).with_user(self.officer)
        few.sudo().write(CONVENED)
        counts = []
        for session in (few, self.session) * 2:
            session.get_meeting()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            session.get_meeting()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[3])
