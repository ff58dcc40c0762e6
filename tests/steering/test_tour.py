"""A day of visits: the shortest way, the hours, the meetings, the sheet."""

from datetime import UTC
from math import hypot

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
        rules = cls.env["commune.work.rule"]
        rules.search([("code", "=", "detour")]).value = 1
        rules.search([("code", "=", "speed_kmh")]).value = 60
        # About 22 km to the east.
        cls.east = cls.commune_b.copy(
            {
                "insee_code": "57903",
                "siren": "215700903",
                "partner_latitude": 49.0,
                "partner_longitude": 6.3,
            }
        )
        cls.east.name = "Clairval"

    def test_the_shortest_way_and_its_hours(self):
        tour = make_tour(self, self.commune_a + self.commune_b + self.east)
        tour.with_user(self.officer).action_order()
        names = tour.stop_ids.sorted().mapped("commune_id.name")
        self.assertEqual(names, ["Aubrive", "Clairval", "Bellefontaine"])
        # In the plane, a degree being 111.2 km: 18.9 to the north, 21.9 to the east, 10 to the
        # south.
        east, south = hypot(18.9, 21.9), hypot(10, 21.9)
        self.assertAlmostEqual(tour.total_km, 18.9 + east + south + 10, delta=0.4)
        first = tour.stop_ids.sorted()[0]
        self.assertAlmostEqual(first.arrive, 9 + 20 / 60, places=5)  # 19 minutes, rounded up
        self.assertAlmostEqual(first.leave, 10 + 5 / 60, places=5)

    def test_a_commune_without_a_position_is_named(self):
        tour = make_tour(self)
        self.commune_b.write({"partner_latitude": 0, "partner_longitude": 0})
        with self.assertRaisesRegex(UserError, "Bellefontaine"):
            tour.action_order()
        self.assertFalse(tour.stop_ids[0].arrive)

    def test_confirmed_it_is_in_the_calendar_of_the_visitor_alone(self):
        tour = make_tour(self, self.commune_b, start_hour=9.0)
        tour.with_user(self.officer).action_confirm()
        meeting = tour.stop_ids.meeting_id
        self.assertEqual(meeting.partner_ids, self.officer.partner_id)
        begins = meeting.start.replace(tzinfo=UTC).astimezone(self.env.company._get_zone())
        self.assertEqual((begins.date(), begins.hour, begins.minute), (tour.date, 9, 15))
        with self.assertRaisesRegex(UserError, "in the calendar"):
            tour.with_user(self.officer).action_order()
        tour.with_user(self.officer).action_reopen()
        self.assertFalse(meeting.exists())
        self.assertEqual(tour.state, "draft")

    def test_a_meeting_of_somebody_else_is_neither_read_nor_taken_away_by_a_tour(self):
        private = self.env["calendar.event"].create(
            {
                "name": "Rendez-vous privé",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
                "privacy": "private",
                "user_id": self.manager.id,
                "partner_ids": [(6, 0, self.manager.partner_id.ids)],
            }
        )
        for user in (self.officer, self.coordinator):
            tour = make_tour(self, self.commune_b, user_id=user.id).with_user(user)
            stop = {"tour_id": tour.id, "commune_id": self.commune_a.id}
            stops = self.env["commune.visit.stop"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    tour.stop_ids.meeting_id = private.id
                with self.assertRaises(UserError):
                    stops.create({**stop, "meeting_id": private.id})
                made = stops.with_context(default_meeting_id=private.id).create(stop)
                self.assertFalse(made.meeting_id)
                tour.action_confirm()
                tour.action_reopen()
                self.assertTrue(private.exists())

    def test_the_sheet_says_whom_to_meet_and_what_to_talk_about(self):
        make_promise(self, name="Rendre les clés", days=-4)
        self._request(self.commune_a, name="Éclairage du pont")._move_to("waiting")
        tour = make_tour(self, self.commune_a)
        report = self.env["report.commune_relations.visit_tour"].with_user(self.reader)
        [row] = report._get_report_values(tour.ids)["rows"]
        points = " ".join(row["points"])
        self.assertIn("Rendre les clés", points)
        self.assertIn("Éclairage du pont", points)
        self.assertTrue(any("AUBRY, mayor" in line for line in row["persons"]))

    def test_the_tour_the_list_and_the_card_agree(self):
        make_promise(self, name="Rendre les clés", days=-4)
        self._request(self.commune_a, name="Éclairage du pont")._move_to("waiting")
        tour = make_tour(self, self.commune_a).with_user(self.reader)
        listed = self.env["commune.silence"].with_user(self.reader).browse(self.commune_a.id)
        card = self.env["commune.card"].with_user(self.reader)
        [shown] = card._get_cards(self.commune_a.with_user(self.reader))
        self.assertEqual(len(shown["advice"]), len(tour.stop_ids.points.split("\n")))
        self.assertEqual(tour.stop_ids.points, listed.points)
        for one in shown["advice"]:
            self.assertIn(one["text"], tour.stop_ids.points)
            self.assertIn(one["reason"], tour.stop_ids.points)

    def test_what_one_may_not_read_is_not_shown(self):
        tour = make_tour(self, self.commune_a)
        make_promise(self, name="Rendre les clés", days=-4)
        hidden = self.env["ir.rule"].create(
            {
                "name": "Promises of nobody",
                "model_id": self.env["ir.model"]._get_id("commune.commitment"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        self.assertNotIn("Rendre les clés", tour.with_user(self.reader).stop_ids.points)
        hidden.active = False
        self.env.invalidate_all()
        self.assertIn("Rendre les clés", tour.with_user(self.reader).stop_ids.points)

    def test_planned_from_the_list_of_silent_communes(self):
        silent = self.env["commune.silence"].with_user(self.officer)
        lines = silent.browse((self.commune_a + self.commune_b).ids)
        window = lines.action_plan_visits()
        tour = self.env["commune.visit.tour"].browse(window["res_id"])
        self.assertEqual(tour.stop_ids.commune_id, self.commune_a + self.commune_b)
        self.assertGreater(tour.date, self.today)
        self.assertLess(tour.date.weekday(), 5)
        lines[0].action_log_call()
        self.assertFalse(lines[0].is_silent)
        self.assertTrue(lines[1].is_silent)
