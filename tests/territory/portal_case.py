"""What the tests of the portal's pages share."""

from odoo import http
from odoo.tests import HttpCase

from ..common import CommuneCase


class PortalCase(CommuneCase, HttpCase):
    """Pages in English, whatever languages are installed; forms posted with their token."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["ir.default"].set("res.partner", "lang", "en_US")
        persons = cls.env["commune.mandate"].search(
            [("commune_id", "in", (cls.commune_a | cls.commune_b).ids)]
        )
        (persons.partner_id | cls.employee.partner_id).lang = "en_US"

    def _login(self, name):
        self.authenticate(f"test_{name}", f"test_{name}")

    def _post(self, path, **values):
        return self.url_open(path, data={"csrf_token": http.Request.csrf_token(self), **values})
