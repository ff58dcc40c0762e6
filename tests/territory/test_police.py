"""Powers of police: the mayor's, unless transferred and not objected to."""

from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestPolice(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.road = cls.env.ref("commune_relations.police_power_road")
        cls.env.company.epci_id = cls.epci

    def _decide(self, place, **values):
        return self.env["commune.police.decision"].create(
            {"power_id": self.road.id, "place_id": place.id, **values}
        )

    def _held(self):
        self.road.invalidate_recordset()
        places = self.commune_a | self.commune_b | self.epci
        return places.filtered(self.road._is_with_president)

    def test_every_power_of_the_law_is_there_and_says_its_article(self):
        powers = self.env["commune.police.power"].search([])
        self.assertEqual(
            set(powers.mapped("code")),
            {
                *("sanitation", "waste", "travellers", "road", "taxis", "housing"),
                *("fire_defence", "dumping", "events", "advertising"),
            },
        )
        for power in powers:
            self.assertRegex(power.legal_source, "art.\u00a0L.\u00a0")
            self.assertTrue(power.legal_check)

    def test_the_mayors_hold_it_until_it_is_transferred(self):
        self.assertFalse(self._held())
        self._decide(self.epci, date_start=self.today + timedelta(days=1))
        self.assertFalse(self._held())

    def test_a_mayor_who_objects_keeps_it(self):
        self._decide(self.epci)
        self.assertEqual(self._held(), self.commune_a | self.commune_b | self.epci)
        self.assertTrue(self.road.is_transferred)
        refusal = self._decide(self.commune_a)
        self.assertEqual(self._held(), self.commune_b | self.epci)
        refusal.write(
            {
                "date_start": self.today - timedelta(days=9),
                "date_end": self.today - timedelta(days=1),
            }
        )
        self.assertEqual(self._held(), self.commune_a | self.commune_b | self.epci)

    def test_one_decision_at_a_time_of_a_place(self):
        self._decide(self.epci)
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"):
            self._decide(self.epci)
            self.env.flush_all()

    def test_a_person_decides_nothing(self):
        with self.assertRaises(ValidationError):
            self._decide(self.portal_a.partner_id)
