"""Lists in step with the mandates, and refusals that survive leaving and coming back."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .network_case import NetworkCase


@tagged("post_install", "-at_install")
class TestLists(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audience = cls._audience("mayor", "deputy_mayor", name="Élus d’essai")
        cls.list = cls.audience.mailing_list_id

    def _in_list(self):
        self.list.invalidate_recordset()
        return self.list.contact_ids.partner_id

    def _subscription(self, person):
        return self.env["mailing.subscription"].search(
            [("list_id", "=", self.list.id), ("contact_id.partner_id", "=", person.id)]
        )

    def test_the_list_has_the_members(self):
        self.assertEqual(self.list.name, "Élus d’essai")
        self.assertEqual(self._in_list(), self.mayor_a | self.mayor_b | self.deputy)

    def test_a_person_appears_once_in_a_list(self):
        lists = self.env["mailing.list"].create([{"name": "Ici"}, {"name": "Ailleurs"}])
        contacts = self.env["mailing.contact"].create(
            [
                {"name": "Anne", "email": f"anne{number}@mel.example", "partner_id": partner}
                for number, partner in enumerate([self.mayor_a.id, self.mayor_a.id, False, False])
            ]
        )
        subscriptions = self.env["mailing.subscription"]
        place = {"list_id": lists[0].id}
        subscriptions.create([{**place, "contact_id": contact.id} for contact in contacts[1:]])
        subscriptions.create({"list_id": lists[1].id, "contact_id": contacts[0].id})
        with self.assertRaisesRegex(ValidationError, "several times"):
            subscriptions.create({**place, "contact_id": contacts[0].id})

    def test_the_list_follows_mandates_at_once(self):
        self.mandate_a.action_end_today()
        self.assertEqual(self._in_list(), self.mayor_b | self.deputy)
        self.assertFalse(
            self.env["mailing.contact"]
            .search([("partner_id", "=", self.mayor_a.id)])
            .filtered(lambda c: self.list in c.list_ids)
        )
        self._mandate(self.former, self.commune_b, "deputy_mayor", date_start=self.today)
        self.assertIn(self.former, self._in_list())

    def test_the_list_follows_criteria_and_the_calendar(self):
        self.audience.population_max = 3499
        self.assertEqual(self._in_list(), self.mayor_b)
        self.env.cr.execute(
            "UPDATE commune_mandate SET date_end = %s WHERE id = %s",
            (self.yesterday, self.mandate_b.id),
        )
        self.mandate_b.invalidate_recordset()
        self.env["commune.audience"]._cron_sync()
        self.assertFalse(self._in_list())

    def test_the_standard_synchronisation_loses_nothing(self):
        self._subscription(self.mayor_a).opt_out = True
        self.list.action_sync()
        self.assertTrue(self._subscription(self.mayor_a).opt_out)
        self.assertEqual(len(self._in_list()), 3)

    def test_a_refusal_survives_leaving_and_coming_back(self):
        self.list._update_subscription_from_email(self.mayor_a.email, opt_out=True)
        preference = self.mayor_a.contact_preference_ids
        self.assertRecordValues(
            preference,
            [{"opt_out": True, "audience_id": self.audience.id, "source": "person"}],
        )
        self.mandate_a.date_end = self.yesterday
        self.assertNotIn(self.mayor_a, self._in_list())
        self.assertTrue(preference.exists())
        self._mandate(self.mayor_a, self.commune_a, "deputy_mayor", date_start=self.today)
        self.assertIn(self.mayor_a, self._in_list())
        self.assertTrue(self._subscription(self.mayor_a).opt_out)
        self.assertFalse(self._subscription(self.mayor_b).opt_out)

    def test_the_last_word_counts(self):
        self._subscription(self.mayor_a).opt_out = True
        self._subscription(self.mayor_a).opt_out = False
        self.assertFalse(self.mayor_a.contact_preference_ids.opt_out)
        self.list.action_sync()
        self.assertFalse(self._subscription(self.mayor_a).opt_out)

    def test_who_refused_everything_may_take_one_list_back(self):
        other = self._audience("mayor", name="Autre")
        self.env["commune.contact.preference"]._set_preference(self.mayor_a, True)
        subscriptions = self.mayor_a.mass_mailing_contact_ids.subscription_ids
        self.assertEqual(set(subscriptions.mapped("opt_out")), {True})
        self._subscription(self.mayor_a).opt_out = False
        self.list.action_sync()
        self.assertFalse(self._subscription(self.mayor_a).opt_out)
        kept = subscriptions.filtered(lambda s: s.list_id == other.mailing_list_id)
        self.assertTrue(kept.opt_out)

    def test_a_refusal_noted_by_staff_reaches_the_lists(self):
        preference = (
            self.env["commune.contact.preference"]
            .with_user(self.officer)
            .create({"partner_id": self.mayor_b.id, "reason": "Demande orale"})
        )
        self.assertTrue(self._subscription(self.mayor_b).opt_out)
        preference.opt_out = False
        self.assertFalse(self._subscription(self.mayor_b).opt_out)

    def test_the_reason_given_on_the_page_is_kept(self):
        reason = self.env["mailing.subscription.optout"].create({"name": "Trop de messages"})
        self._subscription(self.mayor_a).opt_out = True
        self._subscription(self.mayor_a).opt_out_reason_id = reason
        self.assertEqual(self.mayor_a.contact_preference_ids.reason, "Trop de messages")

    def test_clearing_and_giving_back_an_address(self):
        self.mayor_a.email = False
        self.assertNotIn(self.mayor_a, self._in_list())
        self.assertFalse(self.mayor_a.mass_mailing_contact_ids)
        self.mayor_a.email = "anne@aubrive.example"
        self.assertIn(self.mayor_a, self._in_list())
        self.assertEqual(self.mayor_a.mass_mailing_contact_ids.email, "anne@aubrive.example")

    def test_archiving_and_erasing_a_person(self):
        guest = self._person("Guy", "GUEST", email="guy@mel.example")
        other = self._person("Ada", "AUTRE", email="ada@mel.example")
        self.audience.included_ids = guest | other
        self.assertIn(guest, self._in_list())
        guest.env["commune.contact.preference"]._set_preference(guest, True)
        other.active = False
        self.assertNotIn(other, self._in_list())
        guest.unlink()
        self.assertEqual(len(self._in_list()), 3)
        contacts = self.env["mailing.contact"].with_context(active_test=False)
        self.assertFalse(contacts.search([("email", "=", "guy@mel.example")]))
        self.assertFalse(
            self.env["commune.contact.preference"].search([("partner_id", "=", guest.id)])
        )

    def test_who_refuses_what(self):
        Preference = self.env["commune.contact.preference"]
        family, other = self.env["commune.topic"].create(
            [{"name": "Urbanisme", "code": "T-URB"}, {"name": "Eau", "code": "T-EAU"}]
        )
        topic = family.create({"name": "PLUi", "code": "T-PLU", "parent_id": family.id})
        everyone = self.mayor_a | self.mayor_b | self.deputy
        self.env["commune.contact.preference"]._set_preference(self.mayor_a, True, theme=family)
        self.env["commune.contact.preference"]._set_preference(self.mayor_b, True)
        self.env["commune.contact.preference"]._set_preference(
            self.deputy, True, audience=self.audience
        )
        blocked = Preference._get_blocked
        self.assertEqual(blocked(everyone, topic), {self.mayor_a.id, self.mayor_b.id})
        self.assertEqual(blocked(everyone, other), {self.mayor_b.id})
        self.assertEqual(blocked(everyone), {self.mayor_b.id})
        one = {self.deputy.id: {self.audience.id}}
        self.assertIn(self.deputy.id, blocked(everyone, reached=one))
        two = {self.deputy.id: {self.audience.id, 0}}
        self.assertNotIn(self.deputy.id, blocked(everyone, reached=two))

    def test_many_persons_cost_no_more_queries(self):
        costs = []
        for size in (20, 200):
            people = self.env["res.partner"].create(
                [
                    {"name": f"Essai {size} {n}", "email": f"e{size}.{n}@mel.example"}
                    for n in range(size)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.audience.included_ids = [Command.set(people.ids)]
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(self._in_list()), size + 3)
        # Values are flushed a hundred lines at a time.
        self.assertLess(costs[1], costs[0] + 25)
