"""What a commune typed stays a text in Odoo's export to Excel."""

import io
import json
import zipfile

from odoo import http
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase

TRAP = '=HYPERLINK("https://piege.example","Voir")'


@tagged("post_install", "-at_install")
class TestExportText(CommuneCase, HttpCase):
    def _export(self, groupby):
        self.manager.group_ids |= self.env.ref("base.group_allow_export")
        self.authenticate("test_manager", "test_manager")
        asked = {
            "model": "commune.exchange",
            "fields": [{"name": "name", "label": "Titre", "type": "char"}],
            "ids": False,
            "domain": [("commune_id", "=", self.commune_a.id)],
            "groupby": groupby,
            "import_compat": False,
        }
        data = {"csrf_token": http.Request.csrf_token(self), "data": json.dumps(asked)}
        answer = self.url_open("/web/export/xlsx", data=data)
        self.assertEqual(answer.status_code, 200)
        book = zipfile.ZipFile(io.BytesIO(answer.content))
        return book.read("xl/worksheets/sheet1.xml"), book.read("xl/sharedStrings.xml")

    def test_a_formula_typed_by_a_commune_is_not_run(self):
        self.env["commune.exchange"].create(
            {
                "name": TRAP,
                "kind": "offer",
                "nature": "equipment",
                "topic_id": self.env["commune.topic"].search([("parent_id", "!=", False)])[0].id,
                "commune_id": self.commune_a.id,
                "partner_id": self.portal_a.partner_id.id,
            }
        )
        for groupby in ([], ["name"]):
            with self.subTest(groupby=groupby):
                sheet, strings = self._export(groupby)
                self.assertNotIn(b"<f>", sheet)
                self.assertIn(b"'=HYPERLINK", strings)
