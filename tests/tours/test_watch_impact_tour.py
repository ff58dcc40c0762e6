"""An annulled article followed to what cites it; the watch read by a mayor on a telephone."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..knowledge.impact_case import ARTICLE, ImpactCase, distribute
from .common import without_missing_asset
from .test_accessibility import PageCase


@tagged("post_install", "-at_install")
class TestImpactTour(ImpactCase, HttpCase):
    browser_size = "1400x900"

    def test_from_the_annulled_article_to_the_message(self):
        without_missing_asset(self.env)
        self.officer.password = "test_officer"
        self._make_guide(f"Selon {ARTICLE}", name="Service commun, mode d’emploi")
        self.item.with_user(self.officer).action_analyse()
        self.item.with_user(self.manager).action_validate()
        self.start_tour(
            f"/odoo/commune.watch.item/{self.item.id}",
            "commune_relations.watch_impact",
            login="test_officer",
        )
        self.env.invalidate_all()
        settled = self.item.review_ids.filtered("is_settled")
        self.assertEqual(settled.mapped("state"), ["unchanged"])
        self.assertEqual(settled.note, "Revu avec le juriste")
        self.assertEqual(settled.date, self.today)
        self.assertEqual(self.item.mailing_ids.approval_state, "draft")
        self.assertFalse(self.item.mailing_ids.sent_date)


@tagged("post_install", "-at_install")
class TestWatchPortalTour(ImpactCase, HttpCase):
    browser_size = "375x812"
    touch_enabled = True

    def test_a_mayor_reads_what_is_to_be_done(self):
        item = self._make_item(
            name="Petites communes",
            legal_text="loi n° 2023-1380 du 30 décembre 2023",
            date_effect=self.today.replace(year=self.today.year + 1, day=1),
        )
        distribute(item)
        self.start_tour("/my", "commune_relations.watch_portal", login=self.portal_b.login)
        self.env.invalidate_all()
        self.assertEqual(item.view_ids.commune_id, self.commune_b)


@tagged("post_install", "-at_install")
class TestWatchPages(PageCase, CommuneCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.portal_a.lang = "fr_FR"
        topic = cls.env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
        cls.item = cls.env["commune.watch.item"].create(
            {
                "name": "Secrétaires de mairie : ce qui change",
                "link": "https://veille.example/secretaires",
                "kind": "law",
                "topic_ids": [Command.set(topic.ids)],
                "legal_text": "loi n° 2023-1380 du 30 décembre 2023",
                "change_text": "Le métier change.",
                "who_text": "Toutes les communes.",
                "action_text": "Délibérer.",
                "date_effect": cls.today.replace(year=cls.today.year + 1, day=1),
                "deadline_ids": [
                    Command.create(
                        {
                            "name": "Délibérer",
                            "date": cls.today.replace(year=cls.today.year + 1, day=1),
                        }
                    )
                ],
            }
        )
        distribute(cls.item)

    def test_the_pages_of_the_watch(self):
        self._look_at(
            ["/my", "/my/watch", "/my/watch?due=1", f"/my/watch/{self.item.id}"],
            login=self.portal_a.login,
        )
