"""One's own contact data on the portal: an e-mail address and a telephone, no home address."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .portal_case import PortalCase

SUBMIT = "/my/address/submit"
POSTAL = ("o_street", "o_street2", "o_zip", "o_city", "o_country_id", "o_state_id")


@tagged("post_install", "-at_install")
class TestPortalOwnAccount(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mayor = cls.portal_a.partner_id
        cls.mayor.email = "anne.aubry@aubrive.example"
        cls.portal_a_limited.partner_id.email = "luc@arnaud.example"

    def _submit(self, person, **values):
        form = {"name": person.name, "email": person.email, "phone": "", **values}
        hidden = {"partner_id": person.id, "required_fields": "name,email"}
        answer = self._post(SUBMIT, use_delivery_as_billing="True", **hidden, **form).json()
        person.invalidate_recordset()
        return answer

    def test_a_mayor_is_asked_for_no_postal_address(self):
        self._login("mayor_a")
        page = self.url_open("/my/account").text
        for field in POSTAL:
            self.assertNotIn(f'id="{field}"', page)
        self.assertIn('id="country_id"', page)
        self.assertIn("signing waits 24 hours", page)
        self.assertIn("Save my contact data", page)

    def test_no_card_leads_to_the_book_of_addresses_that_is_closed(self):
        self._login("mayor_a")
        page = self.url_open("/my").text
        self.assertNotIn("/my/addresses", page)
        self.assertIn("/my/account", page)
        self.assertIn("/my/security", page)

    def test_a_mayor_changes_an_address_without_telephone_nor_home(self):
        self._login("mayor_a")
        answer = self._submit(self.mayor, email="anne@nouveau.example")
        self.assertEqual(answer, {"redirectUrl": "/my/account"})
        self.assertEqual(self.mayor.email, "anne@nouveau.example")
        page = self.url_open("/my/account").text
        self.assertIn('id="commune_saved"', page)
        self.assertIn("As a precaution, signing waits 24 hours from now.", page)
        self.assertNotIn('id="commune_saved"', self.url_open("/my/account").text)

    def test_the_postal_address_that_is_known_stays(self):
        self.mayor.write({"street": "1 rue Haute", "country_id": self.env.ref("base.fr").id})
        self._login("mayor_a")
        self._submit(self.mayor, phone="0387000001", country_id="", street="")
        self.assertEqual(self.mayor.street, "1 rue Haute")
        self.assertEqual(self.mayor.country_id, self.env.ref("base.fr"))
        self.assertNotIn("signing waits 24 hours from now", self.url_open("/my/account").text)

    def test_who_signs_nothing_is_not_notified_of_a_wait(self):
        self._login("councillor_a")
        self.assertNotIn("signing waits", self.url_open("/my/account").text)
        self._submit(self.portal_a_limited.partner_id, email="luc@nouveau.example")
        page = self.url_open("/my/account").text
        self.assertIn('id="commune_saved"', page)
        self.assertNotIn("signing waits", page)

    def test_after_saving_one_goes_back_to_where_one_came_from(self):
        self._login("mayor_a")
        answer = self._submit(self.mayor, callback="/my/agreements/3")
        self.assertEqual(answer["redirectUrl"], "/my/account?redirect=%2Fmy%2Fagreements%2F3")
        self.assertIn('href="/my/agreements/3"', self.url_open(answer["redirectUrl"]).text)

    def test_an_address_is_still_needed(self):
        self._login("mayor_a")
        self.assertIn("email", self._submit(self.mayor, email="")["invalid_fields"])

    def test_one_page_holds_letters_and_password(self):
        self._login("mayor_a")
        page = self.url_open("/my/account").text
        self.assertIn('action="/my/account/letters"', page)
        self.assertIn('action="/my/account/password"', page)
        self.assertIn("You receive our letters.", page)
        self.assertIn(
            "Your choice is noted.", self._post("/my/account/letters", choice="none").text
        )
        preferences = self.mayor.contact_preference_ids
        self.assertEqual(preferences.mapped("opt_out"), [True])
        page = self.url_open("/my/account").text
        self.assertIn("You no longer receive any letter from us.", page)
        self._post("/my/account/letters", choice="all")
        self.assertEqual(preferences.mapped("opt_out"), [False])

    def test_a_password_is_changed_by_who_knows_the_current_one(self):
        self._login("mayor_a")
        new = "une-phrase-que-moi-seule-connais"
        words = {"new1": new, "new2": new}
        page = self._post("/my/account/password", old="wrong", **words).text
        self.assertIn('id="account_old_wrong"', page)
        page = self._post("/my/account/password", old="test_mayor_a", new1=new, new2="other").text
        self.assertIn('id="account_new2_wrong"', page)
        page = self._post("/my/account/password", old="test_mayor_a", **words).text
        self.assertIn("Your new password is saved", page)
        self.authenticate("test_mayor_a", new)
        self.assertIn("/my/account", self.url_open("/my/account").url)
        # Nothing of the password is kept with the prints of the forms that were sent.
        kept = self.env["commune.idempotency.key"].search([("page", "=like", "/my/account#%")])
        self.assertFalse(kept)

    def test_a_third_party_customer_has_the_form_of_odoo(self):
        customer = new_test_user(self.env, "test_customer", groups="base.group_portal")
        customer.lang = "en_US"
        self._login("customer")
        page = self.url_open("/my/account").text
        for field in POSTAL:
            self.assertIn(f'id="{field}"', page)
        self.assertNotIn('id="country_id"', page)
        self.assertIn("Save Address", page)
        self.assertNotIn("/my/account/letters", page)
        for path in ("/my/account/letters", "/my/account/password"):
            self.assertEqual(self._post(path, choice="none").status_code, 404)
        answer = self._submit(customer.partner_id, email="c@customer.example")
        self.assertIn("street", answer["invalid_fields"])

    def test_a_number_that_cannot_be_dialled_is_shown_and_others_are_kept(self):
        self._login("mayor_a")
        page = self.url_open("/my/account").text
        self.assertIn("data-whole-number", page)
        # No star on what is not typed here.
        self.assertRegex(page, r'for="o_name"[^>]* class="col-form-label label-optional"')
        answer = self._submit(self.mayor, phone="06 12")
        self.assertEqual(answer["invalid_fields"], ["phone"])
        self.assertIn("cannot be dialled", answer["messages"][0])
        for number in ("0612345678", "+352 26 12 34", "28 35 12", "03 87 20 10 00 poste 12"):
            self.assertIn("redirectUrl", self._submit(self.mayor, phone=number), number)
        for number in ("0612345678 a<img src=x>", "0612345678 poste " + "1" * 60, '0612345678, "'):
            answer = self._submit(self.mayor, phone=number)
            self.assertEqual(answer["invalid_fields"], ["phone"], number)
            with self.assertRaises(UserError):
                account = self.mayor.user_ids
                account.with_user(account).write({"phone": number})
        # What was kept before stays, and does not block an address.
        self.mayor.phone = "06 12"
        answer = self._submit(self.mayor, phone="06 12", email="anne@nouveau.example")
        self.assertIn("redirectUrl", answer)

    def test_the_page_of_security_has_one_way_and_nothing_for_programmers(self):
        self.env["ir.config_parameter"].set_param("portal.allow_api_keys", "True")
        self._login("mayor_a")
        page = self.url_open("/my/security?debug=1").text
        self.assertIn('href="/my/account#password"', page)
        self.assertIn('id="auth_totp_portal_enable"', page)
        if "auth.passkey.key" in self.env:
            self.assertLess(
                page.index('name="portal_passkey_management"'), page.index("With a pas")
            )
        for word in ('name="new1"', "o_portal_new_api_key", "portal_deactivate_account_modal"):
            self.assertNotIn(word, page)

    def test_a_third_party_customer_keeps_the_page_of_security_of_odoo(self):
        new_test_user(self.env, "shopper", groups="base.group_portal", password="shopper-shopper")
        self.authenticate("shopper", "shopper-shopper")
        page = self.url_open("/my/security").text
        for word in ('name="new1"', "portal_deactivate_account_modal"):
            self.assertIn(word, page)
