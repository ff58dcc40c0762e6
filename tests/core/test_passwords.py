"""Passwords: minimum length where no policy is set, shown while the user types."""

from odoo.tests import new_test_user, tagged

from odoo.addons.commune_relations.demo import Demo

from ...models.core.password_length import ASKED
from ..territory.portal_case import PortalCase

METZ = "200039865"
SENTENCE = "un mot de passe long"


@tagged("post_install", "-at_install")
class TestLengthOfPasswords(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameters = cls.env["ir.config_parameter"]
        cls.users = cls.env["res.users"]

    def _get_length(self):
        return self.parameters.get_param(ASKED)

    def test_the_set_up_asks_twelve_characters_where_nobody_chose(self):
        self.assertEqual(self._get_length(), "8")
        reference = self.env["commune.reference.epci"].search([("siren", "=", METZ)])
        reference._apply_settings_changes(("password",))
        self.assertEqual(self._get_length(), "12")

    def test_an_organisation_that_chose_keeps_its_length(self):
        self.parameters.set_param(ASKED, "10")
        self.users._ask_long_passwords()
        self.assertEqual(self._get_length(), "10")

    def test_an_organisation_that_chooses_less_afterwards_is_not_asked_again(self):
        self.users._ask_long_passwords()
        self.parameters.set_param(ASKED, "8")
        self.users._ask_long_passwords()
        self.assertEqual(self._get_length(), "8")

    def test_what_was_there_comes_back_when_the_addon_goes(self):
        self.users._ask_long_passwords()
        self.env["commune.reversible.settings"]._give_back()
        self.assertEqual(self._get_length(), "8")
        self.users._ask_long_passwords()
        self.parameters.set_param(ASKED, "16")
        self.env["commune.reversible.settings"]._give_back()
        self.assertEqual(self._get_length(), "16")

    def test_the_page_of_an_invitation_says_it_and_holds_to_it(self):
        self.users._ask_long_passwords()
        partner = self.portal_a.partner_id
        partner.signup_prepare()
        address = partner._get_signup_url()
        self.authenticate(None, None)
        page = self.url_open(address).text
        self.assertIn("At least 12 characters", page)
        self.assertIn('minlength="12"', page)
        token = partner._generate_signup_token()
        values = {"login": self.portal_a.login, "name": partner.name, "token": token}
        short = {"password": "court", "confirm_password": "court"}
        # In the words of Odoo, as every account of the database.
        refused = "must contain at least 12 characters and only has 5"
        self.assertIn(refused, self._post("/web/signup", **values, **short).text)
        kept = {"password": SENTENCE, "confirm_password": SENTENCE}
        self._post("/web/signup", **values, **kept)
        credential = {"login": self.portal_a.login, "password": SENTENCE, "type": "password"}
        self.assertEqual(self.authenticate_as(credential), self.portal_a.id)

    def test_a_password_that_changes_leaves_no_link_to_choose_another(self):
        """Only accounts managed by the addon; Odoo's rules apply to third-party accounts."""
        shopper = new_test_user(self.env, "shopper", groups="base.group_portal")
        for user, alive in ((self.portal_a, False), (self.officer, False), (shopper, True)):
            with self.subTest(user.login):
                person = user.partner_id
                person.signup_prepare("reset")
                token = person._generate_signup_token()
                self.assertEqual(person._get_partner_from_token(token), person)
                user.with_user(user).sudo()._change_password(SENTENCE)
                self.assertEqual(bool(person._get_partner_from_token(token)), alive)

    def authenticate_as(self, credential):
        return self.users.authenticate(credential, {"interactive": False})["uid"]

    def test_anyone_who_changes_a_password_on_the_portal_is_notified(self):
        self.users._ask_long_passwords()
        self._login("mayor_a")
        self.assertIn("At least 12 characters", self.url_open("/my/account").text)

    def test_the_accounts_of_the_demonstration_open_with_their_login(self):
        self.users._ask_long_passwords()
        Demo(self.env)._create_user("dgs-essai", "base.group_portal", {"name": "Essai"})
        credential = {"login": "dgs-essai", "password": "dgs-essai", "type": "password"}
        self.assertTrue(self.authenticate_as(credential))
