"""Portal: a commune reads what the decisions change for it, and nothing else."""

from datetime import timedelta

from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestPortalDecisions(CommitteeCase, HttpCase):
    """A: 4,200 inhabitants; B: 640."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.held = cls._session(date_begin="2026-10-12 15:30:00")
        cls.held.state = "held"
        cls.north = cls.env["commune.sector"].create({"name": "Nord (essai)"})
        cls.commune_b.sector_id = cls.north

    def _decide(self, text, scope, **values):
        return self.env["commune.decision"].create(
            {
                "session_id": self.held.id,
                "text": text,
                "scope": scope,
                "impact_text": f"<p>Effet de : {text}</p>",
                "is_published": True,
                **values,
            }
        )

    def _page(self, login):
        self.authenticate(login, login)
        response = self.url_open("/my/decisions")
        return response.status_code, response.text

    def test_what_concerns_no_commune_is_not_published_with_the_others(self):
        inside = self._decide("Affaire interne", "none", is_published=False)
        everywhere = self._decide("Affaire commune", "all", is_published=False)
        (inside | everywhere)._publish()
        self.assertEqual((inside.is_published, everywhere.is_published), (False, True))

    def test_a_small_commune_does_not_see_what_is_for_the_large_ones(self):
        self._decide("Grandes communes", "population", population_min=3500)
        self._decide("Petites communes", "population", population_max=3499)
        status, page = self._page("test_mayor_b")
        self.assertEqual(status, 200)
        self.assertIn("Effet de : Petites communes", page)
        self.assertNotIn("Grandes communes", page)
        _status, page = self._page("test_mayor_a")
        self.assertIn("Effet de : Grandes communes", page)
        self.assertNotIn("Petites communes", page)

    def test_a_commune_that_grows_sees_what_is_for_the_large_ones(self):
        self._decide("Grandes communes", "population", population_min=3500)
        self.commune_b.population = 3500
        self.assertIn("Grandes communes", self._page("test_mayor_b")[1])

    def test_by_sector_by_list_and_for_all(self):
        self._decide("Secteur nord", "sectors", sector_ids=[Command.link(self.north.id)])
        self._decide("Liste", "chosen", chosen_commune_ids=[Command.link(self.commune_a.id)])
        self._decide("Toutes", "all")
        self._decide("Interne", "none")
        self._decide("Brouillon", "all", is_published=False)
        page_a, page_b = self._page("test_mayor_a")[1], self._page("test_mayor_b")[1]
        for text, in_a, in_b in [
            ("Effet de : Secteur nord", False, True),
            ("Effet de : Liste", True, False),
            ("Effet de : Toutes", True, True),
            ("Effet de : Interne", False, False),
            ("Effet de : Brouillon", False, False),
        ]:
            self.assertEqual(text in page_a, in_a, text)
            self.assertEqual(text in page_b, in_b, text)

    def test_a_secretary_of_two_communes_sees_those_of_the_current_commune(self):
        self._decide("Grandes communes", "population", population_min=3500)
        self._decide("Petites communes", "population", population_max=3499)
        page = self._page("test_secretary_ab")[1]
        self.assertEqual(
            ("Effet de : Grandes communes" in page) + ("Effet de : Petites communes" in page), 1
        )

    def test_what_is_late_is_distinguished_from_what_is_planned(self):
        """Late: the day has passed and nothing is done. The day itself is not late."""
        today = self.env.company._get_today()
        cases = [
            (self._decide("Hier", "all", deadline=today - timedelta(days=1)), True),
            (self._decide("Jour dit", "all", deadline=today), False),
            (self._decide("Sans date", "all"), False),
            (
                self._decide("Faite", "all", deadline=today - timedelta(days=9), state="done"),
                False,
            ),
        ]
        page = html.fromstring(self._page("test_mayor_a")[1])
        for decision, late in cases:
            with self.subTest(decision=decision.text):
                line = page.get_element_by_id(f"decision-{decision.id}")
                self.assertEqual(bool(line.find_class("o_commune_late")), late)

    def test_whose_mandate_has_ended_sees_nothing(self):
        self._decide("Toutes", "all")
        status, page = self._page("test_former_a")
        self.assertEqual(status, 404)
        self.assertNotIn("Effet de", page)

    def test_the_home_page_counts_the_running_ones(self):
        self._decide("Une", "all")
        self._decide("Deux", "all", state="done")
        self.authenticate("test_mayor_b", "test_mayor_b")
        home = self.url_open("/my").text
        self.assertIn("/my/decisions", home)

    def test_many_decisions_stand_on_pages_those_under_way_first(self):
        def read(path):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = self.url_open(path).text
            shown = [number for number in range(50) if f"Effet de : Suite {number:02}<" in page]
            return shown, self.env.cr.sql_log_count - before

        self.authenticate("test_mayor_a", "test_mayor_a")
        for number in range(4):
            self._decide(f"Suite {number:02}", "all")
        self.url_open("/my/decisions")
        shown, few = read("/my/decisions")
        self.assertEqual(shown, [0, 1, 2, 3])
        done = self.env["commune.decision"]
        for number in range(4, 45):
            done |= self._decide(f"Suite {number:02}", "all")
        done.write({"state": "done"})
        shown, many = read("/my/decisions")
        self.assertEqual(shown, list(range(20)))
        self.assertLessEqual(many, few + 1)  # those that are done are asked for too
        self.assertEqual(read("/my/decisions/page/2")[0], list(range(20, 40)))
        self.assertEqual(read("/my/decisions/page/3")[0], list(range(40, 45)))
        # A page of a list that has grown shorter is its last one.
        self.assertEqual(read("/my/decisions/page/9")[0], list(range(40, 45)))
