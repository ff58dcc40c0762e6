from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementSlot(ReplacementCase):
    def test_an_agent_is_never_in_two_places_at_once(self):
        """M6: the same Monday is refused, another half-day of the day is accepted."""
        first, second = self._request(), self._request(self.commune_a)
        first._hold(self.nadia, first.slot_ids)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            second.slot_ids.write({"employee_id": self.nadia.id, "state": "held"})
            self.env.flush_all()

    def test_the_second_user_reads_who_took_the_agent_and_where(self):
        first, second = self._request(), self._request()
        first._hold(self.nadia, first.slot_ids[:1])
        with self.assertRaises(UserError) as caught:
            second._hold(self.nadia, second.slot_ids)
        sentence = str(caught.exception)
        for word in ("Nadia F.", "Aubrive", "OdooBot"):
            self.assertIn(word, sentence)
        self.assertEqual(set(second.slot_ids.mapped("state")), {"open"})

    def test_a_half_day_is_given_once(self):
        request = self._request()
        request._hold(self.nadia, request.slot_ids)
        with self.assertRaisesRegex(UserError, "Nadia"):
            request._hold(self.karim, request.slot_ids)

    def test_a_declined_proposal_frees_the_half_days(self):
        request = self._request()
        proposal = request._hold(self.nadia, request.slot_ids)
        proposal.action_send_agent()
        self.assertEqual(request.state, "proposed")
        proposal._answer("agent", False, None, "distance")
        self.assertEqual(set(request.slot_ids.mapped("state")), {"open"})
        self.assertEqual(request.state, "searching")
        self.assertTrue(request.activity_ids)
        request._hold(self.karim, request.slot_ids)
        self.assertEqual(request.filled_count, 4)

    def test_a_half_day_of_a_mission_is_not_moved_by_hand(self):
        request = self._request()
        proposal = request._hold(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        with self.assertRaises(UserError):
            request.slot_ids[0].start_datetime = "2027-01-13 09:00:00"

    def test_an_open_half_day_is_dragged_to_another_day(self):
        request = self._request()
        request.slot_ids[0].start_datetime = "2027-01-13 13:00:00"  # 14 h in Metz
        self.assertIn(("2027-01-13", "pm"), self._days(request.slot_ids))

    def test_a_manager_sets_the_hours_of_the_half_days(self):
        request = self._request()
        rule = self.env.ref("commune_relations.work_rule_morning_start")
        rule.with_user(self.manager).value = 9
        # 9 h in Metz in January is 8 h in universal time.
        self.assertEqual(str(request.slot_ids[0].start_datetime), "2027-01-11 08:00:00")

    def test_a_manager_sets_the_time_to_answer(self):
        request = self._request()
        wizard = self.env["commune.replacement.settings"].with_user(self.manager).create({})
        self.assertEqual(wizard.proposal_answer_hours, 48)
        wizard.write({"proposal_answer_hours": 24})
        wizard.action_save()
        proposal = request._hold(self.nadia, request.slot_ids)
        proposal.action_send_agent()
        delay = proposal.expiry_date - proposal.sent_agent_date
        self.assertEqual(round(delay.total_seconds() / 3600), 24)
        with self.assertRaises(AccessError):
            wizard.with_user(self.coordinator).action_save()

    def test_half_days_are_cancelled_never_deleted(self):
        request = self._request()
        request._hold(self.nadia, request.slot_ids)
        with self.assertRaises(UserError):
            request.slot_ids.unlink()
