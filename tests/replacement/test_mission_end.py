"""A mission never outlives its half-days nor its request; what is due does not depend on the
screen from which it ends."""

from datetime import date, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .hours_case import HoursCase
from .replacement_case import MONDAY

ONE_DAY = {
    "date_start": "2027-01-14",
    "date_end": "2027-01-14",
    "mon_am": False,
    "tue_am": False,
    "thu_am": True,
}


@tagged("post_install", "-at_install")
class TestMissionEnd(HoursCase):
    def _due(self, mission, moment):
        """Kinds and sum of what January owes, the half-days having been cancelled then."""
        self._cancelled(mission, moment)
        statement = self.env["commune.replacement.statement"]._prepare_statements(
            date(2027, 1, 1), date(2027, 1, 31)
        )
        found = (statement.line_ids.mapped("kind"), statement.amount_total)
        statement.line_ids.unlink()
        statement.unlink()
        return found

    def test_each_screen_costs_the_same(self):
        """Thursday 14 January, both halves, cancelled the day before at 4:30 pm, then six days
        before: 2 × 3.5 hours at 27 €, then nothing."""
        ends = {
            "request": lambda m: m.request_id.with_user(self.coordinator).action_cancel(),
            "mission": lambda m: m.with_user(self.coordinator)._cancel("commune", "x"),
        }
        for screen, end in ends.items():
            mission = self._mission(**ONE_DAY, thu_pm=True)
            end(mission)
            with self.subTest(screen=screen):
                self.assertEqual((mission.state, mission.ended_by), ("cancelled", "commune"))
                self.assertEqual(mission.amendment_ids[-1].kind, "cancellation")
                self.assertFalse(mission._get_live_slots())
                late = self._due(mission, self._moment(2027, 1, 13, 15, 30))
                self.assertEqual(late, (["cancellation"] * 2, 189.0))
                self.assertEqual(self._due(mission, self._moment(2027, 1, 8, 9)), ([], 0))
            self._cancelled(mission, self._moment(2027, 1, 8, 9))

    def test_the_last_half_day_taken_away_ends_the_mission(self):
        mission = self._mission(**ONE_DAY)
        mission._change_one(mission.slot_ids, None, "commune", "Plus de besoin")
        self.assertEqual((mission.state, mission.ended_by), ("cancelled", "commune"))
        self.assertEqual(self._due(mission, self._moment(2027, 1, 13, 15, 30))[1], 94.5)
        # One that moves goes on, and so does one of several.
        moved = self._mission(**ONE_DAY)
        moved._change_one(moved.slot_ids, (date(2027, 1, 15), "am"), "commune", "x")
        self.assertEqual((moved.state, moved.half_day_count), ("prepared", 1))

    def test_each_path_costs_the_same(self):
        """Mondays and Tuesdays in the morning, two weeks, at 119 € a half-day: all cancelled on
        Sunday 10 January at 4 pm, in whatever way. Monday is 16.5 hours away: late, and Tuesday
        with it; two half-days at most are due: 238 €. The request is over too."""
        self.tariff.write({"unit": "half_day", "amount": 119, "travel": "none"})

        def one_by_one(mission):
            for slot in mission._get_live_slots().sorted("date", reverse=True):
                mission._change_one(slot, None, "commune", "x")

        def by_amendment(mission):
            mission._amend({(0, "am")}, MONDAY, MONDAY + timedelta(days=11), "x", "commune")
            one_by_one(mission)

        paths = {
            "request": lambda m: m.request_id.with_user(self.coordinator).action_cancel(),
            "mission": lambda m: m._cancel("commune", "x"),
            "half-days": one_by_one,
            "amendment": by_amendment,
        }
        for path, cancel in paths.items():
            mission = self._mission()
            cancel(mission)
            with self.subTest(path=path):
                self.assertEqual((mission.state, mission.request_id.state), ("cancelled",) * 2)
                self.assertTrue(mission.request_id.closed_date)
                late = self._due(mission, self._moment(2027, 1, 10, 15))
                self.assertEqual(late, (["cancellation"] * 2, 238))
                self.assertEqual(self._due(mission, self._moment(2027, 1, 4, 9)), ([], 0))
            self._cancelled(mission, self._moment(2027, 1, 4, 9))

    def test_an_amendment_costs_what_it_takes_away_late(self):
        """Tuesday 12 January is taken away the day before at 4 pm, 16.5 hours before: 94.50 €;
        moved to Wednesday, taken away by the service, or by nobody knows whom, nothing."""
        until = MONDAY + timedelta(days=2)
        for due, week, by in (
            (94.5, {(0, "am")}, "commune"),
            (0, {(0, "am"), (2, "am")}, "commune"),
            (0, {(0, "am")}, "service"),
            (0, {(0, "am")}, False),
        ):
            mission = self._mission(date_end=MONDAY + timedelta(days=1))
            mission._amend(week, MONDAY, until, "x", by)
            with self.subTest(week=week, by=by):
                self.assertEqual(mission.state, "prepared")
                self.assertEqual(self._due(mission, self._moment(2027, 1, 11, 15))[1], due)
            mission._cancel("service", "x")
            self._cancelled(mission, self._moment(2027, 1, 4, 9))

    def test_an_early_end_costs_the_same_half_day_by_half_day(self):
        """The mission has begun on 11 January; what follows the 12th is taken away on the 12th at
        9 am: with 7 days of notice, until the 19th, the 18th and the 19th are due, 189 €."""
        ways = {
            "end": lambda m: m._end_early(date(2027, 1, 12), "commune", "x"),
            "half-days": lambda m: [
                m._change_one(slot, None, "commune", "x")
                for slot in m._get_live_slots().filtered(lambda s: s.date > date(2027, 1, 12))
            ],
            "amendment": lambda m: m._amend(
                {(0, "am"), (1, "am")}, date(2027, 1, 12), date(2027, 1, 12), "x", "commune"
            ),
        }
        for way, end in ways.items():
            mission = self._mission()
            mission._set({"state": "running"})
            end(mission)
            with self.subTest(way=way):
                due = self._due(mission, self._moment(2027, 1, 12, 8))
                self.assertEqual(due, (["notice"] * 2, 189))
            mission._set({"state": "running"})
            mission.slot_ids.filtered(lambda s: s.state == "filled")._cancel("service")
            self._cancelled(mission, self._moment(2027, 1, 4, 9))

    def test_hours_then_cancelled(self):
        """What was worked is not cancelled, from whatever screen, in a second request."""
        mission = self._mission()
        sheet = self._sheet(mission, submit=False)
        self.env.flush_all()
        self.env.invalidate_all()
        worked = mission.with_user(self.coordinator)
        first = worked.slot_ids.sorted("date")[0]
        until = MONDAY + timedelta(days=11)
        for cancel in (
            lambda: worked.request_id.action_cancel(),
            lambda: worked._cancel("commune", "x"),
            lambda: worked._change_one(first, None, "commune", "x"),
            lambda: worked._change_one(first, (date(2027, 1, 13), "am"), "commune", "x"),
            lambda: worked._amend({(1, "am")}, MONDAY, until, "x"),
            lambda: worked._end_early(date(2027, 1, 8), "commune", "x"),
            lambda: first._leave_for_absence(),
        ):
            with self.assertRaisesRegex(UserError, "hours"), self.cr.savepoint():
                cancel()
        # Once they are removed, the half-day may be cancelled.
        sheet.line_ids.filtered(lambda line: line.date == MONDAY).unlink()
        worked._change_one(first, None, "commune", "x")
        self.assertEqual(first.state, "cancelled")

    def test_what_the_service_gives_up_was_asked_for(self):
        """The commune still needs somebody, and its request still counts among those to fill."""
        mission = self._mission()
        mission._cancel("service", "x")
        request = mission.request_id
        self.assertEqual((request.state, request.closed_date), ("searching", False))
        request._refresh_state()
        self.assertEqual(request.state, "searching")

    def test_cancelled_then_hours(self):
        """Neither the agent nor the coordinator types hours for what was cancelled."""
        mission = self._mission()
        first = mission.slot_ids.sorted("date")[0]
        mission._change_one(first, None, "commune", "x")
        self.env.flush_all()
        self.env.invalidate_all()
        sheets = self.sheets.with_user(self.agent_user)
        entries = sheets._get_entries(mission, MONDAY)
        self.assertEqual([entry["date"] for entry in entries], [date(2027, 1, 12)])
        typed = {"half_day": "am", "hour_start": 8.5, "hour_end": 12}
        with self.assertRaisesRegex(UserError, "cancelled"), self.cr.savepoint():
            sheets._save_entries(mission, MONDAY, [{**entries[0], "date": MONDAY}])
        sheet = self._sheet(mission, submit=False)
        line = sheet.with_user(self.coordinator).line_ids
        with self.assertRaisesRegex(UserError, "cancelled"), self.cr.savepoint():
            line.create({**typed, "sheet_id": sheet.id, "date": MONDAY})
        with self.assertRaisesRegex(UserError, "cancelled"), self.cr.savepoint():
            line.date = MONDAY
        # An extra half-day, or one that comes back, is worked like any other.
        line.create({**typed, "sheet_id": sheet.id, "date": date(2027, 1, 13)})
        mission._add_days([(MONDAY, "am")])
        line.create({**typed, "sheet_id": sheet.id, "date": MONDAY})

    def test_hours_of_before_the_rule_are_due_once(self):
        """Both were possible: the hours, 3.5 × 27 € + 6.40 €, without the compensation; what is
        written in a statement by another way is refused by PostgreSQL."""
        mission = self._mission(**ONE_DAY)
        sheet = self._sheet(mission)
        self._sign(sheet)
        slots = self.env.registry["commune.replacement.slot"]
        with patch.object(slots, "_check_no_hours", lambda self: None):
            mission._cancel("commune", "x")
        self._cancelled(mission, self._moment(2027, 1, 13, 15, 30))
        statement = self._billed(sheet)
        self.assertEqual(statement.line_ids.mapped("kind"), ["work"])
        self.assertEqual(statement.amount_total, 100.9)
        values = {"timesheet_line_id": False, "slot_id": mission.slot_ids.id}
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            statement.line_ids.copy({**values, "kind": "cancellation"})
            self.env.flush_all()

    def test_a_request_turned_down_ends_what_was_prepared(self):
        """By the service: the commune owes nothing, and its half-days remain to be counted."""
        for end in ("action_refuse", "action_redirect", "action_close_unfilled"):
            mission = self._mission(**ONE_DAY)
            request = mission.request_id
            request.write(
                {"outcome_note": "Essai", "redirection": "cdg", "unfilled_reason": "no_agent"}
            )
            getattr(request, end)()
            with self.subTest(end=end):
                self.assertEqual((mission.state, mission.ended_by), ("cancelled", "service"))
                states = sorted(request.slot_ids.mapped("state"))
                self.assertEqual(states, ["cancelled", "lost"])
                self.assertEqual(self._due(mission, self._moment(2027, 1, 14, 6)), ([], 0))

    def test_a_mission_confirmed_is_ended_on_its_own_screen(self):
        for state in ("confirmed", "running", "suspended"):
            mission = self._mission(**ONE_DAY)
            mission._set({"state": state})
            with self.subTest(state=state), self.assertRaisesRegex(UserError, "mission"):
                mission.request_id.action_cancel()
            mission._set({"state": "prepared"})
            mission._cancel("service", "x")

    def test_an_agent_away_for_the_whole_mission(self):
        mission = self._mission(**ONE_DAY)
        mission.slot_ids.with_user(self.coordinator)._leave_for_absence()
        self.assertEqual((mission.state, mission.ended_by), ("cancelled", "agent"))
        self.assertEqual(sorted(mission.request_id.slot_ids.mapped("state")), ["cancelled", "open"])
        self.assertEqual(mission.request_id.state, "searching")
        self.assertEqual(self._due(mission, self._moment(2027, 1, 14, 6)), ([], 0))
