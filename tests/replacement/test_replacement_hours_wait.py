"""Weeks of hours: a signature that is a day old at most signs nothing."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .hours_case import HoursCase


@tagged("post_install", "-at_install")
class TestSigningOfHoursWaits(HoursCase):
    watches_signatories = True

    def test_a_mayor_whose_address_changed_lets_the_secretary_sign(self):
        sheet = self._sheet()
        self._watch_signatories()
        self.portal_a.partner_id.with_user(self.officer).email = "x@elsewhere.example"
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            self._sign(sheet)
        self.assertIn("you can sign from", str(caught.exception))
        self.assertEqual(sheet.state, "submitted")
        self._sign(sheet, user=self.portal_both, name="Sophie COLIN")
        self.assertEqual(sheet.state, "validated")
