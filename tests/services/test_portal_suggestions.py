"""Suggestions on the page of the services: who reads them, who refuses them."""

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from .suggestion_case import make_communes, make_used

PAGE = "/my/services"


@tagged("post_install", "-at_install")
class TestPortalSuggestions(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = make_communes(cls, 8)
        cls.legal = make_used(cls, "Conseil juridique", cls.others[:4])
        cls.archives = make_used(cls, "Archives", cls.others[:3])
        cls.hide_path = f"{PAGE}/{cls.legal.id}/suggestion"
        cls.refusals = cls.env["commune.service.refusal"]

    def test_a_mayor_reads_the_reason_and_no_name(self):
        page = self._get("mayor_b").text
        self.assertIn(self._card(self.legal), page)
        self.assertRegex(page, r"\b4 communes [a-z ]+ 9 ")
        self.assertNotIn("Clairval", page)

    def test_anyone_who_searches_is_not_interrupted(self):
        for search in ("?q=juridique", "?form=framework"):
            self.assertNotIn("data-suggestion", self._get("mayor_b", PAGE + search).text)

    def test_suggestions_are_for_those_who_act_for_the_commune(self):
        councillor = self._portal("councillor_b", "Lise", "BERTIN", "mme")
        self._mandate(councillor, self.commune_b, "councillor")
        page = self._get("councillor_b")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("data-suggestion", page.text)
        self.assertNotIn('id="suggestions"', page.text)

    def test_hiding_a_service_and_having_it_back(self):
        page = self._post("mayor_b", self.hide_path, refused="1").text
        self.assertNotIn(self._card(self.legal), page)
        self.assertIn(self._card(self.archives), page)
        self.assertIn("suggestions_hidden", page)
        self.assertIn("Bruno BLANC", page)
        page = self._post("mayor_b", self.hide_path, refused="0").text
        self.assertIn(self._card(self.legal), page)
        self.assertNotIn("suggestions_hidden", page)
        self.assertEqual(self.refusals.search([]).end_partner_id, self.portal_b.partner_id)

    def test_opting_out_and_in_again(self):
        path = f"{PAGE}/suggestions"
        page = self._post("mayor_b", path, refused="1").text
        self.assertNotIn("data-suggestion", page)
        self.assertIn('name="refused" value="0"', page)
        self.assertNotIn("data-suggestion", self._get("mayor_b").text)
        page = self._post("mayor_b", path, refused="0").text
        self.assertIn(self._card(self.legal), page)

    def test_a_service_that_left_the_catalogue_is_taken_back_all_the_same(self):
        self._post("mayor_b", self.hide_path, refused="1")
        self.legal.state = "retired"
        self.assertEqual(self._post("mayor_b", self.hide_path, refused="0").status_code, 200)
        self.assertTrue(self.refusals.search([]).end_date)
        self.assertEqual(self._post("mayor_b", self.hide_path, refused="1").status_code, 404)

    def test_nobody_refuses_for_another_commune(self):
        for who in ("mayor_a", "councillor_a", "former_a"):
            for path in (self.hide_path, f"{PAGE}/suggestions"):
                for commune in (self.commune_b, self.commune_a):
                    if (who, commune) == ("mayor_a", self.commune_a):
                        continue
                    with self.subTest(who=who, path=path, commune=commune.name):
                        answer = self._post(who, path, refused="1", commune_id=commune.id)
                        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.refusals.search([]))

    def test_nobody_takes_back_what_another_commune_refused(self):
        self.refusals._set(self.commune_b, self.legal, True, self.portal_b.partner_id)
        self._post("mayor_a", self.hide_path, refused="0", commune_id=self.commune_a.id)
        answer = self._post("mayor_a", self.hide_path, refused="0", commune_id=self.commune_b.id)
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.refusals.search([]).end_date)

    def test_a_link_changes_nothing_nor_a_form_without_its_token(self):
        self.authenticate("test_mayor_b", "test_mayor_b")
        for path in (self.hide_path, f"{PAGE}/suggestions"):
            self.assertIn(self.url_open(f"{path}?refused=1").status_code, (404, 405))
            values = {"refused": "1", "commune_id": self.commune_b.id}
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(path, data=values).status_code, 400)
        self.assertFalse(self.refusals.search([]))

    def test_programs_meet_the_same_rule(self):
        refusals = self.refusals.with_user(self.portal_b)
        values = {"commune_id": self.commune_b.id, "partner_id": self.portal_b.partner_id.id}
        with self.assertRaises(AccessError):
            refusals.create(values)
        refusal = self.refusals.create(values)
        for change in (lambda r: r.write({"end_date": False}), lambda r: r.action_end()):
            with self.assertRaises(AccessError):
                change(refusal.with_user(self.portal_b))

    def test_programs_do_not_count_who_uses_a_service(self):
        """Sentences are less precise than the number of users, on purpose: no field shows it."""
        offers = self.legal.offer_ids.with_user(self.portal_b)
        self.assertTrue(offers.read(["name", "seats", "seats_left"]))
        for name in ("seats_taken", "subscription_ids"):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    offers.read([name])
                with self.assertRaises(AccessError):
                    offers.search([(name, "!=", False)])

    def test_the_page_costs_as_many_queries_with_ten_communes_or_a_hundred(self):
        make_communes(self, 1, population=1200, first=90)
        self._get("mayor_b")
        counts = []
        for more in (0, 90):
            # Of another size: what the page shows is the same.
            make_communes(self, more, population=1200, first=100)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.assertIn(self._card(self.legal), self.url_open(PAGE).text)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
        self.assertGreater(counts[0], 10)

    def _card(self, service):
        return f'data-suggestion="{service.id}"'

    def _get(self, who, path=PAGE):
        self.authenticate(f"test_{who}", f"test_{who}")
        return self.url_open(path)

    def _post(self, who, path, **values):
        self.authenticate(f"test_{who}", f"test_{who}")
        data = {"commune_id": self.commune_b.id, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(path, data={**data, **values})
