"""A mandate begins: its person follows two steps on a phone, the secretary sees how far; an officer
prints a booklet."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..knowledge.path_case import get_path_records
from .common import SlowPhoneCase, without_missing_asset
from .test_accessibility import PageCase


@tagged("post_install", "-at_install")
class TestPathTour(CommuneCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_from_the_mandate_to_the_progress(self):
        get_path_records(self)
        self.portal_b.lang = "fr_FR" if self.env["res.lang"]._get_data(code="fr_FR") else "en_US"
        self._mandate(self.portal_b, self.commune_a, "councillor", date_start=self.today)
        self.start_tour("/my", "commune_relations.path_follow", login="test_mayor_b")
        follow = self.env["commune.path.progress"].search(
            [("partner_id", "=", self.portal_b.partner_id.id)]
        )
        done = follow.line_ids.filtered("done_date").step_id.mapped("name")
        self.assertEqual(done, ["Bienvenue", "Lire"])
        self.start_tour("/my", "commune_relations.path_newcomers", login="test_secretary_ab")


@tagged("post_install", "-at_install")
class TestBookletTour(CommuneCase, HttpCase):
    def test_an_officer_prints_a_booklet(self):
        without_missing_asset(self.env)
        get_path_records(self)
        action = self.env.ref("commune_relations.commune_booklet_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "commune_relations.booklet_print", login="test_officer"
        )


@tagged("post_install", "-at_install")
class TestPathAccessibility(PageCase, CommuneCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.records = get_path_records(cls)
        cls.model = cls.env["commune.guide"].create(
            {"name": "Modèle", "kind": "model", "body": "<p>Délibération {de commune}</p>"}
        )
        cls.model.action_publish()

    def test_the_pages_of_the_first_days(self):
        pages = ["/my", "/my/path", "/my/newcomers", "/my/booklets", "/my/guides"]
        self._look_at([*pages, f"/my/guides/{self.model.id}"], login="test_mayor_a")
