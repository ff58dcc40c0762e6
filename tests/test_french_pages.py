"""The pages of Odoo that a mayor crosses: not one word of English in a French house."""

from lxml import html

from odoo.tests import tagged

from .french_texts import find_common_english
from .territory.portal_case import PortalCase

OUTSIDE = (
    "/web/login",
    "/web/login?redirect=/my",
    "/web/reset_password",
    "/groups",
    "/nothing-here",
    "/my/requests/999999999?access_token=x",
    "/survey/start/0000-0000",
)
INSIDE = (
    "/my",
    "/my/account",
    "/my/security",
    "/my/tickets",
    "/my/agreements",
    "/my/requests",
    "/groups",
    "/nothing-here",
    "/my/requests/999999999",
)


@tagged("post_install", "-at_install")
class TestFrenchPages(PortalCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lang = cls.env["res.lang"]._activate_lang("fr_FR")
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations([lang.code])
        cls.env.company.name = "Les Deux Rives"
        # The language of a visitor, as the set-up of the territory leaves it.
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        cls.env.ref("base.public_user").lang = "fr_FR"

    def _read(self, pages):
        """{text: page} of the English of these pages."""
        found = {}
        for page in pages:
            answer = self.url_open(page, headers={"Accept-Language": "fr-FR"})
            self.assertLess(answer.status_code, 500, page)
            for text in find_common_english(answer.content):
                found.setdefault(text, page)
        return found

    def test_before_logging_in(self):
        self.assertEqual(self._read(OUTSIDE), {})

    def test_wrong_password(self):
        form = {"login": "nobody", "password": "x", "csrf_token": self._get_key()}
        answer = self.url_open("/web/login", data=form, headers={"Accept-Language": "fr-FR"})
        self.assertEqual(find_common_english(answer.content), [])

    def _get_key(self):
        page = html.fromstring(self.url_open("/web/login").content)
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def test_once_logged_in(self):
        self.portal_a.lang = "fr_FR"
        self._login("mayor_a")
        self.assertEqual(self._read(INSIDE), {})

    def test_english_is_found(self):
        page = "<p>Bonjour <b>Sign out</b></p><input placeholder='Your e-mail'><p>Notre page</p>"
        self.assertEqual(find_common_english(page), ["Sign out", "Your e-mail"])
