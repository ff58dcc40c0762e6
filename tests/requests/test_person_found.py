"""Search for staff by name: the first interlocutor, shown as absent when away."""

from datetime import timedelta

from odoo import Command
from odoo.fields import Datetime
from odoo.tests import tagged

from ..test_portal_home import HomeCase


@tagged("post_install", "-at_install")
class TestPersonSearch(HomeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["commune.topic"].search([("code", "=", "VOI-ECL")])
        for user, name in ((cls.officer, "VAUTRIN"), (cls.reader, "QUIRIN")):
            user.partner_id.write({"firstname": "Claire", "lastname": name})
        cls.env["commune.topic.referent"].create(
            [
                {
                    "topic_id": cls.topic.id,
                    "user_id": cls.officer.id,
                    "commune_ids": [Command.set(cls.commune_a.ids)],
                },
                {"topic_id": cls.topic.id, "user_id": cls.reader.id},
            ]
        )

    def _find(self, words, place):
        return self.env["commune.finder"].with_user(self.portal_both)._find_persons(words, place)

    def test_a_topic_leads_to_one_person_of_a_commune(self):
        """The referent of all the communes answers where no other one was named."""
        self.assertEqual(len(self._find("Vautrin", self.commune_a)), 1)
        self.assertEqual(self._find("Quirin", self.commune_a), [])
        self.assertEqual(len(self._find("Quirin", self.commune_b)), 1)

    def test_who_is_away_is_not_reached_today(self):
        (found,) = self._find("Vautrin", self.commune_a)
        self.assertTrue(found["available"])
        self.officer.out_of_office_from = Datetime.now() - timedelta(days=1)
        (found,) = self._find("Vautrin", self.commune_a)
        self.assertFalse(found["available"])
