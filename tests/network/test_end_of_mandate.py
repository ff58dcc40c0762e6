"""The end of a mandate, written or come with the calendar: lists, group and invitations the
same day."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .mailing_case import MailingCase


@tagged("post_install", "-at_install")
class TestEndOfMandate(MailingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audience = cls._audience("dgs", name="DGS (essai)")
        cls.group = cls.env["mail.group"].create(
            {"name": "DGS (essai)", "access_mode": "members", "audience_id": cls.audience.id}
        )
        cls.leaves = cls._person("Dora", "GERANT", "mme", "dora.gerant@bellefontaine.example")
        cls.stays = cls._person("Didier", "GERANT", "m", "didier.gerant@aubrive.example")
        cls.post = cls._mandate(cls.leaves, cls.commune_b, "dgs")
        cls._mandate(cls.stays, cls.commune_a, "dgs")
        begin = fields.Datetime.now() + timedelta(days=20)
        cls.event = cls.env["event.event"].create(
            {
                "name": "Rencontre",
                "kind": "information",
                "date_begin": begin,
                "date_end": begin + timedelta(hours=2),
                "audience_ids": cls.audience.ids,
            }
        )

    def _reached(self):
        """Where each of the two persons is: list, group, letter, invitation not sent yet."""
        self.env.invalidate_all()
        both = self.leaves | self.stays
        return [
            self.audience.mailing_list_id.contact_ids.partner_id & both,
            self.group.member_ids.partner_id & both,
            self.env["res.partner"].browse(self._letter()._plan_recipients()) & both,
            self.event._get_invitable().partner_id & both,
        ]

    def _assert_all(self, persons):
        for where, found in zip(
            ("list", "group", "letter", "invitation"), self._reached(), strict=True
        ):
            self.assertEqual(found, persons, where)

    def test_ended_by_hand_at_once(self):
        self._assert_all(self.leaves | self.stays)
        self.post.date_end = self.today
        self._assert_all(self.stays)

    def test_ended_by_the_calendar_the_same_night(self):
        """The day comes from PostgreSQL, which no patch of Python's clock changes: the row is moved
        instead. A mandate written with a last day still to come is over this morning."""
        self.post.date_end = self.today + timedelta(days=1)
        self._assert_all(self.leaves | self.stays)
        self.env.cr.execute(
            "UPDATE commune_mandate SET date_end = %s WHERE id = %s", (self.today, self.post.id)
        )
        self.env.invalidate_all()
        # What is sent looks at the mandates of the moment, before the night has passed.
        self.assertEqual(self._reached()[2:], [self.stays] * 2)
        self.env["commune.audience"]._cron_sync()
        self._assert_all(self.stays)

    def test_what_was_already_sent_opens_nothing_any_more(self):
        self.event.action_invite()
        invitation = self.event.invitation_ids.filtered(lambda i: i.partner_id == self.leaves)
        token = invitation.sudo().token
        self.assertTrue(invitation._find_by_token(token))
        self.post.date_end = self.today
        self.assertFalse(invitation._find_by_token(token))
        sent = self.env["mail.mail"].search_count([("recipient_ids", "in", self.leaves.ids)])
        self.event.action_invite_again()
        after = self.env["mail.mail"].search_count([("recipient_ids", "in", self.leaves.ids)])
        self.assertEqual(after, sent)
