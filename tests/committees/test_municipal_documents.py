"""Documents of a municipal council have the header of the commune, not of the
organisation."""

from odoo.tests import tagged

from ..core.test_pdf_resources import PIXEL
from .committee_case import CommitteeCase

DOCUMENTS = ("notice", "file", "sheet", "minutes", "decisions")


@tagged("post_install", "-at_install")
class TestCommuneDocuments(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"logo": PIXEL, "primary_color": "#8a1253"})
        cls.env.company.partner_id.write({"street": "1 place de la Maison", "city": "Grandville"})
        cls.commune_a.write(
            {
                "street": "2 rue de la Libération",
                "zip": "57685",
                "city": "Aubrive",
                "phone": "03 87 00 00 01",
            }
        )
        cls.council = cls._committee("Conseil municipal", "council", place_id=cls.commune_a.id)
        cls._seat(cls.council, cls.mandate_a, cls.mandate_a_limited)

    def _render_document(self, document, committee):
        """(header and footer of the pages, whole text) of a document of a session of that body."""
        hour = 8 + DOCUMENTS.index(document)
        session = self._session(committee, date_begin=f"2026-10-12 {hour:02}:30:00")
        session.write(
            {
                "state": "held",
                "notice_date": "2026-10-01 09:00:00",
                "minutes_html": "<p>Texte</p>",
            }
        )
        report = self.env[f"report.commune_relations.session_{document}"].with_context(lang="fr_FR")
        values = report._get_report_values(session.ids)
        html = str(report.env["ir.qweb"]._render(f"commune_relations.session_{document}", values))
        return html[html.index('class="page-header"') : html.index('class="document-head"')], html

    def test_each_document_has_the_head_of_the_commune(self):
        for document in DOCUMENTS:
            frame, html = self._render_document(document, self.council)
            self.assertIn("Commune d’Aubrive", frame, document)
            self.assertIn("2 rue de la Libération, 57685 Aubrive", frame, document)
            self.assertIn("03 87 00 00 01", frame, document)
            self.assertNotIn("<img", frame, document)
            self.assertNotIn("place de la Maison", frame, document)
            self.assertNotIn("#8a1253", html, document)
            # The organisation is named once, at the foot, as the one whose tool it is.
            self.assertEqual(frame.count("Deux Rives"), 1, document)
            self.assertIn("Deux Rives", frame.split('class="imprint"')[1], document)
            self.assertIn('name="author" content="Commune d’Aubrive"', html, document)

    def test_another_body_of_the_commune_too(self):
        commission = self._committee("Commission", "commission", place_id=self.commune_a.id)
        self.assertIn("Commune d’Aubrive", self._render_document("sheet", commission)[0])

    def test_the_organisation_keeps_its_own(self):
        for document in DOCUMENTS:
            frame, html = self._render_document(document, self.copil)
            self.assertIn("Les Deux Rives", frame, document)
            self.assertIn("1 place de la Maison", frame, document)
            self.assertIn("<img", frame, document)
            self.assertIn("#8a1253", html, document)
            self.assertNotIn("Aubrive", frame, document)

    def test_a_commune_has_its_own_image(self):
        self.commune_a.image_1920 = PIXEL
        frame = self._render_document("notice", self.council)[0]
        self.assertIn("<img", frame)
        self.env.company.logo = False
        self.assertTrue(self.env.company._get_document_identity(self.commune_a)["logo"])

    def test_what_is_not_known_of_a_town_hall_is_left_out(self):
        self.commune_a.write(dict.fromkeys(("street", "zip", "city", "phone"), False))
        identity = self.env.company._get_document_identity(self.commune_a)
        self.assertEqual(identity["contact"], "")
        self.assertEqual(identity["legal_head"], "The commune of Aubrive")
        self.commune_a.phone = "03 87 00 00 01"
        identity = self.env.company._get_document_identity(self.commune_a)
        self.assertEqual(identity["contact"], "03 87 00 00 01")
