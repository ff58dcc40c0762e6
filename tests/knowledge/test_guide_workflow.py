"""A guide is published by versions, reviewed in time, and completes the topics."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CommuneCase
from .guide_case import get_guide_records


@tagged("post_install", "-at_install")
class TestGuideLife(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = get_guide_records(cls)
        cls.guide = cls.records["guide_elected_large"].with_user(cls.officer)

    def _begin(self):
        action = self.guide.action_new_version()
        return self.env[action["res_model"]].with_user(self.officer).browse(action["res_id"])

    def test_what_the_communes_read_changes_when_a_version_is_published(self):
        former = self.guide.body
        version = self._begin()
        version.body = "<p>Sous cinq jours.</p>"
        self.assertEqual(self.guide.body, former)
        with self.assertRaises(UserError):  # no summary of the change
            version.action_publish()
        version.change_text = "Le délai passe de dix à cinq jours."
        version.action_publish()
        self.assertIn("cinq jours", self.guide.body)
        self.assertEqual(self.guide.version, 2)
        numbers = {line.number: line for line in self.guide.version_ids}
        self.assertIn("dix jours", numbers[1].body)
        self.assertIn("cinq jours", numbers[2].body)

    def test_a_published_version_stays_as_it_is_even_for_the_superuser(self):
        version = self.guide.version_ids.sudo()
        with self.assertRaises(UserError):
            version.body = "<p>Autre</p>"
        with self.assertRaises(UserError):
            version.unlink()

    def test_a_version_is_begun_once_and_may_be_given_up(self):
        version = self._begin()
        self.assertEqual(self._begin(), version)
        version.action_drop()
        self.assertEqual(self.guide.version_ids.mapped("number"), [1])
        self.assertFalse(self.guide.has_draft_version)

    def test_a_guide_for_nobody_is_not_published(self):
        guide = self.env["commune.guide"].create(
            {"name": "Pour personne", "for_elected": False, "for_dgs": False, "for_staff": False}
        )
        with self.assertRaises(UserError):
            guide.action_publish()

    def test_withdrawn_then_taken_up_it_keeps_its_versions(self):
        self.guide.action_withdraw()
        seen = self.guide.with_user(self.portal_a)
        self.assertFalse(seen.search([("id", "=", seen.id)]))
        self.guide.action_take_up()
        self.guide.body = "<p>Repris.</p>"
        self.guide.action_publish()
        self.assertEqual(self.guide.version, 2)
        self.assertEqual(sorted(self.guide.version_ids.mapped("number")), [1, 2])

    def test_the_owner_is_notified_a_month_before_and_once(self):
        guides = self.env["commune.guide"]
        kind = self.env.ref("commune_relations.mail_activity_type_guide_review")
        self.guide.validity_date = self.today + timedelta(days=31)
        guides._cron_remind_reviews()
        self.assertFalse(self.guide.activity_ids)
        self.guide.validity_date = self.today + timedelta(days=30)
        guides._cron_remind_reviews()
        guides._cron_remind_reviews()
        asked = self.guide.activity_ids
        self.assertEqual(asked.activity_type_id, kind)
        self.assertEqual(len(asked), 1)
        self.assertEqual(asked.user_id, self.officer)
        self.assertEqual(asked.date_deadline, self.guide.validity_date)
        self.guide.action_still_right()
        self.assertFalse(self.guide.activity_ids)
        self.assertGreater(self.guide.validity_date, self.today + timedelta(days=360))

    def test_an_owner_who_left_is_replaced_by_a_manager(self):
        self.guide.validity_date = self.today
        self.officer.active = False
        self.env["commune.guide"]._cron_remind_reviews()
        owner = self.guide.with_user(self.manager).activity_ids.user_id
        self.assertTrue(owner.active)
        self.assertNotEqual(owner, self.officer)

    def test_it_is_under_review_from_the_day_after_its_last_one(self):
        found = [("is_under_review", "=", True), ("id", "=", self.guide.id)]
        self.guide.validity_date = self.today
        self.assertFalse(self.guide.is_under_review)
        self.assertFalse(self.guide.search(found))
        self.guide.validity_date = self.today - timedelta(days=1)
        self.assertTrue(self.guide.is_under_review)
        self.assertEqual(self.guide.search(found), self.guide)

    def test_a_reading_counts_once_a_day_and_forgets_the_person_the_day_after(self):
        views = self.env["commune.guide.view"]
        for person in (self.portal_a, self.portal_a, self.portal_a_limited):
            self.guide._log_view(self.commune_a, person.partner_id)
        self.assertEqual(self.guide.view_count, 2)
        self.assertEqual(self.guide.reader_commune_count, 1)
        self.env.cr.execute("UPDATE commune_guide_view SET date = date - 1")
        views.invalidate_model()
        views._gc_persons()
        self.assertFalse(self.guide.sudo().view_ids.partner_id)
        self.guide._log_view(self.commune_b, self.portal_b.partner_id)
        self.guide._log_view(self.commune_a, self.portal_a.partner_id)
        self.assertEqual(self.guide.view_count, 4)
        self.assertEqual(self.guide.reader_commune_count, 2)
        self.assertEqual(len(self.guide.sudo().view_ids.partner_id), 2)

    def test_nobody_gets_a_letter(self):
        """Neither the owner whom somebody else names, nor the communes at a publication."""
        known = self.env["mail.mail"].search([]), self.env["mail.notification"].search([])
        guides = self.env["commune.guide"].with_user(self.officer)
        guides = guides.with_context(tracking_disable=False, mail_create_nolog=False)
        guide = guides.create({"name": "Le brûlage", "user_id": self.referent.id})
        guide.action_publish()
        guide.action_withdraw()
        guide.user_id = self.reader
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(
            known, (self.env["mail.mail"].search([]), self.env["mail.notification"].search([]))
        )

    def test_an_opinion_takes_the_place_of_the_former(self):
        person = self.portal_a_limited.partner_id
        guide = self.guide.sudo()
        guide._give_opinion(self.commune_a, person, False, "Il manque le téléphone.")
        self.assertEqual((guide.useful_count, guide.useless_count), (1, 1))
        guide._give_opinion(self.commune_a, person, True)
        self.assertEqual((guide.useful_count, guide.useless_count), (2, 0))
        self.assertEqual(guide._get_opinion(person).comment, "Il manque le téléphone.")

    def test_words_that_find_nothing_are_grouped_and_make_a_guide(self):
        searches = self.env["commune.guide.search"]
        searches._log_missed("  composteur   PARTAGÉ ")
        found = searches.search([("search_key", "=", "composteur partage")])
        self.assertEqual(found.count, 2)  # once by the case
        self.assertEqual(found.date, self.today)
        action = found.with_user(self.officer).action_make_guide()
        guide = self.env["commune.guide"].browse(action["res_id"])
        self.assertEqual(guide.state, "draft")
        self.assertEqual(guide.user_id, self.officer)
        self.assertEqual(guide.name, "Composteur PARTAGÉ")
        self.assertEqual(found.state, "done")
        self.assertFalse(searches.with_user(self.portal_a)._log_missed("Harcèlement du maire"))
        typed = searches.search([("search_key", "=", "harcelement du maire")])
        names = typed.create_uid | typed.write_uid
        self.assertNotIn(self.portal_a, names, "who typed it is kept")
        again = found.with_user(self.officer).action_make_guide()
        self.assertEqual(again["res_id"], guide.id)

    def test_counters_cost_the_same_whatever_the_number_of_guides(self):
        names = ["view_count", "reader_commune_count", "useful_count", "useless_count"]
        guides = self.env["commune.guide"].create([{"name": f"G{n}"} for n in range(30)])

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(guides[:1]), count(guides))

    def test_who_does_what_is_drawn_from_the_topics_and_says_its_blanks(self):
        family = self.env["commune.topic"].create({"name": "Voirie (essai)", "code": "T-V"})
        managed, foreign = self.env["commune.topic"].create(
            [
                {
                    "name": "Nids de poule (essai)",
                    "code": "T-V1",
                    "parent_id": family.id,
                    "who_pays": "L’intercommunalité",
                },
                {
                    "name": "Routes départementales (essai)",
                    "code": "T-V2",
                    "parent_id": family.id,
                    "level": "departement",
                    "outside_name": "Département, unité routière",
                    "outside_contact": "03 00 00 00 00",
                },
            ]
        )
        guide = self.env["commune.guide"].create(
            {"name": "Voirie", "kind": "who", "topic_ids": family.ids}
        )
        rows = {row["topic"]: row for row in guide._get_who_rows(self.commune_a)}
        self.assertEqual(set(rows), {managed.name, foreign.name})
        self.assertEqual(rows[managed.name]["pays"], "L’intercommunalité")
        self.assertEqual(rows[foreign.name]["pays"], "")
        self.assertEqual(rows[foreign.name]["acts"], "Département, unité routière")
        self.assertEqual(rows[foreign.name]["call"]["reach"], "03 00 00 00 00")
        self.assertTrue(rows[managed.name]["call"]["name"])
        shown = str(guide.who_html)
        self.assertIn(foreign.name, shown.partition("<section")[0])  # among the blanks
        self.assertNotIn(managed.name, shown.partition("<section")[0])
