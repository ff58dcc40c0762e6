"""The yearly calendar proposes days on which people can meet."""

from datetime import date

from odoo.tests import tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestCommitteeCalendar(CommitteeCase):
    def test_sessions_off_holidays_and_off_other_sessions(self):
        self.commune_a.insee_code = "57901"
        other = self._committee("Autre comité", "group", short_name="AUTRE")
        self._session(other, date_begin="2027-02-16 09:00:00")
        calendar = self.env["commune.committee.calendar"].create(
            {
                "committee_id": self.copil.id,
                "date_start": "2027-01-01",
                "date_end": "2027-12-31",
                "session_count": 4,
                "weekday": "1",
            }
        )
        calendar.action_propose()
        # 16 February is taken, 23 February and 2 March are winter holidays in zone B.
        self.assertEqual(
            calendar.line_ids.mapped("date"),
            [date(2027, 2, 9), date(2027, 5, 18), date(2027, 9, 7), date(2027, 11, 16)],
        )
        self.assertIn("AUTRE", calendar.line_ids[0].reason)
        action = calendar.action_create_sessions()
        sessions = self.env["commune.session"].search(action["domain"])
        self.assertEqual(
            sorted(sessions.mapped(lambda s: s._get_local_begin().strftime("%d/%m %H:%M"))),
            ["07/09 17:30", "09/02 17:30", "16/11 17:30", "18/05 17:30"],
        )
        self.assertEqual(len(sessions[0].attendance_ids), 5)  # and the chair


@tagged("post_install", "-at_install")
class TestOrderOfSessions(CommitteeCase):
    def test_the_nearest_comes_first_and_what_is_over_last(self):
        days = (40, -3, 2, -60, 10)
        sessions = {day: self._session(days=day) for day in days}
        found = self.env["commune.session"].search(
            [("id", "in", [one.id for one in sessions.values()])], order="nearness, id"
        )
        self.assertEqual(list(found), [sessions[day] for day in (2, 10, 40, -3, -60)])
        self.assertEqual(sessions[10].nearness, 10)
        arch = self.env["commune.session"].get_view(view_type="list")["arch"]
        self.assertIn('default_order="nearness, id"', arch)
