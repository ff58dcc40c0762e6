"""The printed brochure: contents, families, what is not shown."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.commune_relations.engine.pdf import pdf as engine

from ..common import CommuneCase
from ..core.pdf_reading import Pdf
from .service_case import make_offer, make_service


@tagged("post_install", "-at_install")
class TestServiceDocuments(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True))
        cls.epci.brand_name = "Les Deux Rives"
        cls.legal = make_service(cls, delay="Cinq jours ouvrés", excluded="Les procès")
        make_offer(cls, cls.legal, kind="inhabitant", unit=0.5)
        cls.map = make_service(
            cls, "Carte en ligne", family=cls.env.ref("commune_relations.service_family_digital")
        )
        make_service(cls, "Police partagée", "study")
        make_service(cls, "Archiviste", "pilot", scope="list", commune_ids=cls.commune_b.ids)

    def _draw(self, families=None):
        report = self.env["ir.actions.report"].with_user(self.reader)
        ids = families.ids if families else []
        content, kind = report._render_qweb_pdf("commune_relations.service_brochure_report", ids)
        self.assertEqual(kind, "pdf")
        return Pdf(content)

    def test_the_whole_catalogue_with_its_contents(self):
        pdf = self._draw()
        self.assertIn("Les Deux Rives", pdf.texts[0])
        contents = pdf.texts[1]
        for name in ("Conseil juridique", "Carte en ligne"):
            self.assertIn(name, contents)
        page = next(n for n, t in enumerate(pdf.texts, 1) if n > 2 and "Carte en ligne" in t)
        self.assertRegex(contents, rf"Carte en ligne[ .]*{page}\b")
        for words in ("Cinq jours ouvrés", "Les procès", "0[.,]50"):
            self.assertRegex(pdf.text, words)
        for hidden in ("Police partagée", "Archiviste"):
            self.assertNotIn(hidden, pdf.text)

    def test_the_legal_basis_is_quoted_as_in_a_text(self):
        basis = self.env.ref("commune_relations.legal_basis_l5214_16_1")
        self.legal.legal_basis_id = basis
        self.assertNotIn("5214", self._draw().text)  # nobody has read the text in force
        basis.confirmed_by = "Service juridique, 3 février 2027"
        for quote in ("CGCT, art. L. 5214-16-1", False):
            self.legal.legal_basis_id.quote = quote
            title = self.legal.legal_basis_id._get_title().replace("\N{NO-BREAK SPACE}", " ")
            self.assertIn("CGCT, art. L. 5214-16-1 – ", title)
            text = self._draw().text.replace("\N{HYPHEN}", "-").replace("\N{NO-BREAK SPACE}", " ")
            self.assertIn("art. L. 5214-16-1", text)
            self.assertNotIn("L5214", text)

    def test_the_brochure_of_the_portal_is_drawn_once_for_the_same_words(self):
        brochure = self.env["report.commune_relations.brochure_document"].sudo()
        everything = family = self.env["commune.service.family"]
        family |= self.map.family_id
        with patch.object(engine, "render", wraps=engine.render) as drawn:
            first = brochure._render_cached(everything)
            self.assertEqual(brochure._render_cached(everything), first)
            self.assertEqual(drawn.call_count, 1)
            self.assertEqual(len(Pdf(brochure._render_cached(family))), 1)
            self.assertEqual(brochure._render_cached(everything), first)
            self.assertEqual(drawn.call_count, 2)
            self.legal.delay = "Six jours ouvrés"
            self.assertIn("Six jours ouvrés", Pdf(brochure._render_cached(everything)).text)
            self.assertEqual(drawn.call_count, 3)

    def test_one_family(self):
        pdf = self._draw(self.map.family_id)
        self.assertIn("Carte en ligne", pdf.text)
        self.assertNotIn("Conseil juridique", pdf.text)
        self.assertEqual(len(pdf), 1)  # neither cover nor contents for a leaflet

    def test_the_button_of_the_catalogue_gives_one_document_of_what_is_active(self):
        ticked = self.env["commune.service"].search([("name", "=", "Police partagée")])
        for services in (ticked, ticked.browse()):
            action = services.with_user(self.reader).action_print_brochure()
            self.assertNotIn("active_ids", action["context"])
            report = self.env["ir.actions.report"].with_user(self.reader)
            content, _kind = report._render_qweb_pdf(
                action["report_name"], None, data=action["data"]
            )
            pdf = Pdf(content)
            self.assertEqual(pdf.texts, self._draw().texts)
            for name in ("Conseil juridique", "Carte en ligne"):
                self.assertIn(name, pdf.texts[1])
            self.assertNotIn("Police partagée", pdf.text)
