"""Two presses on “sign”, and two last seats, at the same moment."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..race_case import RaceCase
from .service_case import ACTS


@tagged("post_install", "-at_install")
class TestAgreementRace(RaceCase):
    def _create_commune(self, env, number):
        return env["res.partner"].create(
            {
                "name": f"Course {number}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"5799{number}",
                "siren": f"21579990{number}",
                "population": 500,
            }
        )

    def _create_service(self, env):
        topic = env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
        service = env["commune.service"].create(
            {
                "name": "Course",
                "family_id": env.ref("commune_relations.service_family_legal").id,
                "content": "<p>Essai</p>",
                "summary": "Essai",
                "department_id": env["helpdesk.ticket.team"]._get_desk().id,
                "referent_id": env.ref("base.user_admin").id,
                "topic_id": topic.id,
            }
        )
        service.state = "study"
        offer = env["commune.service.offer"].create(
            {
                "name": "Course",
                "service_id": service.id,
                "seats": 1,
                "price_ids": [Command.create({"kind": "free", "date_start": "2020-01-01"})],
            }
        )
        service.state = "active"
        return service, offer

    def _prepare_agreement(self, env):
        """A convention that a mayor without an address may sign."""
        commune = self._create_commune(env, 1)
        mayor = env["res.partner"].create({"firstname": "P", "lastname": "COURSE"})
        function = env["commune.function"]._by_code()["mayor"]
        mandate = env["commune.mandate"].create(
            {
                "partner_id": mayor.id,
                "commune_id": commune.id,
                "function_id": function.id,
                "date_start": "2020-03-15",
            }
        )
        service, offer = self._create_service(env)
        today = env.company._get_today()
        agreement = env["agreement"].create(
            {
                "name": "Course",
                "commune_id": commune.id,
                "legal_basis_id": env.ref("commune_relations.legal_basis_l5214_16_1").id,
                "offer_ids": [Command.set(offer.ids)],
                # In force later: the signature alone is looked at.
                "start_date": today + timedelta(days=30),
                "end_date": today + timedelta(days=400),
                **ACTS,
                "body": "<p>Essai</p>",
            }
        )
        agreement.action_deliberate()
        self.mayor, self.agreement = mayor.id, agreement.id
        self._keep(
            agreement, offer.price_ids, offer, service.change_ids, service, mandate, mayor | commune
        )

    def _sign(self, name):
        def work(env):
            agreement = env["agreement"].browse(self.agreement)
            mandate = agreement._get_signing_mandate(env["res.partner"].browse(self.mayor))
            agreement._sign("commune", name, mandate)

        return work

    def test_one_signature_is_kept_and_the_other_gets_a_sentence(self):
        self._in_transaction(self._prepare_agreement)

        def look(env):
            self.assertTrue(env["agreement"].browse(self.agreement).state)

        begun, errors = self._at_once(look, self._sign("P COURSE"), self._sign("p course"))
        self.assertEqual(begun, 3)
        self.assertEqual([type(error) for error in errors], [UserError])
        self.assertIn("not waiting", str(errors[0]))

        def read(env):
            agreement = env["agreement"].browse(self.agreement)
            messages = agreement.message_ids.filtered(
                lambda m: agreement.sign_name in (m.body or "")
            )
            return agreement.signature_step, agreement.sign_name, len(messages)

        state, name, messages = self._in_transaction(read)
        self.assertEqual((state, messages), ("commune", 1))
        self.assertIn(name, ("P COURSE", "p course"))

    def test_one_amendment_is_prepared_and_the_other_gets_a_sentence(self):
        self._in_transaction(self._prepare_agreement)

        def put_in_force(env):
            query = "UPDATE agreement SET state = 'active', before_acts = true WHERE id = %s"
            env.cr.execute(query, [self.agreement])

        def amend(env):
            env["agreement"].browse(self.agreement).action_amend()

        def look(env):
            env["agreement"].browse(self.agreement).amendment_ids.mapped("state")

        self._in_transaction(put_in_force)
        begun, errors = self._at_once(look, amend, amend)
        kept = self._in_transaction(
            lambda env: env["agreement"].browse(self.agreement).amendment_ids.ids
        )
        self.rows.insert(0, ("agreement", "agreement", kept))
        self.assertEqual(begun, 3)
        self.assertEqual([type(error) for error in errors], [UserError])
        self.assertIn("already being prepared", str(errors[0]))
        self.assertEqual(len(kept), 1)

    def _prepare_seat(self, env):
        service, offer = self._create_service(env)
        communes = self._create_commune(env, 2) | self._create_commune(env, 3)
        self.offer, self.communes = offer.id, communes.ids
        self._keep(offer.price_ids, offer, service.change_ids, service, communes)

    def _subscribe(self, commune_id):
        def work(env):
            env["commune.service.subscription"].create(
                {
                    "commune_id": commune_id,
                    "offer_id": self.offer,
                    "date_start": date(2026, 1, 1),
                }
            )

        return work

    def _subscriptions(self, env):
        return env["commune.service.subscription"].search([("offer_id", "=", self.offer)])

    def test_the_last_seat_of_an_option_is_given_once(self):
        self._in_transaction(self._prepare_seat)
        works = map(self._subscribe, self.communes)
        begun, errors = self._at_once(self._subscriptions, *works)
        kept = self._in_transaction(lambda env: self._subscriptions(env).ids)
        self.rows.insert(0, ("commune_service_subscription", "commune.service.subscription", kept))
        self.assertEqual(begun, 3)
        self.assertEqual([type(error) for error in errors], [UserError])
        self.assertIn("is full", str(errors[0]))
        self.assertEqual(len(kept), 1)
