"""Accounts that no mandate opens any more: listed to the staff, archived by them."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestPortalAccounts(CommuneCase):
    def _listed(self):
        return (
            self.env["res.users"].with_user(self.officer).search([("without_mandate", "=", True)])
        )

    def test_a_person_is_listed_from_the_last_day_on(self):
        listed = self._listed()
        self.assertIn(self.portal_ended, listed)
        self.assertNotIn(self.portal_a, listed)
        self.mandate_a.date_end = self.today
        self.assertIn(self.portal_a, self._listed())
        self.assertTrue(self.portal_a.with_user(self.officer).without_mandate)

    def test_a_mandate_left_or_to_come_keeps_the_account(self):
        self.mandate_both_a.date_end = self.today
        self._mandate(
            self.portal_ended,
            self.commune_b,
            "councillor",
            date_start=self.today + timedelta(days=366),
        )
        self.assertFalse(self._listed() & (self.portal_both | self.portal_ended))

    def test_anyone_who_never_held_anything_is_not_managed(self):
        customer = self._portal("customer", "Chloé", "CLIENT", "mme")
        self.assertNotIn(customer, self._listed())
        self.assertNotIn(self.employee, self._listed())

    def test_the_list_shows_the_last_mandate(self):
        user = self.portal_ended.with_user(self.officer)
        self.assertEqual(user.last_mandate_id, self.mandate_ended)
        self.assertEqual(user.last_mandate_date_end, self.mandate_ended.date_end)

    def test_the_title_of_the_list_counts(self):
        count = len(self._listed())
        action = self.env["res.users"].with_user(self.officer)._get_lost_access_action()
        self.assertIn(f"({count})", action["name"])

    def test_an_officer_archives_these_accounts_and_no_other(self):
        users = self.portal_ended | self.portal_a
        users.with_user(self.officer).action_portal_archive()
        self.assertFalse(self.portal_ended.active)
        self.assertTrue(self.portal_a.active)
        self.assertTrue(self.portal_ended.partner_id.active)

    def test_others_archive_nothing(self):
        for user in (self.reader, self.referent, self.portal_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.portal_ended.with_user(user).action_portal_archive()
        self.assertTrue(self.portal_ended.active)
