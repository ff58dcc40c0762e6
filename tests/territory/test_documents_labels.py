"""Sheets of postal labels, measured on the page."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ...engine.postal import labels
from .territory_document_case import TerritoryDocumentCase


@tagged("post_install", "-at_install")
class TestLabels(TerritoryDocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_b.write({"street": "2 rue Haute", "zip": "57200", "city": "Bellefontaine"})

    def _wizard(self, **values):
        return self.env["commune.label.print"].with_user(self.reader).create(values)

    def _print(self, **values):
        return self._render("commune_relations.label_document", self._wizard(**values), self.reader)

    def test_each_label_is_where_the_sheet_has_it(self):
        for code, label in labels.FORMATS.items():
            with self.subTest(code=code):
                pdf = self._print(label_format=code, start_position=label.columns)
                width, height = (float(pdf.pages[0].mediabox[i]) * 25.4 / 72 for i in (2, 3))
                self.assertAlmostEqual(width, 210, places=1)
                self.assertAlmostEqual(height, 297, places=1)
                places = {text: (x, y) for text, x, y in pdf.words_at(0)}
                for text, position in (
                    ("57100 AUBRIVE", label.columns - 1),
                    ("57200 BELLEFONTAINE", label.columns),
                ):
                    left, top = label.place(position)
                    x, y = places[text]
                    self.assertAlmostEqual(x, left + label.padding, delta=0.2)
                    self.assertTrue(top < y < top + label.height, (text, y, top))

    def test_mayors_are_addressed_by_name(self):
        lines = self._wizard()._get_label_rows()[0]
        self.assertEqual(lines[0], "Madame Anne AUBRY")
        self.assertTrue(lines[1].endswith("d’Aubrive"))
        self.assertEqual(lines[2:], ["1 PLACE DE L EGLISE", "57100 AUBRIVE"])

    def test_a_commune_without_a_known_mayor_still_has_its_label(self):
        self.mandate_a.date_end = "2021-01-01"
        lines = self._wizard()._get_label_rows()[0]
        self.assertEqual(lines[0], "Mairie d’Aubrive")

    def test_town_halls_are_addressed_without_names(self):
        pdf = self._print(recipient="town_hall")
        self.assertIn("Mairie d’Aubrive", pdf.text)
        self.assertNotIn("AUBRY", pdf.text)
        line = self.env["commune.export.log"].search([], limit=1)
        self.assertEqual(line.person_count, 0)

    def test_a_started_sheet_is_continued_on_the_next(self):
        self.assertEqual(len(self._print(label_format="3x8", start_position=23)), 1)
        self.assertEqual(len(self._print(label_format="3x8", start_position=24)), 2)

    def test_first_label_must_be_on_the_sheet(self):
        with self.assertRaisesRegex(ValidationError, "from 1 to 21 on this sheet, not 22"):
            self._wizard(label_format="3x7", start_position=22)

    def test_other_functions_must_be_named(self):
        with Form(self.env["commune.label.print"].with_user(self.reader)) as form:
            form.recipient = "function"
            form.function_ids.add(self.functions["town_hall_secretary"])
        rows = form.record._get_label_rows()
        self.assertEqual([row[0] for row in rows], ["Madame Sophie COLIN"] * 2)

    def test_invented_persons_are_announced_on_one_more_label(self):
        self.assertNotIn("Fictitious", self._print().text)
        self.portal_a.partner_id.is_fictitious = True
        self.assertIn("Fictitious persons: trial document", self._print().text)
        line = self.env["commune.export.log"].search([], limit=1)
        self.assertEqual(line.person_count, 2)
