"""Bad input on the catalogue, the subscriptions, the matrix and the projects."""

import re
from datetime import timedelta

from lxml import html

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import CommuneCase
from .service_case import make_offer, make_service


@tagged("post_install", "-at_install")
class TestServiceMisuse(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)
        cls.offer = make_offer(cls, cls.service, kind="unit", unit=38, unit_name="acte")

    def test_an_ended_subscription_does_not_begin_again_on_a_closed_service(self):
        line = self._subscribe(date_end="2026-02-28")
        self.service.action_retire()
        with freeze_time("2026-11-25"), self.assertRaisesRegex(UserError, "retired"):
            line.date_end = False

    def test_a_longer_subscription_counts_the_seats(self):
        self.offer.seats = 1
        line = self._subscribe(date_end=self.today + timedelta(days=5))
        self._subscribe(self.commune_b, date_start=self.today + timedelta(days=6))
        with self.assertRaisesRegex(UserError, "is full"):
            line.date_end = self.today + timedelta(days=6)

    def test_fewer_seats_than_communes_is_refused(self):
        self._subscribe()
        self._subscribe(self.commune_b)
        with self.assertRaisesRegex(UserError, "1 at most"):
            self.offer.seats = 1
        self.offer.seats = 0

    def test_a_period_that_leaves_uses_outside_is_refused(self):
        line = self._subscribe()
        self._use(line, "2026-05-10")
        for values in ({"date_end": "2026-05-09"}, {"date_start": "2026-05-11"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "was not subscr"):
                line.write(values)
        line.write({"date_start": "2026-05-10", "date_end": "2026-05-10"})

    def test_an_offer_with_subscriptions_stays_with_its_service(self):
        self._subscribe()
        other = make_service(self, "Archives")
        with self.assertRaisesRegex(UserError, "stays with its service"):
            self.offer.service_id = other
        free = make_offer(self, self.service, "Libre")
        free.service_id = other

    def test_an_archived_offer_still_costs(self):
        line = self._subscribe()
        self._use(line, "2026-05-10")
        self.offer.active = False
        matrix = self.env["commune.service.matrix"].get_matrix(2026)
        self.assertIn(self.offer.id, [column["id"] for column in matrix["offers"]])
        self.assertEqual(matrix["totals"]["actual"], 38)

    def test_an_archived_service_or_a_typing_error_adds_no_column(self):
        line = self._subscribe()
        line.active = self.offer.active = False
        matrix = self.env["commune.service.matrix"].get_matrix(2026)
        self.assertNotIn(self.offer.id, [column["id"] for column in matrix["offers"]])

    def test_the_communes_are_in_the_order_of_a_dictionary(self):
        self.commune_a.name = "Zetting"
        self.commune_b.name = "Évrange"
        names = [
            row["name"] for row in self.env["commune.service.matrix"].get_matrix(2026)["communes"]
        ]
        self.assertLess(names.index("Évrange"), names.index("Zetting"))

    def test_a_merged_commune_keeps_its_line_in_the_years_it_was_served(self):
        line = self._subscribe()
        self._use(line, "2026-05-10")
        self.commune_a.write({"epci_id": False, "active": False})
        matrix = self.env["commune.service.matrix"].get_matrix(2026)
        self.assertIn(self.commune_a.id, [row["id"] for row in matrix["communes"]])
        self.assertEqual(matrix["totals"]["actual"], 38)

    def test_a_merged_commune_and_a_partner_take_nothing_new(self):
        self.commune_a.active = False
        for place in (self.commune_a, self.epci, self.employee.partner_id):
            with self.subTest(place=place.name), self.assertRaisesRegex(UserError, "in activity"):
                self._subscribe(place)

    def test_a_year_that_no_calendar_knows_is_this_one(self):
        with freeze_time("2026-11-25"):
            self.assertEqual(self.env["commune.service.matrix"].get_matrix(99999)["year"], 2026)

    def test_a_family_with_services_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "archive"):
            self.service.family_id.unlink()

    def test_the_simulation_is_read_on_the_screen(self):
        project = self.env["commune.service.project"].create(
            {
                "name": "Police",
                "interested_commune_ids": self.commune_b,
                "scenario_ids": [
                    Command.create({"name": "Par habitant", "kind": "inhabitant", "unit": 9.5})
                ],
            }
        )
        table = html.fromstring(project.with_user(self.officer).simulation_table)
        rows = {
            "".join(row.xpath("./th[1]//text()")): [
                re.sub(r"\D", "", "".join(cell.itertext())) for cell in row.xpath("./*")[1:]
            ]
            for row in table.xpath(".//tr")
        }
        # 4200 × 9.50 and 640 × 9.50, in cents
        self.assertEqual(rows["Aubrive"][2], "3990000")
        self.assertEqual(rows["Bellefontaine"][2], "608000")
        self.assertEqual(len(table.xpath(".//tbody/tr")), len(self.epci._get_members()))
        self.assertEqual(rows["Communes interested"][2], "608000")

    def test_an_empty_editor_is_no_evidence(self):
        project = self.env["commune.service.project"].create(
            {
                "name": "Cimetières",
                "description": "<p><br></p>",
                "department_id": self.env["helpdesk.ticket.team"]._get_desk().id,
                "family_id": self.service.family_id.id,
            }
        )
        with self.assertRaisesRegex(UserError, "Description"):
            project.action_next()
        project.description = "<p>Neuf communes</p>"
        project.action_next()
        project.write(
            {"survey_ref": "  ", "volume": "\n", "interested_commune_ids": self.commune_a}
        )
        with self.assertRaisesRegex(UserError, "Survey, Volume"):
            project.action_next()

    def _subscribe(self, commune=None, date_start="2026-01-01", date_end=False):
        return self.env["commune.service.subscription"].create(
            {
                "commune_id": (commune or self.commune_a).id,
                "offer_id": self.offer.id,
                "date_start": date_start,
                "date_end": date_end,
            }
        )

    def _use(self, line, day, quantity=1):
        return self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": day, "quantity": quantity}
        )
