"""Colours and names of the organisation: settings, and what documents make of them."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, Form, tagged, users
from odoo.tools import file_open, mute_logger

from .document_case import DocumentCase
from .pdf_reading import Pdf
from .test_pdf_resources import PIXEL


@tagged("post_install", "-at_install")
class TestDocumentLook(DocumentCase):
    def _save(self, **colors):
        settings = self.env["res.config.settings"].create(colors)
        settings.execute()

    def test_a_readable_colour_is_kept(self):
        self._save(document_primary_color="#1d3c6a", document_secondary_color="#7a5c1e")
        self.assertEqual(self.env.company.primary_color, "#1d3c6a")

    def test_a_pale_colour_is_refused_with_its_measured_contrast(self):
        with self.assertRaisesRegex(ValidationError, r"#777777 on white is 4\.4 to 1.*4\.5 to 1"):
            self._save(document_primary_color="#777777")

    def test_what_is_not_a_colour_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "“bleu” is not a colour"):
            self._save(document_secondary_color="bleu")

    def test_settings_form_opens_and_saves(self):
        admin = self.env.ref("base.user_admin")
        with Form(self.env["res.config.settings"].with_user(admin)) as form:
            form.epci_id = self.epci
            form.document_primary_color = "#004a77"
        form.save().execute()
        self.assertEqual(self.env.company.primary_color, "#004a77")

    def test_a_pale_colour_typed_elsewhere_is_darkened_on_documents(self):
        self.env.company.write({"primary_color": "#ffcc00", "secondary_color": "red-ish"})
        colors = self.env.company._get_document_colors()
        self.assertNotEqual(colors["primary"], "#ffcc00")
        self.assertEqual(colors["secondary"], "#7a5c1e")

    def test_public_name_at_the_head_and_legal_name_at_the_foot(self):
        self.epci.brand_name = "Deux Rives"
        self.env.company.partner_id.write(
            {"street": "1 rue du Pont", "zip": "57000", "city": "Aubrive"}
        )
        identity = self.env.company.with_user(self.employee)._get_document_identity()
        self.assertEqual(identity["public_name"], "Deux Rives")
        self.assertEqual(identity["legal_name"], "Communauté de communes des Deux Rives")
        self.assertEqual(
            identity["imprint"], "Communauté de communes des Deux Rives, known as Deux Rives"
        )
        self.assertEqual(identity["address"], "1 rue du Pont, 57000 Aubrive")
        self.epci.brand_name = False
        identity = self.env.company._get_document_identity()
        self.assertEqual(identity["imprint"], "Communauté de communes des Deux Rives")

    def test_logo_is_printed_once_chosen(self):
        self.env.company.logo = False
        self.assertEqual(self.env.company._get_document_identity()["logo"], "")
        self.env.company.logo = PIXEL
        logo = self.env.company._get_document_identity()["logo"]
        self.assertTrue(logo.startswith("data:image/png;base64,"))

    def test_first_of_the_month_is_written_in_the_french_way(self):
        company = self.env.company.with_context(lang="fr_FR")
        day = self.today.replace(year=2026, month=12, day=1)
        self.assertEqual(company._format_document_date(day), "1er décembre 2026")
        self.assertEqual(company._format_document_date(day.replace(day=21)), "21 décembre 2026")


@tagged("post_install", "-at_install")
class TestExportLog(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = (
            cls.env["commune.export.log"].with_user(cls.reader)._log("Annuaire", "toutes", 12)
        )

    def test_line_names_its_author(self):
        self.assertEqual(self.line.user_id, self.reader)
        self.assertEqual(self.line.person_count, 12)
        self.assertTrue(self.line.date)

    def test_nobody_changes_or_deletes_a_line(self):
        with self.assertRaises(UserError):
            self.line.sudo().person_count = 0
        with self.assertRaises(UserError):
            self.line.sudo().unlink()

    @users("test_officer")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_a_manager_reads_the_log(self):
        with self.assertRaises(AccessError):
            self.line.with_env(self.env).read(["document"])
        self.line.with_user(self.manager).read(["document"])


@tagged("post_install", "-at_install")
class TestPageBreaks(BaseCase):
    """A table begins at each height of a page: what its page ends and begins with."""

    ROWS = "<tr><td>Ligne</td></tr>" * 3
    PAGE = (
        "<style>@page {size: 70mm 100mm; margin: 5mm} body {font-size: 10px}"
        " td, th {height: 6mm; padding: 0} %s</style>"
        '<div class="mission"><div style="height: %smm"></div>'
        '<table class="grid %s">%s</table></div>'
    )

    def _print_at_each_height(self, sheet, name, rows):
        """The pages of each, as lists of their words."""
        # A worker loads it when it prints.
        from weasyprint import HTML

        with file_open(f"commune_relations/static/src/core/{sheet}") as file:
            style = file.read()
        for height in range(0, 90, 2):
            document = HTML(string=self.PAGE % (style, height, name, rows)).write_pdf()
            yield [text.split() for text in Pdf(document).texts]

    def test_a_sum_is_never_alone_on_a_page(self):
        rows = f'<tbody>{self.ROWS}<tr class="sum"><td>Somme</td></tr></tbody>'
        printed = list(self._print_at_each_height("document_statement.css", "", rows))
        self.assertIn(2, map(len, printed))
        self.assertFalse([pages for pages in printed if pages[-1] == ["Somme"]])

    def test_the_heading_of_a_group_never_ends_a_page(self):
        rows = f"<tbody><tr><th>Groupe</th></tr>{self.ROWS}</tbody>" * 2
        printed = list(self._print_at_each_height("document_services.css", "uses", rows))
        self.assertIn(2, map(len, printed))
        self.assertFalse([one for pages in printed for one in pages if one[-1:] == ["Groupe"]])
