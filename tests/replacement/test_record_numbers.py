"""A record that has no number yet: its title is French, never the “/” of the column."""

import io

from lxml import etree
from openpyxl import load_workbook

from odoo.tests import tagged

from .hours_case import HoursCase

TITLES = {
    "commune.replacement.incident": "Nouveau dossier",
    "commune.replacement.mission": "Nouvelle mission",
    "commune.replacement.request": "Brouillon",
    "commune.replacement.statement": "Brouillon",
}


@tagged("post_install", "-at_install")
class TestRecordNumbers(HoursCase):
    def test_every_model_that_waits_for_a_number_has_a_title(self):
        self.assertEqual(set(self._find_numbered()), set(TITLES))
        for name, title in TITLES.items():
            model = self.env[name].with_context(lang="fr_FR")
            spec = {"display_name": {}, "name": {}}
            shown = model.onchange({}, [], spec)["value"]
            with self.subTest(model=name):
                self.assertEqual((shown["name"], shown["display_name"]), ("/", title))

    def _find_numbered(self):
        """Models of the addon whose name is “/” until a sequence gives it."""
        for name, model in self.env.items():
            field = model._fields.get("name")
            if model._original_module == "commune_relations" and field and field.default:
                if field.type == "char" and field.default(model) == "/":
                    yield name

    def test_the_title_of_a_form_is_not_the_bare_column(self):
        """Lists leave the cell empty for what is kept without number."""
        views = self.env["ir.ui.view"].search(
            [("model", "in", list(TITLES)), ("type", "in", ("form", "list"))]
        )
        for view in views:
            arch = etree.fromstring(view.arch)
            with self.subTest(view=view.xml_id):
                self.assertFalse(arch.xpath("//h1//field[@name='name']"))
        shown = self.env.ref("commune_relations.commune_replacement_statement_view_list")
        [cell] = etree.fromstring(shown.arch).xpath("//field[@name='name']")
        self.assertEqual(cell.get("invisible"), "name == '/'")

    def test_a_draft_has_no_slash_in_its_names_and_its_workbook(self):
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet).with_context(lang="fr_FR")
        self.assertEqual(statement.name, "/")
        self.assertEqual(statement.display_name, "Brouillon – Aubrive")
        report = self.env["report.commune_relations.replacement_statement_xlsx"]
        content, _kind = report.with_context(lang="fr_FR").create_xlsx_report(statement.ids, {})
        self.assertEqual(load_workbook(io.BytesIO(content)).active["A2"].value, "Brouillon")
