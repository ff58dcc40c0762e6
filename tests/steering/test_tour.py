"""A day of visits: the shortest way, the hours, the meetings, the sheet."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..requests.request_case import RequestCase
from .steering_case import make_promise, make_tour, place_communes


@tagged("post_install", "-at_install")
class TestVisitTour(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        place_communes(cls)
        cls.env["commune.work.rule"].search([("code", "in", ("speed_kmh", "detour"))]).write(
            {"value": 1}
        )
        rules = cls.env["commune.work.rule"].search([("code", "=", "speed_kmh")])
        rules.value = 60
        # On the way from the seat to commune A, a little to the east.
        cls.between = cls.commune_b.copy(
            {
                "name": "Clairval",
                "insee_code": "57903",
                "siren": "215700903",
                "partner_latitude": 49.09,
                "partner_longitude": 6.01,
            }
        )

    def test_the_shortest_way_and_its_hours(self):
        tour = make_tour(self, self.commune_a + self.commune_b + self.between)
        tour.with_user(self.officer).action_order()
        names = tour.stop_ids.sorted().mapped("commune_id.name")
        self.assertIn(
            names,
            (["Clairval", "Aubrive", "Bellefontaine"], ["Bellefontaine", "Aubrive", "Clairval"]),
        )
        # 10 km south and back, 20 km north and back: 60 km of great circle, at 111.2 km a degree.
        self.assertAlmostEqual(tour.total_km, 2 * (0.09 + 0.18) * 111.2, delta=0.3)
        first = tour.stop_ids.sorted()[0]
        self.assertAlmostEqual(first.arrive, 9 + 15 / 60, places=5)  # 10 km at 60 km/h, rounded up
        self.assertAlmostEqual(first.leave, 10.0, places=5)

    def test_a_commune_without_a_position_is_named(self):
        tour = make_tour(self)
        self.commune_b.write({"partner_latitude": 0, "partner_longitude": 0})
        with self.assertRaisesRegex(UserError, "Bellefontaine"):
            tour.action_order()
        self.assertFalse(tour.stop_ids[0].arrive)

    def test_confirmed_it_stands_in_the_calendar_of_the_visitor_alone(self):
        tour = make_tour(self, self.commune_b, start_hour=9.0)
        tour.with_user(self.officer).action_confirm()
        meeting = tour.stop_ids.meeting_id
        self.assertEqual(meeting.partner_ids, self.officer.partner_id)
        begins = fields.Datetime.context_timestamp(meeting, meeting.start)
        self.assertEqual((begins.date(), begins.hour, begins.minute), (tour.date, 9, 15))
        with self.assertRaisesRegex(UserError, "in the calendar"):
            tour.with_user(self.officer).action_order()
        tour.with_user(self.officer).action_reopen()
        self.assertFalse(meeting.exists())
        self.assertEqual(tour.state, "draft")

    def test_the_sheet_says_whom_to_meet_and_what_to_talk_about(self):
        make_promise(self, name="Rendre les clés", days=-4)
        self._request(self.commune_a)
        tour = make_tour(self, self.commune_a)
        report = self.env["report.commune_relations.visit_tour"].with_user(self.reader)
        [row] = report._get_report_values(tour.ids)["rows"]
        told = " ".join(row["points"])
        self.assertIn("Rendre les clés", told)
        self.assertIn("Open requests: 1, of which late: 0", told)
        self.assertTrue(any("AUBRY" in line for line in row["persons"]))

    def test_planned_from_the_list_of_silent_communes(self):
        silent = self.env["commune.silence"].with_user(self.officer)
        lines = silent.browse((self.commune_a + self.commune_b).ids)
        window = lines.action_plan_visits()
        tour = self.env["commune.visit.tour"].browse(window["res_id"])
        self.assertEqual(tour.stop_ids.commune_id, self.commune_a + self.commune_b)
        self.assertGreater(tour.date, self.today)
        self.assertLess(tour.date.weekday(), 5)
        lines[0].action_note_call()
        self.assertFalse(lines[0].is_silent)
        self.assertTrue(lines[1].is_silent)
