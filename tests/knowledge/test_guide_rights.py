"""Whose a guide is: one mandate must fit as a whole, on the day; a referent writes their own."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CommuneCase
from .guide_case import get_guide_records


@tagged("post_install", "-at_install")
class TestGuideRights(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = get_guide_records(cls)

    def _names(self, user):
        return set(self.env["commune.guide"].with_user(user).search([]).mapped("name"))

    def test_a_person_finds_what_concerns_them_and_nothing_else(self):
        roads, council, everyone = (
            "Nids de poule : qui répare, et quand",
            "Préparer un conseil municipal",
            "Bienvenue aux élus",
        )
        self.assertEqual(self._names(self.portal_a), {roads, everyone})
        self.assertEqual(self._names(self.portal_a_limited), {roads, everyone})
        self.assertEqual(self._names(self.portal_b), {everyone})  # 640 inhabitants
        self.assertEqual(self._names(self.portal_both), {council, everyone})
        self.assertEqual(self._names(self.portal_ended), set())

    def test_one_mandate_must_fit_as_a_whole(self):
        """A councillor of the small commune who is an agent of the large one is no elected
        official of a large one."""
        self.env["commune.mandate"].create(
            {
                "partner_id": self.portal_b.partner_id.id,
                "commune_id": self.commune_a.id,
                "function_id": self.functions["reception"].id,
                "date_start": self.today - timedelta(days=30),
            }
        )
        self.assertNotIn("Nids de poule : qui répare, et quand", self._names(self.portal_b))

    def test_the_access_ends_with_the_mandate_and_follows_the_population(self):
        guide = self.records["guide_elected_large"].with_user(self.portal_a)
        self.assertTrue(guide.has_access("read"))
        self.commune_a.population = 3400
        self.assertFalse(guide.search([("id", "=", guide.id)]))
        self.commune_a.population = 3500
        self.assertTrue(guide.search([("id", "=", guide.id)]))
        self.mandate_a.date_end = self.today
        self.assertFalse(guide.search([("id", "=", guide.id)]))
        guide.invalidate_recordset()
        self.assertFalse(guide.has_access("read"))

    def test_a_guide_for_small_communes_is_not_read_in_larger_ones(self):
        council = "Préparer un conseil municipal"  # up to 1,000 inhabitants
        self.commune_b.population = 1000
        self.assertIn(council, self._names(self.portal_both))
        self.commune_b.population = 1001
        self.assertNotIn(council, self._names(self.portal_both))

    def test_a_person_of_the_intercommunality_reads_whatever_the_size(self):
        self.env["commune.mandate"].create(
            {
                "partner_id": self.portal_b.partner_id.id,
                "commune_id": self.epci.id,
                "function_id": self.functions["vice_president"].id,
                "date_start": self.today - timedelta(days=30),
            }
        )
        self.assertIn("Nids de poule : qui répare, et quand", self._names(self.portal_b))

    def test_a_referent_writes_their_own_guides_alone(self):
        own = self.records["guide_draft_referent"].with_user(self.referent)
        own.body = "<p>Deux collectes par semaine.</p>"
        own.action_publish()
        self.assertEqual(own.state, "published")
        other = self.records["guide_everyone"].with_user(self.referent)
        for action in ("action_withdraw", "action_new_version", "action_still_right"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(other, action)()
        with self.assertRaises(AccessError):
            own.create({"name": "Au nom d’une autre", "user_id": self.officer.id})

    def test_nobody_deletes_a_guide_nor_writes_its_steps(self):
        guide = self.records["guide_everyone"]
        with self.assertRaises(UserError):
            guide.unlink()
        written = guide.with_user(self.manager)
        for values in ({"state": "draft"}, {"version": 7}, {"body": "<p>Autre</p>"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                written.write(values)
        with self.assertRaises(UserError):
            written.create({"name": "Publié d’office", "state": "published"})

    def test_a_person_of_a_commune_reads_neither_counters_nor_notes(self):
        guide = self.records["guide_elected_large"]
        guide.message_post(body="Texte à revoir avant l’été", subtype_xmlid="mail.mt_note")
        seen = guide.with_user(self.portal_a)
        for name in ("view_count", "useful_count", "message_ids", "activity_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                seen.read([name])
        messages = self.env["mail.message"].with_user(self.portal_a)
        with self.assertRaises(AccessError):
            messages.browse(guide.message_ids.ids).read(["body"])
