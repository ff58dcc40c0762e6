"""Letters and documents as rendered: not one English word in a French organisation.

`test_french_screens` reads the words of their models; what a model draws from data, and what Python
writes into it, is in none.
"""

import io
import zipfile

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from .french_texts import MODULE, find_rendered_english, read_page
from .test_access_matrix import AccessRecords
from .test_report_access import OF_WIZARDS, REPORTS

LAYOUT = f"{MODULE}.request_mail_layout"
# Where a workbook keeps the texts of its cells.
CELLS = "xl/sharedStrings.xml"


@tagged("post_install", "-at_install")
class TestFrenchDocuments(AccessRecords):
    maxDiff = None

    @classmethod
    def _get_records(cls):
        """Records as French persons make them."""
        lang = cls.env["res.lang"]._activate_lang("fr_FR")
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations([lang.code])
        persons = cls.env["res.partner"].search([])
        persons.lang = cls.env.company.partner_id.lang = "fr_FR"
        cls.env.company.name = "Les Deux Rives"
        cls.env = cls.env(context=dict(cls.env.context, lang="fr_FR"))
        return super()._get_records()

    def _get_one(self, model):
        known = [one for one in self.records.values() if one._name == model]
        records = self.env[model].sudo().with_context(active_test=False)
        return known[0].sudo() if known else records.search([], limit=1)

    def test_each_letter_in_its_frame(self):
        self.records["signatory_notice"].sudo().change = "Une adresse a changé."
        managed = self.env["ir.model.data"].search(
            [("model", "=", "mail.template"), ("module", "=", MODULE)]
        )
        read = {}
        for template in self.env["mail.template"].browse(managed.mapped("res_id")).sudo():
            record = self._get_one(template.model)
            self.assertTrue(record, template.model)
            [mail] = template.send_mail_batch(record.ids, email_layout_xmlid=LAYOUT)
            texts = [mail.subject, *read_page(mail.body_html)]
            self.assertGreater(len(texts), 5, template.name)
            read.update(dict.fromkeys(texts, template.name))
        self.assertEqual(find_rendered_english(read), {})

    def _get_reports(self):
        reports = self.env["ir.actions.report"].search([("report_name", "=like", f"{MODULE}.%")])
        return {report.report_name.removeprefix(f"{MODULE}."): report for report in reports}

    def test_each_document_of_a_wizard_and_its_workbook(self):
        """The directory, the labels, the statements of a year: as their windows open."""
        known, read = self._get_reports(), {}
        for name in sorted(OF_WIZARDS):
            wizard = self.env[known[name].model].create({})
            if hasattr(wizard, "action_compute"):
                wizard.action_compute()
            texts = self._read_paper(known[name], wizard)
            self.assertGreater(len(texts), 3, name)
            read.update(dict.fromkeys(texts, name))
        self.assertEqual(find_rendered_english(read), {})

    def test_each_document_and_each_workbook(self):
        known, read = self._get_reports(), {}
        for name, keys in REPORTS.items():
            for key in keys:
                texts = self._read_paper(known[name], self.records[key].sudo())
                self.assertTrue(texts, f"{name} {key}")
                read.update(dict.fromkeys(texts, f"{name} {key}"))
        self.assertEqual(find_rendered_english(read), {})

    def _read_paper(self, report, record):
        """Its texts, or the error that explains why it is not rendered."""
        data = {"year": str(self.today.year)}
        try:
            return self._draw(report, record, data)
        except UserError as error:
            return [str(error)]

    def _draw(self, report, record, data):
        if report.report_type != "xlsx":
            drawer = self.env["ir.actions.report"].sudo()
            page, _kind = drawer._render_qweb_html(report.report_name, record.ids, data)
            return read_page(page)
        drawer = self.env[f"report.{report.report_name}"].sudo()
        content, _kind = drawer.create_xlsx_report(record.ids, data)
        book = zipfile.ZipFile(io.BytesIO(content))
        return [text for text in etree.fromstring(book.read(CELLS)).itertext() if text.strip()]

    def test_english_is_found(self):
        texts = ["Bonjour", "Convention signée", "Keep the number", "Draft", "Communes"]
        found = find_rendered_english(dict.fromkeys(texts, "here"))
        self.assertEqual(list(found), ["Keep the number", "Draft"])
