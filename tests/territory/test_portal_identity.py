"""Who a person is, is not typed on the portal: neither on Odoo's page nor by programs."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .portal_case import PortalCase

SUBMIT = "/my/address/submit"


@tagged("post_install", "-at_install")
class TestPortalIdentity(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.councillor = cls.portal_a_limited.partner_id
        cls.councillor.write(
            {
                "email": "luc@arnaud.example",
                "street": "1 rue Haute",
                "city": "Aubrive",
                "zip": "57000",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.commune_a.email = "mairie@aubrive.example"
        cls.env["commune.known.email"].create(
            {"partner_id": cls.commune_b.id, "value": "accueil@bellefontaine.example"}
        )

    def _form(self, **values):
        names = ("name", "email", "street", "city", "zip")
        form = {name: self.councillor[name] or "" for name in names}
        form["country_id"] = self.councillor.country_id.id
        return {**form, "partner_id": self.councillor.id, "phone": "0387000001", **values}

    def _submit(self, **values):
        answer = self._post(SUBMIT, **self._form(**values))
        self.councillor.invalidate_recordset()
        return answer

    def test_a_councillor_keeps_a_telephone_up_to_date(self):
        self._login("councillor_a")
        page = self.url_open("/my/account")
        self.assertIn("readonly", page.text.split('id="o_name"')[1].split("/>")[0])
        self.assertNotIn("o_company_name", page.text)
        answer = self._submit(email="luc.arnaud@nouveau.example")
        self.assertIn("redirectUrl", answer.json())
        self.assertEqual(self.councillor.phone, "0387000001")
        self.assertEqual(self.councillor.email, "luc.arnaud@nouveau.example")

    def test_a_councillor_does_not_become_the_mayor_on_the_page(self):
        self._login("councillor_a")
        before = self.councillor.read(["name", "email", "phone", "company_name"])
        taken = ("anne.aubry@aubrive.example", "ANNE.AUBRY@aubrive.example", "test_mayor_b")
        for wrong in (
            {"name": "Anne AUBRY"},
            {"email": "accueil@bellefontaine.example"},
            {"email": "mairie@aubrive.example"},
            {"email": ""},
            *({"email": email} for email in taken),
        ):
            with self.subTest(wrong=wrong):
                answer = self._submit(**wrong).json()
                self.assertIn(next(iter(wrong)), answer["invalid_fields"])
                self.assertTrue(answer["messages"])
        self.assertEqual(self.councillor.read(["name", "email", "phone", "company_name"]), before)

    def test_a_councillor_does_not_become_the_mayor_by_programs(self):
        user = self.portal_a_limited.with_user(self.portal_a_limited)
        for wrong in (
            {"name": "Anne AUBRY"},
            {"email": "anne.aubry@aubrive.example"},
            {"email": "mairie@aubrive.example"},
        ):
            with (
                self.subTest(wrong=wrong),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                user.write(wrong)
        user.write({"phone": "0387000002", "name": self.councillor.name})
        self.assertEqual(self.councillor.phone, "0387000002")

    def test_anyone_who_acts_for_the_commune_may_use_the_address_of_the_town_hall(self):
        self.portal_both.with_user(self.portal_both).write({"email": "mairie@aubrive.example"})
        self.assertEqual(self.portal_both.email, "mairie@aubrive.example")
        with self.assertRaises(UserError):
            self.portal_b.with_user(self.portal_b).write({"email": "mairie@aubrive.example"})

    def test_nobody_renames_the_commune_that_a_contact_is_filed_under(self):
        self.councillor.parent_id = self.commune_a
        self._login("councillor_a")
        self.assertIn("redirectUrl", self._submit(company_name="Ville volée", vat="FR1").json())
        self.assertEqual(self.commune_a.name, "Aubrive")

    def test_a_person_of_a_commune_makes_no_contact(self):
        self._login("councillor_a")
        count = self.env["res.partner"].search_count([])
        for partner in ("", "-1", self.portal_a.partner_id.id, self.commune_a.id):
            answer = self._submit(partner_id=partner, name="Anne AUBRY")
            self.assertEqual(answer.status_code, 404, partner)
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        for path in ("/my/addresses", "/my/address", "/my/address?partner_id=x"):
            self.assertTrue(self.url_open(path).url.endswith("/my/account"), path)

    def test_the_page_leads_to_no_other_site(self):
        self._login("councillor_a")
        page = self.url_open("/my/account?redirect=https://piege.example")
        self.assertNotIn("piege.example", page.text)
        answer = self._submit(callback="//piege.example")
        self.assertEqual(answer.json()["redirectUrl"], "/my/account")

    def test_where_anybody_signs_up_the_address_of_a_mayor_is_not_for_anyone_who_types_it(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.councillor.email = "paul.roy@aubrive.example"
        self.authenticate(None, None)
        values = {"password": "mot-de-passe-1", "confirm_password": "mot-de-passe-1"}
        answer = self._post("/web/signup", login="paul.roy@aubrive.example", name="Paul", **values)
        self.assertIn("ask us for an invitation", answer.text)
        self.assertFalse(self.env["res.users"].search([("login", "=ilike", "paul.roy%")]))
        self._post("/web/signup", login="cliente@shop.example", name="Cliente", **values)
        self.assertTrue(self.env["res.users"].search([("login", "=", "cliente@shop.example")]))

    def test_the_staff_corrects_a_name(self):
        self.councillor.with_user(self.officer).lastname = "ARNOULD"
        self.assertIn("ARNOULD", self.councillor.name)

    def test_an_employee_does_not_write_in_the_name_of_a_mayor(self):
        """Nor of a town hall, nor beside the own address, on the own file or by preferences."""
        self.commune_b.email = "mairie@éclaron.example"
        for user in (self.employee, self.reader, self.officer):
            user.partner_id.email = f"{user.id}@deuxrives.example"
            for email in (
                "anne.aubry@aubrive.example",
                "Anne <ANNE.AUBRY@aubrive.example>",
                "  Anne.Aubry@Aubrive.example  ",
                "mairie@aubrive.example",
                "accueil@bellefontaine.example",
                f"anne.aubry@aubrive.example, {user.id}@deuxrives.example",
                f"{user.id}@deuxrives.example, anne.aubry@aubrive.example",
                f"{user.id}@deuxrives.example; <mairie@aubrive.example>",
                "mairie@éclaron.example",
                "mairie@xn--claron-9ua.example",
            ):
                with self.subTest(user=user.login, email=email):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        user.with_user(user).write({"email": email})
            if user == self.officer:  # who may write a contact; the others may not
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    copied = {"email_normalized": "anne.aubry@aubrive.example"}
                    user.partner_id.with_user(user).write(copied)
            user.with_user(user).write({"email": f"autre{user.id}@deuxrives.example"})
            self.assertEqual(user.email, f"autre{user.id}@deuxrives.example")

    def test_another_identity_opens_the_account_of_a_mayor_for_nobody(self):
        """`auth_oauth` trusts the identity on the account: another one signs in as its owner.
        Without that addon, no account has such a field."""
        identity = {"oauth_uid": "intrus", "oauth_access_token": "jeton"}
        mayor, users = self.portal_a, self.env["res.users"]
        if "oauth_uid" not in users._fields:
            self.assertFalse(identity.keys() & users._fields.keys())
            return
        identity["oauth_provider_id"] = self.env.ref("auth_oauth.provider_google").id
        names = sorted(identity)
        for user in (self.employee, self.officer, self.manager, self.portal_a, self.portal_b):
            for name in names:
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        mayor.with_user(user).write({name: identity[name]})
                    self.assertFalse(mayor.sudo()[name])
        # Anyone who manages the accounts may link one: the mayor cannot sign for a day, and is
        # notified.
        self.officer.group_ids += self.env.ref("base.group_erp_manager")
        self.env.flush_all()
        self.env.invalidate_all()
        mandate = mayor.partner_id.held_mandate_ids
        mandate.sudo().signing_changed_at = mayor.partner_id.sudo().signing_changed_at = False
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            mayor.with_user(self.officer).write({"oauth_access_token": "jeton"})
        identity.pop("oauth_access_token")
        mayor.with_user(self.officer).write(identity)
        self.assertTrue(mayor.partner_id.sudo().signing_changed_at)
