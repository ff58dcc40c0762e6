"""Documents of the organisation as PDF, and reports of Odoo where wkhtmltopdf is absent."""

import io
import json
from unittest.mock import patch
from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import ir_actions_report as base_report

from ...engine.pdf import pdf as pdf_engine
from ...models.core.document import wkhtmltopdf_compat as pdf_standard
from .document_case import STANDARD, DocumentCase
from .pdf_reading import Pdf

NAME = '<p>Commune <t t-out="docs.name" /></p>'


@tagged("post_install", "-at_install")
class TestPdfEngine(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._make_report("essai", NAME)

    def test_document_is_accessible_and_says_who_made_it(self):
        pdf = self._render(self.report, self.commune_a, lang="fr_FR")
        self.assertTrue(pdf.is_tagged)
        self.assertEqual(pdf.language, "fr")
        self.assertEqual(pdf.reader.metadata["/Title"], "Essai")
        self.assertEqual(pdf.reader.metadata["/Author"], self.epci.name)
        self.assertIn("Page 1 sur 1", pdf.text)

    def test_an_article_is_found_in_the_text_of_a_page_whose_words_are_cut(self):
        """The first hyphen drawn is that of a word which is cut: the others are read as it is."""
        words = "<p>" + "les intercommunalités conventionnées " * 40 + "</p>"
        report = self._make_report("cesure", f"{words}<p>CGCT, art. L. 5211-4-1</p>")
        pdf = self._render(report, self.commune_a, lang="fr_FR")
        self.assertRegex(pdf.text, r"\w-\s?\w")
        self.assertIn("5211-4-1", pdf.text)
        self.assertNotIn("\N{HYPHEN}", pdf.text)

    def test_each_record_is_a_document_of_its_own(self):
        pdf = self._render(self.report, self.communes)
        self.assertEqual(len(pdf), 2)
        self.assertIn("Commune Aubrive", pdf.texts[0])
        self.assertIn("Commune Bellefontaine", pdf.texts[1])
        self.assertIn("Page 1 of 1", pdf.texts[1])

    def test_a_record_asked_twice_is_printed_twice(self):
        ids = (self.commune_a.id, self.commune_b.id, self.commune_a.id)
        content = self.env["ir.actions.report"]._render_qweb_pdf(self.report, list(ids))[0]
        names = [text[text.index("Commune ") + 8 :].split()[0] for text in Pdf(content).texts]
        self.assertEqual(names, ["Aubrive", "Bellefontaine", "Aubrive"])

    def test_document_is_saved_once_and_given_back_from_there(self):
        report = self._make_report(
            "garde", NAME, attachment="object.name + '.pdf'", attachment_use=True
        )
        first = self._render(report, self.communes)
        self.assertEqual(len(first), 2)
        saved = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.communes.ids)]
        )
        self.assertEqual(set(saved.mapped("name")), {"Aubrive.pdf", "Bellefontaine.pdf"})
        self.commune_a.name = "Aubrive-la-Neuve"
        self.commune_b.name = "Autre"
        attachment = saved.filtered(lambda a: a.res_id == self.commune_a.id)
        attachment.name = "Aubrive-la-Neuve.pdf"
        self.assertIn("Commune Aubrive ", self._render(report, self.commune_a).text)
        self.assertIn("Commune Autre", self._render(report, self.commune_b).text)
        self.assertIn(
            "Commune Aubrive-la-Neuve",
            self._render(report, self.commune_a, report_pdf_no_attachment=True).text,
        )

    def test_without_a_language_the_document_is_in_that_of_the_intercommunality(self):
        self.env.company.partner_id.lang = "fr_FR"
        pdf = self._render(self.report, self.commune_a, lang=None)
        self.assertEqual(pdf.language, "fr")

    def test_a_document_of_one_page_is_set_tighter_until_it_holds(self):
        """`density` is the promise of one page; without it the same text takes two."""
        text = "<p>Une ligne de texte.</p>" * 62
        loose = self._make_report("large", text)
        tight = self._make_report("serre", f"""<t t-set="density" t-value="0" />{text}""")
        self.assertEqual(len(self._render(loose, self.commune_a)), 2)
        self.assertEqual(len(self._render(tight, self.commune_a)), 1)

    def test_a_page_is_saved_by_setting_tighter_and_only_then(self):
        """The first line that falls on a second page comes back; half a page more does not."""
        first = next(n for n in range(20, 80) if len(self._render_lines(n, False)) == 2)
        self.assertEqual(len(self._render_lines(first, True)), 1)
        loose, tight = (self._render_lines(first * 3 // 2, tidy) for tidy in (False, True))
        self.assertEqual((len(loose), len(tight)), (2, 2))
        self.assertEqual(loose.words_at(0), tight.words_at(0))

    def _render_lines(self, count, tidy):
        text = "<p>Une ligne de texte.</p>" * count
        if tidy:
            text = f"""<t t-set="tightest" t-value="1" />{text}"""
        return self._render(self._make_report(f"lignes_{count}_{tidy}", text), self.commune_a)

    def test_server_without_weasyprint_says_what_is_missing(self):
        with patch.object(pdf_engine, "_weasyprint", return_value=None):
            with self.assertRaisesRegex(UserError, "WeasyPrint"):
                self._render(self.report, self.commune_a)
            with self.assertRaisesRegex(UserError, "essai"):
                self.report.report_action(self.commune_a)

    def test_printing_asks_no_question_about_the_layout_of_odoo(self):
        self.env.company.external_report_layout_id = False
        action = self.report.with_user(self.env.ref("base.user_admin")).report_action(self.communes)
        self.assertEqual(action["type"], "ir.actions.report")


@tagged("post_install", "-at_install")
class TestStandardReports(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(base_report, "_wkhtml", lambda: cls._info("install")))
        cls.report = cls._make_report(
            "standard", """<p>Contact <t t-out="doc.name" /></p>""", arch=STANDARD
        )

    @staticmethod
    def _info(state):
        return base_report.WkhtmlInfo(state, False, "wkhtmltopdf", "", False, "", None)

    def test_web_client_knows_that_pdf_can_be_made(self):
        self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")
        with patch.object(pdf_engine, "_weasyprint", return_value=None):
            self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "install")

    def test_reports_of_odoo_have_their_header_and_page_numbers(self):
        self.env.company.write({"name": "Deux Rives", "company_details": "Mairie"})
        pdf = self._render(self.report, self.communes)
        self.assertEqual(len(pdf), 2)
        self.assertIn("Contact Aubrive", pdf.texts[0])
        self.assertIn("Contact Bellefontaine", pdf.texts[1])
        self.assertIn("Mairie", pdf.texts[1])
        self.assertRegex(pdf.texts[1], r"1 ?/ ?1")

    def test_reports_of_odoo_are_saved_record_by_record(self):
        self.report.attachment = "'essai-%s.pdf' % object.name"
        self.assertEqual(len(self._render(self.report, self.communes)), 2)
        names = (
            self.env["ir.attachment"].search([("res_id", "in", self.communes.ids)]).mapped("name")
        )
        self.assertIn("essai-Aubrive.pdf", names)
        self.assertIn("essai-Bellefontaine.pdf", names)

    def test_a_wkhtmltopdf_that_works_keeps_the_reports_of_odoo(self):
        drawn = []

        def run(_self, bodies, **_options):
            drawn.append(bodies)
            stream = io.BytesIO()
            base_report.PdfFileWriter().write(stream)
            return stream.getvalue()

        Report = self.env.registry["ir.actions.report"]
        base = next(c for c in Report.__mro__ if c.__module__ == base_report.__name__)
        with (
            patch.object(base_report, "_wkhtml", lambda: self._info("ok")),
            patch.object(base, "_run_wkhtmltopdf", run),
        ):
            self.env["ir.actions.report"]._render_qweb_pdf(self.report, self.commune_a.ids)
        self.assertEqual(len(drawn), 1)

    def test_size_and_margins_of_the_page_are_those_of_odoo(self):
        document = self.env.ref("base.paperformat_euro")
        css = pdf_standard.page_css(document, False, {})
        self.assertIn("size: 210.0mm 297.0mm", css)
        self.assertIn("margin: 52.0mm 0.0mm 32.0mm 0.0mm", css)
        css = pdf_standard.page_css(document, True, {"data-report-margin-top": "10"})
        self.assertIn("size: 297.0mm 210.0mm", css)
        self.assertIn("margin: 10.0mm", css)


@tagged("post_install", "-at_install")
class TestReportRoutes(HttpCase, DocumentCase):
    @mute_logger("pypdf._reader")
    def test_several_records_are_downloaded_as_one_file(self):
        self.authenticate("test_reader", "test_reader")
        ids = ",".join(map(str, self.communes.ids))
        context = '{"force_report_rendering": true}'
        answer = self.url_open(
            f"/report/pdf/commune_relations.commune_sheet/{ids}?context={context}"
        )
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        pdf = Pdf(answer.content)
        self.assertEqual(len(pdf), 2)
        self.assertIn("Aubrive", pdf.texts[0])
        self.assertIn("Bellefontaine", pdf.texts[1])

    def test_web_client_asks_the_server_and_gets_ok(self):
        self.authenticate("test_reader", "test_reader")
        self.assertEqual(self.make_jsonrpc_request("/report/check_wkhtmltopdf", {}), "ok")

    def _download(self, wizard, kind):
        """The answer of the web client's route for downloads."""
        self.authenticate("test_reader", "test_reader")
        converter = "xlsx" if kind == "xlsx" else "pdf"
        name = "directory_xlsx" if kind == "xlsx" else "directory_document"
        url = f"/report/{converter}/commune_relations.{name}/{wizard.id}"
        context = json.dumps({"lang": "en_US", "force_report_rendering": True})
        query = urlencode({"data": json.dumps([url, kind]), "context": context})
        return self.url_open(f"/report/download?{query}")

    def test_directory_is_downloaded_under_a_name_that_says_its_date(self):
        wizard = self.env["commune.directory.print"].with_user(self.reader).create({})
        for kind, extension in (("qweb-pdf", "pdf"), ("xlsx", "xlsx")):
            answer = self._download(wizard, kind)
            self.assertEqual(answer.status_code, 200)
            name = answer.headers["Content-Disposition"]
            self.assertIn(self.today.isoformat(), name)
            self.assertIn(extension, name)
        self.assertTrue(answer.content.startswith(b"PK"))
        lines = self.env["commune.export.log"].search([("user_id", "=", self.reader.id)])
        self.assertEqual(len(lines), 2)
