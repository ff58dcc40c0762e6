"""The sheet and its life: who moved it, what the communes see, who may subscribe."""

from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from .service_case import make_offer, make_service


@tagged("post_install", "-at_install")
class TestServiceLife(CommuneCase):
    def test_each_step_is_noted_with_who_and_when(self):
        service = make_service(self, state="idea")
        as_officer = service.with_user(self.officer)
        as_officer.action_study()
        as_officer.state_reason = "Vote du bureau"
        as_officer.action_activate()
        steps = [(c.state_from, c.state_to) for c in service.change_ids.sorted("id")]
        self.assertEqual(steps, [(False, "idea"), ("idea", "study"), ("study", "active")])
        last = service.change_ids.sorted("id")[-1]
        self.assertEqual((last.user_id, last.reason), (self.officer, "Vote du bureau"))
        self.assertFalse(service.state_reason)
        self.assertEqual(service.state_user_id, self.officer)

    def test_a_step_is_not_jumped_over(self):
        service = make_service(self, state="idea")
        with self.assertRaisesRegex(UserError, "cannot go"):
            service.state = "active"
        self.assertEqual(service.state, "idea")

    def test_a_sheet_is_filled_in_before_the_communes_see_it(self):
        service = make_service(self, state="study", content=False, topic_id=False)
        with self.assertRaisesRegex(UserError, "What it is.*Topic of the requests"):
            service.action_activate()

    def test_a_pilot_has_named_communes(self):
        service = make_service(self, state="study")
        with self.assertRaisesRegex(UserError, "named communes"):
            service.action_pilot()

    def test_retired_and_frozen_services_refuse_new_subscriptions(self):
        for state, word in [("retired", "retired"), ("frozen", "frozen"), ("study", "not open")]:
            service = make_service(self, f"Service {state}", state)
            offer = make_offer(self, service)
            with self.subTest(state=state), self.assertRaisesRegex(UserError, word):
                self._subscribe(self.commune_a, offer)

    def test_a_retired_service_keeps_its_subscriptions(self):
        service = make_service(self)
        line = self._subscribe(self.commune_a, make_offer(self, service))
        service.action_retire()
        self.assertEqual(line.state, "active")
        line.date_end = self.today
        self.assertEqual(line.state, "active")

    def test_eligibility_by_population_sector_and_list(self):
        sector = self.env["commune.sector"].create({"name": "Vallée"})
        self.commune_b.sector_id = sector
        cases = [
            ({"scope": "population", "population_max": 1000}, r"1\D?000"),
            ({"scope": "sector", "sector_ids": sector.ids}, "not open"),
            ({"scope": "list", "commune_ids": self.commune_b.ids}, "not open"),
        ]
        for rank, (values, word) in enumerate(cases):
            offer = make_offer(self, make_service(self, f"Service {rank}", **values))
            with self.subTest(scope=values["scope"]):
                with self.assertRaisesRegex(UserError, word), self.env.cr.savepoint():
                    self._subscribe(self.commune_a, offer)
                self.assertTrue(self._subscribe(self.commune_b, offer))

    def test_seats_run_out(self):
        offer = make_offer(self, make_service(self), seats=1)
        first = self._subscribe(self.commune_a, offer)
        with self.assertRaisesRegex(UserError, "full"), self.env.cr.savepoint():
            self._subscribe(self.commune_b, offer)
        first.date_end = self.today
        later = self.today + timedelta(days=1)
        self.assertTrue(self._subscribe(self.commune_b, offer, later))

    def test_no_two_prices_at_the_same_time(self):
        offer = make_offer(self, make_service(self))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["commune.service.price"].create(
                {"offer_id": offer.id, "date_start": "2026-01-01"}
            )

    def test_no_two_subscriptions_at_the_same_time(self):
        offer = make_offer(self, make_service(self))
        line = self._subscribe(self.commune_a, offer)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self._subscribe(self.commune_a, offer, self.today + timedelta(days=30))
        line.date_end = self.today
        self.assertTrue(self._subscribe(self.commune_a, offer, self.today + timedelta(days=1)))

    def test_a_use_outside_the_subscription_is_refused(self):
        line = self._subscribe(self.commune_a, make_offer(self, make_service(self)))
        with self.assertRaisesRegex(UserError, "was not subscribed"):
            self.env["commune.service.usage"].create(
                {"subscription_id": line.id, "date": date(2019, 1, 1), "quantity": 1}
            )

    def _subscribe(self, commune, offer, start=None):
        return self.env["commune.service.subscription"].create(
            {
                "commune_id": commune.id,
                "offer_id": offer.id,
                "date_start": start or self.today - timedelta(days=10),
            }
        )
