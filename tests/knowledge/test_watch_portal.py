"""The watch on the portal: each person reads what concerns their communes, and nothing else."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .impact_case import ImpactCase, distribute


@tagged("post_install", "-at_install")
class TestWatchPortal(ImpactCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._make_item(
            name="Petites communes",
            population_max=1000,
            topic_ids=[Command.set(cls.topic.ids)],
            legal_text="loi n° 2023-1380 du 30 décembre 2023",
        )
        cls.large = cls._make_item(name="Grandes communes", population_min=3500)
        cls.every = cls._make_item(name="Toutes les communes")
        distribute(cls.small | cls.large | cls.every)
        cls.waiting = cls._make_item(name="Encore à valider")

    def _seen(self, user):
        return set(self.env["commune.watch.item"].with_user(user).search([]).mapped("name"))

    def test_each_commune_reads_what_concerns_it(self):
        every = "Toutes les communes"
        self.assertEqual(self._seen(self.portal_a), {"Grandes communes", every})
        self.assertEqual(self._seen(self.portal_b), {"Petites communes", every})
        self.assertEqual(
            self._seen(self.portal_both), {"Petites communes", "Grandes communes", every}
        )
        self.assertEqual(self._seen(self.portal_ended), set())

    def test_it_is_found_with_the_words_of_a_commune_by_those_whom_it_concerns(self):
        rule = self._make_item(name="Trottoirs enneigés : qui déneige", population_max=1000)
        finder, question = self.env["commune.finder"], "neige sur le trottoir"

        def found(user):
            return [one["id"] for one in finder.with_user(user)._find(question, ("watch",))]

        self.assertEqual(found(self.officer), [])  # still to be distributed
        distribute(rule)
        self.assertEqual(found(self.officer), [rule.id])
        self.assertEqual((found(self.portal_a), found(self.portal_b)), ([], [rule.id]))
        self.authenticate(self.portal_b.login, self.portal_b.login)
        page = self.url_open("/my/watch?q=deneiger+trottoirs").text
        self.assertIn("Trottoirs enneigés", page)
        self.assertNotIn("Petites communes", page)
        # What is being sorted is none of the finder's business.
        kept = finder.sudo()._get_library()
        self.waiting.sudo().state = "analysed"
        self.assertIs(finder.sudo()._get_library(), kept)

    def test_the_rule_and_the_count_of_the_staff_agree(self):
        sector = self.env["commune.sector"].create({"name": "Essai"})
        self.commune_a.sector_id = sector
        offer = self.env["commune.service.offer"].search([], limit=1)
        service = offer.service_id or self.env["commune.service"].search([], limit=1)
        criteria = [
            {"sector_ids": [Command.set(sector.ids)]},
            {"local_law": "general"},
            {"local_law": "alsace_moselle", "population_min": 641},
            {"population_min": 640, "population_max": 640},
            {"service_ids": [Command.set(service.ids)]} if service else {"population_min": 1},
        ]
        for values in criteria:
            item = self._make_item(name="Critère", **values)
            distribute(item)
            communes = item._get_concerned_communes()
            for user, commune in (
                (self.portal_a, self.commune_a),
                (self.portal_b, self.commune_b),
            ):
                with self.subTest(values=values, user=user.login):
                    found = self.env["commune.watch.item"].with_user(user)
                    self.assertEqual(
                        bool(found.search([("id", "=", item.id)])), commune in communes
                    )

    def test_what_staff_works_on_is_not_read(self):
        item = self.every.with_user(self.portal_a)
        self.assertEqual(item.name, "Toutes les communes")
        for name in ("user_id", "review_ids", "source_ids", "view_ids", "message_ids"):
            with self.subTest(name), self.assertRaises(AccessError):
                item.read([name])

    def test_what_staff_says_of_it_is_not_read(self):
        note = self.every.with_user(self.officer).message_post(
            body="À ne pas dire aux communes", subtype_xmlid="mail.mt_comment"
        )
        messages = self.env["mail.message"].with_user(self.portal_a)
        self.assertFalse(messages.search([("model", "=", self.every._name)]))
        with self.assertRaises(AccessError):
            note.with_user(self.portal_a).read(["body"])
        self.assertTrue(note.with_user(self.reader).body)

    def test_no_group_reveals_a_field_of_the_staff(self):
        items = self.env["commune.watch.item"].with_user(self.portal_a)
        self.env["commune.sector"].create({"name": "Secteur d’essai"})
        for name in ("sector_ids", "source_ids", "user_id", "impact"):
            with self.subTest(name), self.assertRaises(AccessError):
                items.formatted_read_group([], [name], ["__count"])

    def test_guides_beside_an_item_are_those_of_the_person(self):
        guides = self.env["commune.guide"].create(
            [
                {"name": "Pour les agents", "for_elected": False, "for_dgs": False},
                {"name": "Pour les élus", "for_dgs": False, "for_staff": False},
            ]
        )
        guides.topic_ids = self.topic
        guides.action_publish()
        self.authenticate(self.portal_b.login, self.portal_b.login)
        page = self.url_open(f"/my/watch/{self.small.id}").text
        self.assertIn("Pour les élus", page)
        self.assertNotIn("Pour les agents", page)

    def test_the_pages(self):
        self.authenticate(self.portal_b.login, self.portal_b.login)
        page = self.url_open("/my/watch").text
        self.assertIn("Petites communes", page)
        self.assertNotIn("Grandes communes", page)
        self.assertNotIn("Encore à valider", page)
        page = self.url_open(f"/my/watch/{self.small.id}").text
        for words in ("Le service commun", "Toutes les communes.", "Relire les conventions."):
            self.assertIn(words, page)
        self.assertIn("legifrance.gouv.fr", page)
        self.assertEqual(self.url_open(f"/my/watch/{self.large.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/my/watch/{self.waiting.id}").status_code, 404)

    def test_a_long_list_has_pages(self):
        for n in range(22):
            distribute(
                self._make_item(name=f"Texte {n:02}", topic_ids=[Command.set(self.topic.ids)])
            )
        self.authenticate(self.portal_b.login, self.portal_b.login)
        line = '<li class="list-group-item"'
        first = self.url_open(f"/my/watch?topic={self.topic.id}").text
        self.assertEqual(first.count(line), 20)
        self.assertRegex(first, r"Informations\s?: 23")  # the small communes among them
        pages = first.partition('aria-label="Pages"')[2]
        self.assertIn(f"/my/watch/page/2?topic={self.topic.id}", pages)
        rest = self.url_open(f"/my/watch/page/2?topic={self.topic.id}").text
        self.assertEqual(rest.count(line), 3)

    def test_a_topic_and_what_is_to_be_done(self):
        self.small.sudo().date_effect = self.today - timedelta(days=1)
        self.every.sudo().date_effect = self.today + timedelta(days=1)
        self.authenticate(self.portal_b.login, self.portal_b.login)
        page = self.url_open(f"/my/watch?topic={self.family.id}").text
        self.assertIn("Petites communes", page)
        self.assertNotIn("Toutes les communes", page)
        page = self.url_open("/my/watch?due=1").text
        self.assertNotIn("Petites communes", page)
        self.assertIn("Toutes les communes", page)

    def test_readings_count_a_commune_once(self):
        self.authenticate(self.portal_b.login, self.portal_b.login)
        for _time in range(3):
            self.url_open(f"/my/watch/{self.small.id}")
        self.env.invalidate_all()
        self.assertEqual(self.small.view_ids.commune_id, self.commune_b)
        self.assertEqual((len(self.small.view_ids), self.small.reader_count), (1, 1))

    def test_the_first_page_says_the_days_to_come(self):
        self.every.sudo().date_effect = self.today + timedelta(days=20)
        self.small.sudo().date_effect = self.today + timedelta(days=200)
        self.authenticate(self.portal_b.login, self.portal_b.login)
        page = self.url_open("/my").text
        self.assertIn(f"/my/watch/{self.every.id}", page)
        self.assertNotIn(f"/my/watch/{self.small.id}", page)
