"""What nobody writes by hand: answers of communes, steps of a campaign, certificates, lists."""

from datetime import timedelta

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestNetworkProofs(EventHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["commune.directory.campaign"].create(
            {
                "name": "Automne",
                "date_end": cls.today + timedelta(days=20),
                "commune_ids": (cls.commune_a | cls.commune_b).ids,
            }
        )

    def test_an_officer_opens_a_campaign_by_the_button_and_answers_for_nobody(self):
        campaign = self.campaign.with_user(self.officer)
        for values in ({"state": "open"}, {"date_open": "2020-01-01"}):
            with self.assertRaises(UserError, msg=values):
                campaign.write(values)
        with self.assertRaises(UserError):
            campaign.copy({"state": "closed"})
        with self.assertRaises(UserError):
            self.env["commune.directory.recipient"].with_user(self.officer).create(
                {
                    "campaign_id": campaign.id,
                    "commune_id": self.commune_a.id,
                    "partner_id": self.portal_a.partner_id.id,
                    "answered_date": "2020-01-01 08:00:00",
                }
            )
        campaign.action_open()
        self.assertEqual(campaign.state, "open")
        campaign.action_close()
        self.assertEqual(campaign.state, "closed")

    def test_the_number_of_a_certificate_comes_by_itself(self):
        self._register(self.mandate_a_limited)
        registration = self._registration(self.mandate_a_limited).with_user(self.officer)
        with self.assertRaises(UserError):
            registration.certificate_number = "ATT-1"
        self.assertFalse(registration.certificate_number)

    def test_a_person_of_a_commune_does_not_refresh_the_lists(self):
        lists = self.env["mailing.list"].search([("audience_ids", "!=", False)], limit=1)
        self.assertTrue(lists)
        for user in (self.portal_a, self.employee):
            with self.assertRaises(AccessError):
                lists.with_user(user).action_sync()

    def test_a_null_character_or_a_file_in_a_correction_breaks_nothing(self):
        self.campaign.with_user(self.officer).action_open()
        self._login(self.portal_a)
        path = "/my/directory-campaign/answer"
        values = {
            "csrf_token": http.Request.csrf_token(self),
            "commune_id": self.commune_a.id,
            "answer": "wrong",
        }
        sent = self.url_open(path, data=values, files={"correction": ("a.txt", b"x")})
        self.assertEqual(sent.status_code, 422)
        sent = self.url_open(path, data={**values, "correction": "Le\x00 fax"})
        self.assertEqual(sent.status_code, 200)
        answered = self.campaign.recipient_ids.filtered("answered_date")
        self.assertEqual(answered.correction, "Le fax")
