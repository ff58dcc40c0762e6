"""An officer sorts the watch by the keyboard, then on a telephone; the browser shares a page."""

from odoo.tests import HttpCase, tagged

from ..knowledge.watch_case import WatchCase, make_item
from .common import without_missing_asset

SORTING = "/odoo/watch-sorting"


class WatchTourCase(WatchCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        without_missing_asset(cls.env)
        cls.Item.search([]).unlink()
        cls.officer.write({"password": "test_officer", "lang": "fr_FR"})
        names = (
            "Voirie : un décret sur les nids-de-poule de la chaussée",
            "Eau potable : qui paie la fuite après compteur ?",
            "Colloque sur l’avenir des départements",
        )
        cls.items = [
            make_item(cls.env, name, date=f"2026-10-0{9 - rank}") for rank, name in enumerate(names)
        ]


@tagged("post_install", "-at_install")
class TestWatchTour(WatchTourCase):
    browser_size = "1400x900"

    def test_sorted_by_the_keyboard(self):
        self.start_tour(SORTING, "commune_relations.watch_sorting", login="test_officer")
        self.env.invalidate_all()
        voirie, eau, colloque = self.items
        self.assertEqual(
            (voirie.kind, voirie.state, voirie.user_id.login), ("law", "kept", "test_officer")
        )
        self.assertEqual(voirie.topic_ids, voirie.suggested_topic_ids[:1])
        self.assertEqual((eau.state, eau.user_id), ("kept", self.officer))
        self.assertEqual(colloque.state, "archived")

    def test_a_topic_proposed_is_taken_on_the_form(self):
        voirie = self.items[0]
        first, *others = voirie.suggested_topic_ids
        page = f"/odoo/watch/{voirie.id}"
        self.start_tour(page, "commune_relations.watch_topics", login="test_officer")
        self.env.invalidate_all()
        self.assertEqual((voirie.topic_ids, voirie.state), (first, "kept"))
        self.assertTrue(others)

    def test_sources_and_a_page_that_is_shared(self):
        source = self._source("rss_1", name="Journal d’essai", url="http://127.0.0.3:9/x.xml")
        self._read(source)
        self.start_tour(
            "/odoo/watch-sources", "commune_relations.watch_sources", login="test_officer"
        )
        before = self.Item.search([])
        self.start_tour(
            "/watch/add?url=https://a.example/1&title=Une%20page%20lue",
            "commune_relations.watch_add",
            login="test_officer",
        )
        self.assertEqual((self.Item.search([]) - before).link, "https://a.example/1")


@tagged("post_install", "-at_install")
class TestWatchPhoneTour(WatchTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_sorted_on_a_telephone(self):
        self.start_tour(SORTING, "commune_relations.watch_sorting_phone", login="test_officer")
        self.env.invalidate_all()
        self.assertFalse(self.items[0].user_id)
