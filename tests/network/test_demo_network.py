"""The demonstration of the network, for an intercommunality at random and for real persons."""

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..common import CommuneCase

# Earlier ones are checked by `tests/steering/test_demo_past.py`.
NEAR = [("kind", "!=", False), ("date_begin", ">", "-50d")]


@tagged("post_install", "-at_install")
class TestDemoNetwork(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        reference = cls.env["commune.reference.epci"].search(
            [("commune_count", "=", 10)], order="siren", limit=1
        )
        cls.env.company.epci_id = False
        list(reference._set_up_everything(reference.siren, online=False, demo=True))
        cls.epci = cls.env.company.epci_id
        cls.events = cls.env["event.event"].search(NEAR, order="date_begin")

    def test_each_step_of_an_event_is_there(self):
        now = fields.Datetime.now()
        past = self.events.filtered(lambda event: event.date_end < now)
        self.assertEqual(len(past), 2)
        self.assertEqual(len(self.events - past), 4)
        training = past.filtered(lambda event: event.kind == "training")
        present = training.registration_ids.filtered("attended_half_days")
        self.assertTrue(present)
        self.assertEqual(len(set(present.mapped("certificate_number"))), len(present))
        self.assertEqual(set(present.mapped("attended_half_days")), {1, 2})
        self.assertIn("done", training.hot_survey_id.user_input_ids.mapped("state"))
        absent = training.registration_ids - present
        self.assertFalse(absent.filtered("certificate_number"))
        for event in self.events:
            self.assertIn(event.date_begin.weekday(), range(5), event.name)
            places = event.registration_ids.filtered(lambda r: r.state in ("open", "done"))
            self.assertLessEqual(len(places), event.seats_max or len(places))

    def test_each_account_of_the_staff_holds_one_role_and_each_role_has_its_account(self):
        """What an account may do in a demonstration is what its role may do."""
        privileges = ("privilege_relations", "privilege_replacement")
        roles = self.env["res.groups"].search(
            [
                (
                    "privilege_id",
                    "in",
                    [self.env.ref(f"commune_relations.{p}").id for p in privileges],
                )
            ]
        )
        accounts = self.env["res.users"].search(
            [("partner_id.is_fictitious", "=", True), ("group_ids", "in", roles.ids)]
        )
        self.assertEqual(
            {user.login: (user.group_ids & roles).mapped("name") for user in accounts},
            {
                "vice-presidence": ["Reader"],
                "referent": ["Department referent"],
                "charge-mission": ["Officer"],
                "direction": ["Manager"],
                "coordination": ["Coordinator"],
            },
        )
        officer = accounts.filtered(lambda user: user.login == "charge-mission")
        self.assertFalse(officer.has_group("commune_relations.group_replacement_coordinator"))

    def test_nobody_but_invented_persons_takes_part(self):
        persons = self.events.registration_ids.attendee_partner_id
        persons |= self.events.invitation_ids.partner_id
        self.assertTrue(persons)
        self.assertEqual(set(persons.mapped("is_fictitious")), {True})
        self.assertEqual(
            {address.rpartition(".")[2] for address in persons.mapped("email_normalized")},
            {"invalid"},
        )

    def test_a_letter_of_each_step(self):
        letters = self.env["mailing.mailing"].search(
            [("network_kind", "!=", False), ("create_date", ">", "-50d")]
        )
        self.assertEqual(
            sorted(letters.mapped(lambda m: (m.network_kind, m.state, m.approval_state))),
            [
                ("invitation", "draft", "requested"),
                ("letter", "done", "approved"),
                *[("watch", "draft", "draft")] * 3,
                ("watch", "draft", "requested"),
            ],
        )
        sent = letters.filtered(lambda m: m.state == "done")
        statuses = self.env["commune.mailing.stat"].search([("mailing_id", "=", sent.id)])
        self.assertLessEqual({"opened", "clicked", "sent"}, set(statuses.mapped("status")))
        sent._check_written()
        waiting = letters.filtered(lambda m: m.approval_state == "requested")
        self.assertIn("direction", waiting.activity_ids.user_id.mapped("login"))

    def test_the_campaign_has_begun_and_waits_for_the_accounts(self):
        campaign = self.env["commune.directory.campaign"].search([])
        self.assertEqual(campaign.state, "open")
        self.assertGreater(campaign.answered_count, 0)
        self.assertLess(campaign.answered_count, campaign.asked_count)
        secretary = self.env["res.users"].search([("login", "=", "secretaire")]).partner_id
        own = campaign.recipient_ids.filtered(lambda r: r.partner_id == secretary)
        self.assertTrue(own)
        self.assertFalse(own.filtered("answered_date"))

    def test_an_offer_meets_a_request(self):
        exchanges = self.env["commune.exchange"].search([])
        self.assertEqual(len(exchanges), 5)
        self.assertTrue(exchanges.filtered("match_count"))

    def test_no_mail_is_waiting_to_leave(self):
        self.assertFalse(self.env["mailing.mailing"].search([("state", "=", "in_queue")]))
        to_communes = self.env["mail.mail"].search([]).recipient_ids.filtered("partner_share")
        self.assertFalse(to_communes & self.events.invitation_ids.partner_id)
        self.assertTrue(
            self.env["ir.config_parameter"].get_param("commune_relations.demonstration")
        )

    def test_a_second_load_adds_nothing(self):
        names = (
            "event.event",
            "event.registration",
            "commune.event.invitation",
            "mailing.mailing",
            "commune.exchange",
            "commune.directory.recipient",
            "commune.mandate",
            "res.partner",
            "mail.group.message",
        )

        def count():
            return {name: self.env[name].search_count([]) for name in names}

        before = count()
        self.env["commune.demo"]._load(self.epci)
        self.assertEqual(count(), before)


@tagged("post_install", "-at_install")
class TestDemoWithRealPersons(CommuneCase):
    def test_real_persons_are_neither_invited_nor_counted_as_trained(self):
        self.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        self.env["commune.demo"]._load(self.epci)
        self.assertEqual(self.env["event.event"].search_count(NEAR), 6)
        events = self.env["event.event"].search([("kind", "!=", False)])
        persons = events.registration_ids.attendee_partner_id
        persons |= events.invitation_ids.partner_id
        self.assertFalse(persons.filtered(lambda person: not person.is_fictitious))
        self.assertFalse(self.mandate_a.delegation)
        self.assertEqual(self.portal_a.partner_id.email, "anne.aubry@aubrive.example")
