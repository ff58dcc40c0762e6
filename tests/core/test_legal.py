"""The pages that the law asks of a public site: read without an account, filled with the
organisation."""

from odoo.tests import tagged

from ..territory.portal_case import PortalCase

KINDS = ("notice", "privacy", "accessibility", "contact")


@tagged("post_install", "-at_install")
class TestLegal(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.phone = "03 87 00 00 00"
        cls.epci.write({"brand_name": "Les Deux Rives", "siren": "200039865"})

    def _read(self, kind):
        self.authenticate(None, None)
        return self.url_open(f"/commune/legal/{kind}")

    def test_everybody_reads_them_and_every_foot_leads_there(self):
        self.authenticate(None, None)
        route = self.url_open("/web/login").text
        self._login("mayor_a")
        home = self.url_open("/my").text
        for kind in KINDS:
            self.assertIn(f'href="/commune/legal/{kind}"', route)
            self.assertIn(f'href="/commune/legal/{kind}"', home)
            page = self._read(kind)
            self.assertEqual(page.status_code, 200, kind)
            self.assertIn("Les Deux Rives", page.text)
            self.assertIn("03 87 00 00 00", page.text)
            self.assertNotIn("assets_frontend", page.text)
        self.assertEqual(self._read("nowhere").status_code, 404)

    def test_the_foot_says_how_accessible_the_site_is(self):
        self.authenticate(None, None)
        self.assertIn("not compliant", self.url_open("/web/login").text)
        self.company.accessibility_state = "partial"
        self.assertIn("partly compliant", self.url_open("/web/login").text)
        page = self._read("accessibility").text
        self.assertIn("partly compliant", page)
        self.assertNotIn("No audit has measured it yet", page)

    def test_they_state_who_publishes_and_who_hosts(self):
        page = self._read("notice").text
        self.assertIn("200039865", page)
        self.assertIn("The president of the intercommunality", page)
        self.company.write(
            {"publication_director": "Anne AUBRY", "hosting_provider": "Régie, 1 rue Haute"}
        )
        page = self._read("notice").text
        self.assertIn("Anne AUBRY", page)
        self.assertIn("Régie, 1 rue Haute", page)
        self.assertNotIn("The president of the intercommunality", page)

    def test_the_text_of_the_organisation_takes_the_place_of_the_usual_one(self):
        self.company.legal_privacy = "<p>Nos propres mots<script>alert(1)</script></p>"
        page = self._read("privacy").text
        self.assertIn("Nos propres mots", page)
        self.assertNotIn("alert(1)", page)
        self.assertNotIn("Who is responsible", page)

    def test_a_company_that_is_no_organisation_has_none(self):
        self.company.epci_id = False
        self.assertEqual(self._read("notice").status_code, 404)
