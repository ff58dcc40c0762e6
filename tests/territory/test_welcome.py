"""Anyone who we invited reads our letter alone; the others keep the welcome of Odoo."""

import re

from odoo.tests import tagged

from .portal_case import PortalCase

PASSWORD = "soixante-dix moulins"


@tagged("post_install", "-at_install")
class TestWelcome(PortalCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _welcomed(self, address, login):
        """Choose a password with the link of a letter; whether Odoo welcomes the person then."""
        page = self._post(
            re.sub("^https?://[^/]+", "", address),
            token=re.search("token=([^&]+)", address)[1],
            login=login,
            name="Nadia ORFÈVRE",
            password=PASSWORD,
            confirm_password=PASSWORD,
        )
        self.assertEqual(page.status_code, 200)
        account = self.env["res.users"].search([("login", "=", login)])
        self.assertTrue(account.login_date)
        letters = self.env["mail.mail"].search(
            ["|", ("email_to", "like", login), ("recipient_ids", "in", account.partner_id.ids)]
        )
        return any("Welcome" in subject for subject in letters.mapped("subject"))

    def test_a_person_invited_to_the_portal_receives_the_invitation_alone(self):
        person = self.env["res.partner"].create(
            {"firstname": "Nadia", "lastname": "ORFÈVRE", "email": "nadia@aubrive.example"}
        )
        self._mandate(person, self.commune_a, "dgs").with_user(self.officer).action_portal_invite()
        self.assertFalse(self._welcomed(person._get_signup_url(), "nadia@aubrive.example"))

    def test_a_colleague_that_the_manager_invites_too(self):
        login = "nadia@deux-rives.example"
        window = self.env["commune.staff.account"].with_user(self.manager)
        values = {"firstname": "Nadia", "lastname": "ORFÈVRE", "role": "officer"}
        window.create({"email": login, **values}).action_save()
        colleague = self.env["res.users"].search([("login", "=", login)])
        self.assertFalse(self._welcomed(colleague.partner_id._get_signup_url(), login))

    def test_the_customer_of_another_application_is_welcomed_by_odoo(self):
        login = "client@boutique.example"
        customer = self.env["res.partner"].create({"name": "Client", "email": login})
        customer.signup_prepare()
        self.assertTrue(self._welcomed(customer._get_signup_url(), login))
