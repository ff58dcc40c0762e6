"""Nobody of the organisation obtains the link that opens the account of a mayor."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CommuneCase

TEMPLATES = ("auth_signup.set_password_email", "auth_signup.portal_set_password_email")


@tagged("post_install", "-at_install")
class TestSignupLink(CommuneCase):
    def test_no_template_gives_it_to_another_address(self):
        """Nor the window where a letter is prepared."""
        for xmlid in TEMPLATES:
            template = self.env.ref(xmlid)
            for user in (self.officer, self.coordinator, self.reader):
                with self.subTest(template=xmlid, user=user.login):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        template.with_user(user).send_mail(
                            self.portal_a.id, email_values={"email_to": "moi@metropole.example"}
                        )
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        composer = self.env["mail.compose.message"].with_user(user)
                        composer.create(
                            {
                                "model": "res.users",
                                "res_ids": self.portal_a.ids,
                                "template_id": template.id,
                            }
                        ).read(["body"])

    def test_the_person_and_the_administrator_of_accounts_have_it(self):
        mayor = self.portal_a.partner_id
        self.assertIn("token=", mayor.with_user(self.portal_a).sudo(False)._get_signup_url())
        admin = self.env.ref("base.user_admin")
        self.assertIn("token=", mayor.with_user(admin)._get_signup_url())
        with self.assertRaises(AccessError):
            mayor.with_user(self.officer)._get_signup_url()

    def test_the_account_of_another_person_stays_as_odoo_has_it(self):
        supplier = self.env["res.partner"].create({"name": "Fournisseur"})
        self.assertIn("token=", supplier.with_user(self.officer)._get_signup_url())
