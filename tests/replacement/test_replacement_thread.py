"""Staff messages about a replacement are hidden from communes and agents."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .hours_case import HoursCase


@tagged("post_install", "-at_install")
class TestReplacementThread(HoursCase):
    def test_the_messages_of_the_staff_are_neither_for_the_commune_nor_for_the_agent(self):
        mission = self._mission()
        sheet = self._sheet(mission)
        self._sign(sheet)
        statement = self._billed(sheet)
        statement.action_check()
        statement.action_issue()
        records = [mission.request_id, mission, mission.amendment_ids[:1], sheet, statement]
        for record in records:
            # Read by the commune: that is what opened the messages with it.
            self.assertTrue(record.with_user(self.portal_a).read(["display_name"]), record._name)
            message = record.message_post(
                body="Entre nous", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            for user in (self.portal_a, self.agent_user):
                with self.subTest(model=record._name, user=user.login):
                    seen = self.env["mail.message"].with_user(user)
                    self.assertFalse(seen.search([("id", "=", message.id)]))
                    with self.assertRaises(AccessError):
                        seen.browse(message.id).read(["body"])
            staff = self.env["mail.message"].with_user(self.coordinator)
            self.assertTrue(staff.search([("id", "=", message.id)]), record._name)
