"""Document template: filled for one commune of the person, missing values in brackets."""

import io
import zipfile
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import unquote

import docx
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..core.pdf_reading import Pdf

TEXT = (
    "<h2>Délibération {de commune}</h2><p>{Maire}, {le maire} {de commune}, expose à"
    " {population} habitants, SIREN {siren}, membre de {intercommunalité}.</p>"
    "<p>Fait {à commune}, le {date}. Adresse : {adresse}</p><p>{personne}, {fonction}</p>"
)


@tagged("post_install", "-at_install")
class TestModelDocument(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.model = cls.env["commune.guide"].create(
            {"name": "Groupement de commandes", "kind": "model", "body": TEXT}
        )
        cls.model.action_publish()

    def _fill(self, commune, user):
        filled = self.model.with_user(user)._fill_for(commune, user.partner_id)
        return etree.fromstring(f"<div>{filled}</div>").xpath("string()").replace("\xa0", " ")

    def test_the_fields_are_those_of_the_commune_and_of_the_person(self):
        text = self._fill(self.commune_a, self.portal_a)
        self.assertIn("Délibération d’Aubrive", text)
        self.assertIn("la maire d’Aubrive", text)  # a woman
        self.assertIn("215 700 901", text)
        self.assertIn("membre de la Communauté de communes des Deux Rives", text)
        self.assertIn("Fait à Aubrive, le ", text)
        self.assertRegex(text, r"Anne A\w+, Maire")
        other = self._fill(self.commune_b, self.portal_b)
        self.assertIn("Délibération de Bellefontaine", other)
        self.assertIn("le maire de Bellefontaine", other)
        self.assertIn("640 habitants", other)

    def test_what_is_not_known_is_shown_in_brackets(self):
        text = self._fill(self.commune_a, self.portal_a)
        self.assertIn("Adresse : [", text)
        self.commune_a.write({"street": "1, place de la Mairie", "zip": "57901", "city": "Aubrive"})
        self.assertIn(
            "1, place de la Mairie, 57901 Aubrive", self._fill(self.commune_a, self.portal_a)
        )
        self.mandate_a.date_end = self.today - timedelta(days=366)
        text = self._fill(self.commune_a, self.portal_a)
        self.assertNotIn("Anne", text.partition("Fait")[0])
        self.assertEqual(text.partition("expose")[0].count("["), 2)  # mayor, and title

    def test_two_mayors_at_once_are_no_mayor(self):
        self.env["commune.mandate"].create(
            {
                "partner_id": self.portal_a_limited.partner_id.id,
                "commune_id": self.commune_a.id,
                "function_id": self.functions["mayor"].id,
                "date_start": self.mandate_a.date_start,
            }
        )
        self.assertIn("[", self._fill(self.commune_a, self.portal_a).partition("expose")[0])

    def test_a_name_is_a_text_and_never_a_tag(self):
        self.portal_a.partner_id.write({"lastname": "<b>AUBRY</b> & {siren}"})
        filled = str(self.model._fill_for(self.commune_a, self.portal_a.partner_id))
        self.assertIn("&lt;b&gt;AUBRY&lt;/b&gt; &amp; {siren}", filled)

    def test_a_field_that_nobody_fills_is_not_published(self):
        for text, shown in (("{maires}", "maires"), ("{ma<b>ire}</b>", "brace")):
            wrong = self.model.create({"name": "Faux", "kind": "model", "body": f"<p>{text}</p>"})
            with self.subTest(text=text):
                with self.assertRaises(UserError) as refused:
                    wrong.action_publish()
                self.assertIn(shown, str(refused.exception))
            wrong.kind = "sheet"
            wrong.action_publish()  # braces are free elsewhere

    def test_the_writer_sees_each_field_with_its_value(self):
        model = self.model.with_user(self.officer)
        model.preview_commune_id = self.commune_b
        shown = str(model.fields_html)
        self.assertIn("{de commune}", shown)
        self.assertIn("215\xa0700\xa0902", shown)

    def test_downloaded_in_word_and_pdf_for_ones_own_commune_only(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = f"/my/guides/{self.model.id}"
        self.assertIn(f"{page}/model/docx?commune={self.commune_a.id}", self.url_open(page).text)
        url = f"{page}/model/docx?commune={self.commune_a.id}"
        answer = self.url_open(url)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            text = archive.read("word/document.xml").decode()
        self.assertIn("Aubrive", text)
        answer = self.url_open(f"{page}/model/pdf?commune={self.commune_a.id}")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("Aubrive.pdf", unquote(answer.headers["Content-Disposition"]))
        for other in (self.commune_b.id, self.epci.id, 0):
            with self.subTest(commune=other):
                answer = self.url_open(f"{page}/model/pdf?commune={other}")
                self.assertEqual(answer.status_code, 404)

    def test_the_document_bears_its_title(self):
        """On the page, as a heading, and in the properties of the file: PDF and Word."""
        self.model.sudo().name = "Modèle de délibération : groupement d’achats & cie"
        title = "Délibération : groupement d’achats & cie"
        model = self.model.with_user(self.portal_a).with_context(force_report_rendering=True)
        pages = Pdf(model._make_model(self.commune_a, "pdf")[1])
        self.assertEqual(pages.reader.metadata["/Title"], title)
        self.assertEqual(pages.text.count(title), 1)
        self.assertTrue(pages.is_tagged)
        document = self.env["report.commune_relations.guide_template"]
        body = document._get_report_values(self.model.ids, {"commune_id": self.commune_a.id})[
            "body"
        ]
        self.assertEqual(etree.HTML(body).xpath("string(//h1)"), title)
        made = docx.Document(io.BytesIO(model._make_model(self.commune_a, "docx")[1]))
        self.assertEqual(made.core_properties.title, title)
        heading = made.paragraphs[0]
        self.assertEqual((heading.style.name, heading.text), ("Heading 1", title))

    def test_without_the_library_of_word_a_copy_is_refused_by_a_sentence(self):
        self.portal_a.lang = "fr_FR"
        self.authenticate(self.portal_a.login, self.portal_a.login)
        page = f"/my/guides/{self.model.id}"
        with patch.dict("sys.modules", {"docx": None}):
            self.assertEqual([kind for kind, _label in self.model._get_model_formats()], ["pdf"])
            answer = self.url_open(f"{page}/model/docx?commune={self.commune_a.id}")
        self.assertEqual(answer.status_code, 422)
        self.assertRegex(answer.text, "La copie Word demande.*«.python-docx.».*administrateur")

    def test_a_title_that_the_writer_gave_is_alone(self):
        self.model.sudo().body = "<h1>Convention {de commune}</h1><p>Texte</p>"
        body = self.model._fill_document(self.commune_b, self.portal_b.partner_id)
        self.assertEqual(etree.HTML(body).xpath("//h1/text()"), ["Convention de Bellefontaine"])

    def test_the_document_refuses_the_commune_of_another(self):
        document = self.env["report.commune_relations.guide_template"].with_user(self.portal_a)
        values = document._get_report_values(self.model.ids, {"commune_id": self.commune_a.id})
        self.assertIn("Aubrive", values["body"])
        with self.assertRaises(AccessError):
            document._get_report_values(self.model.ids, {"commune_id": self.commune_b.id})
