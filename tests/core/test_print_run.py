"""Documents drawn by steps: the same pages as at once, for anyone who may print them."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CommuneCase
from .pdf_reading import Pdf

SHEET = "commune_relations.commune_sheet"


@tagged("post_install", "-at_install")
class TestPrintRun(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True))
        more = [
            {
                "name": f"Commune {n}",
                "is_commune": True,
                "insee_code": f"5799{n}",
                "siren": f"21570{n}003",
            }
            for n in range(4)
        ]
        cls.communes = cls.commune_a | cls.commune_b
        cls.communes |= cls.env["res.partner"].create(
            [{**one, "is_company": True, "epci_id": cls.epci.id} for one in more]
        )
        cls.runs = cls.env["commune.print.run"].with_user(cls.reader)

    def test_six_sheets_by_steps_are_the_six_sheets_in_their_order(self):
        progress = [self.runs.start(SHEET, self.communes.ids)]
        run = self.runs.browse(progress[0]["id"])
        kept = self.env["ir.attachment"].search_count([])
        while progress[-1]["done"] < progress[-1]["total"]:
            progress.append(run.render_next())
        self.assertEqual([one["done"] for one in progress], [0, 4, 6])
        self.assertEqual(self.env["ir.attachment"].search_count([]), kept)  # no part is left
        pdf = Pdf(self._read(run))
        found = [next(c.name for c in self.communes if c.name in text) for text in pdf.texts]
        self.assertEqual(found, self.communes.mapped("name"))
        run.render_next()
        self.assertEqual(len(Pdf(self._read(run))), len(pdf))

    def _read(self, run):
        return base64.b64decode(run.with_context(bin_size=False).content)

    def test_a_run_is_that_of_its_person(self):
        run = self.runs.browse(self.runs.start(SHEET, self.communes.ids)["id"])
        for user in (self.officer, self.portal_a, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                run.with_user(user).render_next()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                run.with_user(user).read(["content"])

    def test_only_the_documents_of_the_organisation_and_of_the_role(self):
        plain = self.env["ir.actions.report"].search(
            [("is_organisation_document", "=", False), ("report_type", "=", "qweb-pdf")], limit=1
        )
        for user, report in (
            (self.reader, plain.report_name),
            (self.employee, SHEET),
            (self.portal_a, SHEET),
        ):
            runs = self.runs.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                runs.start(report, self.communes.ids)
        for ids in ([], list(range(1, 2002))):
            with self.assertRaises(UserError):
                self.runs.start(SHEET, ids)

    def test_the_screen_knows_a_document_of_the_organisation(self):
        report = self.env.ref("commune_relations.commune_sheet_report").with_user(self.reader)
        self.assertTrue(report.report_action(self.communes)["is_organisation_document"])
        self.assertIn("is_organisation_document", report._get_readable_fields())
        plain = self.env["ir.actions.report"].search(
            [("is_organisation_document", "=", False)], limit=1
        )
        self.assertNotIn("is_organisation_document", plain.report_action(None, config=False))
