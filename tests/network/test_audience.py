"""Audiences follow the mandates in force: who is in, who is not, at what cost."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .network_case import NetworkCase


@tagged("post_install", "-at_install")
class TestAudience(NetworkCase):
    def test_functions_in_force_only(self):
        audience = self._audience("mayor", "deputy_mayor")
        self.assertEqual(audience.partner_ids, self.mayor_a | self.mayor_b | self.deputy)
        self.assertEqual(audience.member_count, 3)
        self.assertEqual(audience.commune_count, 2)
        future = self._person("Paul", "PROCHAIN")
        self._mandate(future, self.commune_b, "deputy_mayor", date_start="2999-01-01")
        audience.invalidate_recordset()
        self.assertNotIn(future, audience.partner_ids)

    def test_the_words_of_the_delegation_know_no_accent(self):
        audience = self._audience(kind="elected", delegation_words="habitat, URBANISME")
        self.assertEqual(audience.partner_ids, self.deputy)
        works = self._person("Tom", "TRAVAUX")
        mandate = self._mandate(works, self.commune_b, "deputy_mayor", delegation="Réseaux, Écoles")
        audience.delegation_words = "ecole"
        self.assertEqual(audience.partner_ids, works)
        # A word is looked for from its first letter: no “eau” in “réseaux”.
        audience.delegation_words = "eau"
        self.assertFalse(audience.partner_ids)
        mandate.delegation = "Eaux pluviales"
        audience.invalidate_recordset()
        self.assertEqual(audience.partner_ids, works)

    def test_communes_or_sectors_and_size(self):
        audience = self._audience("mayor", commune_ids=[Command.set(self.commune_a.ids)])
        self.assertEqual(audience.partner_ids, self.mayor_a)
        audience.sector_ids = self.south
        self.assertEqual(audience.partner_ids, self.mayor_a | self.mayor_b)
        audience.population_max = 3499
        self.assertEqual(audience.partner_ids, self.mayor_b)
        audience.write({"population_min": 3500, "population_max": 0})
        self.assertEqual(audience.partner_ids, self.mayor_a)
        self.commune_b.population = 3500
        audience.invalidate_recordset()
        self.assertEqual(audience.partner_ids, self.mayor_a | self.mayor_b)
        with self.assertRaises(ValidationError):
            audience.population_max = 1000

    def test_an_intercommunality_is_in_no_band(self):
        self._mandate(self.former, self.epci, "community_councillor")
        audience = self._audience("community_councillor")
        self.assertEqual(audience.partner_ids, self.former)
        audience.population_min = 1
        self.assertFalse(audience.partner_ids)

    def test_by_hand_and_without_criterion(self):
        audience = self._audience(included_ids=[Command.set(self.former.ids)])
        self.assertEqual(audience.partner_ids, self.former)
        audience.kind = "staff"
        self.assertEqual(audience.partner_ids, self.former | self.secretary)
        audience.excluded_ids = self.secretary
        self.assertEqual(audience.partner_ids, self.former)
        self.portal_ended.active = False
        self.former.active = False
        audience.invalidate_recordset()
        self.assertFalse(audience.partner_ids)

    def test_a_person_of_two_communes_appears_once_with_both_posts(self):
        audience = self._audience("town_hall_secretary")
        self.assertEqual(audience.member_count, 1)
        members = audience._get_members()
        self.assertEqual(list(members), [self.secretary])
        self.assertEqual(members[self.secretary].commune_id, self.commune_a | self.commune_b)
        together = (audience | self._audience("mayor"))._get_members()
        self.assertEqual(len(together), 3)

    def test_ending_a_mandate_today_takes_the_person_out_today(self):
        audience = self._audience("mayor")
        self.assertIn(self.mayor_a, audience.partner_ids)
        self.mandate_a.action_end_today()
        audience.invalidate_recordset()
        self.assertNotIn(self.mayor_a, audience.partner_ids)
        self.assertEqual(self.mayor_a.audience_ids & audience, audience.browse())

    def test_a_commune_that_has_left_is_written_to_no_more(self):
        audience = self._audience("mayor")
        self.commune_b.membership_date_end = self.yesterday
        audience.invalidate_recordset()
        self.assertEqual(audience.partner_ids, self.mayor_a)

    def test_members_without_address(self):
        audience = self._audience("mayor")
        self.mayor_b.email = False
        audience.invalidate_recordset()
        self.assertEqual(audience.no_email_ids, self.mayor_b)
        self.assertEqual(audience.no_email_count, 1)
        action = audience.action_open_no_email()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.mayor_b)

    def test_searched_both_ways(self):
        mayors, staff = self._audience("mayor"), self._audience(kind="staff")
        Audience = self.env["commune.audience"]
        found = Audience.search(
            [("partner_ids", "in", self.secretary.ids), ("id", "in", (mayors | staff).ids)]
        )
        self.assertEqual(found, staff)
        Partner = self.env["res.partner"]
        self.assertEqual(
            Partner.search([("audience_ids", "in", mayors.ids)]), self.mayor_a | self.mayor_b
        )
        self.assertNotIn(self.mayor_a, Partner.search([("audience_ids", "not in", mayors.ids)]))
        self.assertIn(staff, self.secretary.audience_ids)
        self.assertIn("Aubrive", self.secretary.audience_titles)

    def test_the_audiences_that_come_with_the_addon(self):
        dgs_and_secretaries = self.env.ref("commune_relations.audience_dgs_secretaries")
        self.assertIn(self.secretary, dgs_and_secretaries.partner_ids)
        urbanism = self.env.ref("commune_relations.audience_urbanism")
        self.assertIn(self.deputy, urbanism.partner_ids)
        self.assertNotIn(self.mayor_a, urbanism.partner_ids)

    def test_any_number_of_audiences_costs_the_same(self):
        audiences = self.env["commune.audience"].union(
            *(
                self._audience("mayor", name=f"Essai {number}", population_max=5000 + number)
                for number in range(30)
            )
        )
        few, many = audiences[:2], audiences
        costs = []
        for some in (few, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(set(some.mapped("member_count")), {2})
            costs.append(self.env.cr.sql_log_count - before)
        # The first pass fills the caches of the server.
        self.assertEqual(costs[1], costs[2])
        self.assertLess(costs[2], 20)

    def test_a_reader_sees_the_members(self):
        audience = self._audience("mayor").with_user(self.reader)
        self.assertEqual(audience.member_count, 2)
        self.assertEqual(
            audience.action_open_members()["domain"], [("id", "in", audience.partner_ids.ids)]
        )
