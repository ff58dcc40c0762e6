"""Silent communes: each kind of sign, its day, and who gave none."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestSilence(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.communes = cls.commune_a | cls.commune_b
        cls.silence = cls.env["commune.silence"]

    def _get_last(self, commune):
        return self.silence._get_last_signs(self.communes)[commune.id]

    def _ask(self, commune, weeks):
        """A request that arrived so many weeks ago, at noon."""
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Essai", "description": "Essai", "commune_id": commune.id}
        )
        moment = datetime.combine(self.today, datetime.min.time()).replace(hour=12)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s",
            (moment - timedelta(weeks=weeks), ticket.id),
        )
        return ticket

    def test_a_commune_that_never_gave_a_sign_is_silent_and_comes_first(self):
        self._ask(self.commune_b, 20)
        silent = self.silence._get_silent(8, self.communes)
        self.assertEqual(list(silent), [self.commune_a.id, self.commune_b.id])
        self.assertIsNone(silent[self.commune_a.id])

    def test_the_last_request_counts_and_eight_weeks_ago_is_not_silent(self):
        self._ask(self.commune_a, 30)
        self._ask(self.commune_a, 8)
        self._ask(self.commune_b, 9)
        day = self.today - timedelta(weeks=8)
        self.assertEqual(self._get_last(self.commune_a), (day, "request"))
        self.assertEqual(list(self.silence._get_silent(8, self.communes)), [self.commune_b.id])
        self.assertFalse(self.silence._get_silent(9, self.communes))

    def test_a_login_counts_for_the_communes_of_the_mandates_of_the_day(self):
        for user in (self.portal_both, self.portal_ended):
            self.env["res.users.log"].with_user(user).sudo().create({})
        for commune in self.communes:
            self.assertEqual(self._get_last(commune).kind, "login")
        self.env["res.users.log"].sudo().search([]).unlink()
        self.env["res.users.log"].with_user(self.portal_ended).sudo().create({})
        self.env["res.users.log"].with_user(self.officer).sudo().create({})
        self.assertIsNone(self._get_last(self.commune_a))

    def test_an_answer_to_a_directory_campaign_is_a_sign_and_being_asked_is_none(self):
        campaign = self.env["commune.directory.campaign"].create(
            {"name": "Essai", "date_end": self.today + timedelta(days=9)}
        )
        recipient = self.env["commune.directory.recipient"].create(
            {
                "campaign_id": campaign.id,
                "commune_id": self.commune_b.id,
                "partner_id": self.portal_b.partner_id.id,
            }
        )
        self.assertIsNone(self._get_last(self.commune_b))
        recipient.sudo().answered_date = fields.Datetime.now() - timedelta(days=3)
        self.assertEqual(self._get_last(self.commune_b).kind, "answer")

    def test_what_is_to_come_is_no_sign_yet(self):
        self._ask(self.commune_a, -2)
        self.assertIsNone(self._get_last(self.commune_a))

    def test_as_many_queries_for_one_commune_as_for_more(self):
        counts = []
        for communes in (self.communes, self.commune_a, self.communes):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.silence._get_last_signs(communes)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
