"""Not one word of English on the screens of our roles: menus, windows, views, pages, letters."""

from odoo.tests import tagged

from .common import CommuneCase
from .french_texts import MODULE, find_english, find_left


@tagged("post_install", "-at_install")
class TestFrenchScreens(CommuneCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env["res.lang"]._get_data(code="fr_FR"):
            lang = cls.env["res.lang"]._activate_lang("fr_FR")
            modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
            modules._update_translations([lang.code])

    def test_nothing_is_left_in_english(self):
        users = [self.reader, self.referent, self.officer, self.manager, self.coordinator]
        self.assertEqual(find_left(self.env, users), {})

    def test_what_is_left_is_found(self):
        french = {"lang": "fr_FR"}
        menu = self.env.ref(f"{MODULE}.menu_configuration_staff_accounts")
        menu.with_context(**french).name = menu.with_context(lang="en_US").name
        window = self.env.ref(f"{MODULE}.commune_staff_accounts_action")
        window.with_context(**french).help = window.with_context(lang="en_US").help
        left = find_left(self.env, [self.manager])
        self.assertIn("My colleagues", left)
        self.assertIn("Nobody works here yet", left)

    def test_words_of_both_languages_are_no_english(self):
        pairs = [("x", "Communes", "Communes"), ("x", "Kept by nobody", "Kept by nobody")]
        self.assertEqual(find_english(pairs), {"Kept by nobody": "x"})
