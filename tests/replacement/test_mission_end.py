"""A mission never outlives its half-days nor its request; what is due does not depend on the
screen from which it ends."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .hours_case import HoursCase

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
