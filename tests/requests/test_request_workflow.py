"""Small promises of the request form: taking up, similar requests, silent owners, numbers."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestRequestLife(RequestCase):
    def test_a_request_without_topic_is_the_desk_s(self):
        ticket = self._request(topic_id=False)
        self.assertEqual(ticket.team_id, self.desk)
        self.assertTrue(ticket.promised_date)

    def test_numbers_are_french_and_unique(self):
        one, two = self._request(), self._request()
        self.assertRegex(one.number, r"^D20\d\d-\d{4,}$")
        self.assertNotEqual(one.number, two.number)

    def test_taking_up_a_request_starts_it(self):
        ticket = self._request(user_id=False).with_user(self.officer)
        ticket.action_take()
        self.assertEqual(ticket.user_id, self.officer)
        self.assertEqual(ticket.stage_kind, "in_progress")

    def test_a_closed_request_is_not_taken_up(self):
        ticket = self._request()
        ticket._move_to("answered")
        with self.assertRaises(UserError):
            ticket.action_take()

    def test_a_request_without_answer_is_not_closed(self):
        ticket = self._request()
        with self.assertRaises(UserError):
            ticket.action_close()

    def test_a_reader_changes_nothing(self):
        ticket = self._request().with_user(self.reader)
        for action in ("action_take", "action_cancel", "action_reopen", "action_close"):
            with self.subTest(action=action), self.assertRaises(UserError):
                getattr(ticket, action)()

    def test_similar_requests_are_those_of_the_commune_the_topic_and_the_month(self):
        ticket, alike = self._request(), self._request()
        old = self._request()
        self._request(self.commune_b, self.portal_b)
        self._request(topic_id=self.water_topic.id)
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = create_date - interval '31 days'"
            " WHERE id = %s",
            (old.id,),
        )
        self.env.invalidate_all()
        self.assertEqual(ticket.similar_ids, alike)

    def test_a_silent_owner_is_found_after_ten_days(self):
        ticket = self._request(user_id=self.officer.id)
        self.assertFalse(ticket.is_silent)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = create_date - interval '11 days'"
            " WHERE id = %s",
            (ticket.id,),
        )
        self.env.cr.execute(
            "UPDATE mail_message SET date = date - interval '11 days'"
            " WHERE model = 'helpdesk.ticket' AND res_id = %s",
            (ticket.id,),
        )
        self.env.invalidate_all()
        self.assertTrue(ticket.is_silent)
        ticket.message_post(body="Je regarde cette semaine")
        self.env.invalidate_all()
        self.assertFalse(ticket.is_silent)

    def test_the_owners_of_a_batch_are_found_in_as_many_queries_as_communes(self):
        def count(number):
            values = [
                {"topic_id": topic.id, "commune_id": commune.id}
                for topic in (self.road_topic, self.water_topic)
                for commune in (self.commune_a, self.commune_b)
            ] * number
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            completed = self.env["helpdesk.ticket"]._complete_values(values)
            self.assertEqual(
                {(v["team_id"], v["user_id"]) for v in completed},
                {(self.roads.id, self.manager.id), (self.water.id, self.officer.id)},
            )
            return self.env.cr.sql_log_count - start

        count(1)
        self.assertEqual(count(1), count(20))

    def test_one_step_of_each_meaning_and_those_of_helpdesk_are_left_to_it(self):
        kinds = self.desk._get_applicable_stages().mapped("kind")
        self.assertEqual(len(kinds), 8)
        self.assertEqual(len(set(kinds)), 8)
        rejected = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")
        self.assertTrue(rejected.active)
        self.assertFalse(rejected.serves_communes)
