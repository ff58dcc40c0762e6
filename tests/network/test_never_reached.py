"""Communes that no letter reaches, across the letters of a year. By hand:

Aubrive (two persons) and Bellefontaine (one), then each case one letter at a time.
"""

from odoo.tests import tagged

from .test_mailing import QuietCase


@tagged("post_install", "-at_install")
class TestNeverReached(QuietCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.network_weekly_limit = 0

    def _write(self, opened=(), bounced=(), months=0):
        """A letter that has arrived, opened by these persons; returned from those."""
        letter = self._send(self._letter())
        for trace in self._traces(letter):
            trace.set_sent()
            if trace.partner_id in opened:
                trace.set_opened()
            if trace.partner_id in bounced:
                trace.set_bounced()
        self.env.flush_all()
        if months:
            self.env.cr.execute(
                "UPDATE commune_mailing_recipient"
                " SET create_date = create_date - %s * interval '1 month' WHERE mailing_id = %s",
                (months, letter.id),
            )
        self.env.invalidate_all()
        return letter

    def _never(self):
        self.env.invalidate_all()
        found = self.env["res.partner"].search([("network_never_reached", "=", True)])
        self.assertEqual(
            found, (self.commune_a | self.commune_b).filtered("network_never_reached") & found
        )
        return found & (self.commune_a | self.commune_b)

    def test_before_the_first_letter_nothing_is_shown(self):
        self.assertFalse(self._never())

    def test_one_person_who_opened_is_enough(self):
        self._write(opened=self.deputy)
        self.assertEqual(self._never(), self.commune_b)
        self._write(opened=self.mayor_b)
        self.assertFalse(self._never())

    def test_the_last_five_letters_count(self):
        self._write(opened=self.mayor_a | self.mayor_b)
        for _letter in range(4):
            self._write(opened=self.mayor_b)
        self.assertFalse(self._never())
        self._write(opened=self.mayor_b)
        self.assertEqual(self._never(), self.commune_a)

    def test_a_letter_of_more_than_a_year_ago_does_not_count(self):
        self._write(opened=self.mayor_a | self.mayor_b, months=13)
        self.assertFalse(self._never())
        self._write(opened=self.mayor_b)
        self.assertEqual(self._never(), self.commune_a)

    def test_addresses_that_all_come_back(self):
        self._write(opened=self.mayor_a | self.deputy | self.mayor_b)
        self._write(bounced=self.mayor_a | self.mayor_b)
        # In Aubrive the address of the deputy is still good.
        self.assertEqual(self._never(), self.commune_b)
        self._write(bounced=self.deputy | self.mayor_b, opened=self.mayor_a)
        self.assertEqual(self._never(), self.commune_b)

    def test_a_commune_that_no_letter_was_meant_for(self):
        self.mandate_b.action_end_today()
        self._write(opened=self.mayor_a)
        self.assertEqual(self._never(), self.commune_b)

    def test_the_filter_of_the_statistics(self):
        letter = self._write(opened=self.deputy)
        lines = self.env["commune.mailing.stat"].with_user(self.reader)
        domain = [("mailing_id", "=", letter.id)]
        found = lines.search([*domain, ("never_reached", "=", True)])
        self.assertEqual(found.partner_id, self.mayor_b)
        others = lines.search([*domain, ("never_reached", "=", False)])
        self.assertEqual(others.partner_id, self.mayor_a | self.deputy)
        self.assertEqual(others.mapped("never_reached"), [False, False])
