"""Hand-overs: logged, counted, limited, never rewritten."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestTransfers(RequestCase):
    def test_each_hand_over_is_logged_with_its_reason_and_the_time_held(self):
        ticket = self._request()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET holder_since = now() AT TIME ZONE 'utc'"
            " - interval '5 hours' WHERE id = %s",
            (ticket.id,),
        )
        ticket.invalidate_recordset()
        ticket._transfer(self.water, "Le réseau d’eau s’affaisse")
        self.assertEqual(ticket.team_id, self.water)
        log = ticket.transfer_ids
        self.assertRecordValues(
            log,
            [
                {
                    "from_team_id": self.roads.id,
                    "to_team_id": self.water.id,
                    "reason": "Le réseau d’eau s’affaisse",
                    "rank": 1,
                }
            ],
        )
        self.assertAlmostEqual(log.hold_hours, 5, delta=0.1)
        self.assertEqual(ticket.transfer_count, 1)

    def test_a_change_of_team_by_hand_is_a_hand_over_too(self):
        ticket = self._request()
        ticket.team_id = self.water
        self.assertEqual(ticket.transfer_count, 1)
        self.assertTrue(ticket.transfer_ids.reason)

    def test_a_referent_saves_the_topic_of_another_department(self):
        """The request goes out of the sight of the referent: it is saved, and shown a last time."""
        ticket = self._request().with_user(self.referent)
        self.env.flush_all()
        self.env.invalidate_all()
        asked = {"name": {}, "topic_id": {"fields": {"display_name": {}}}, "team_id": {}}
        [shown] = ticket.web_save({"topic_id": self.water_topic.id}, asked)
        self.assertEqual((shown["id"], shown["name"]), (ticket.id, ticket.sudo().name))
        self.assertEqual(shown["topic_id"]["id"], self.water_topic.id)
        self.assertEqual(ticket.sudo().team_id, self.water)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            ticket.read(["name"])

    def test_the_third_asks_a_manager_for_a_reason(self):
        ticket = self._request().with_user(self.officer)
        ticket._transfer(self.water, "Un")
        ticket._transfer(self.roads, "Deux")
        for attempt in ({}, {"manager_reason": "Je le dis"}):
            with self.subTest(**attempt), self.assertRaises(UserError):
                ticket._transfer(self.water, "Trois", **attempt)
        with self.assertRaises(UserError):
            ticket.with_user(self.manager)._transfer(self.water, "Trois")
        ticket.with_user(self.manager)._transfer(
            self.water, "Trois", manager_reason="Compétence tranchée en réunion"
        )
        self.assertEqual(ticket.transfer_count, 3)
        self.assertEqual(ticket.transfer_ids[-1].manager_reason, "Compétence tranchée en réunion")

    def test_the_log_cannot_be_rewritten_nor_erased(self):
        ticket = self._request()
        ticket._transfer(self.water, "Un")
        for change in (
            lambda log: log.write({"reason": "Autre"}),
            lambda log: log.unlink(),
        ):
            with self.assertRaises(UserError):
                change(ticket.transfer_ids.with_user(self.manager))
            with self.assertRaises(UserError):
                change(ticket.transfer_ids.sudo())

    def test_the_wizard_proposes_the_referent_of_the_new_team(self):
        self.water_topic.referent_ids.create(
            {"topic_id": self.road_topic.id, "user_id": self.referent.id}
        )
        ticket = self._request()
        action = ticket.action_transfer()
        wizard = Form(self.env["commune.request.transfer.wizard"].with_context(**action["context"]))
        wizard.team_id = self.water
        self.assertEqual(wizard.user_id, self.officer)
        wizard.reason = "Fuite"
        wizard.save().action_transfer()
        self.assertEqual(ticket.team_id, self.water)
        self.assertEqual(ticket.user_id, self.officer)

    def test_an_officer_asks_a_manager_once_the_limit_is_reached(self):
        ticket = self._request()
        ticket._transfer(self.water, "Un")
        ticket._transfer(self.roads, "Deux")
        wizard = (
            self.env["commune.request.transfer.wizard"]
            .with_user(self.officer)
            .create(
                {"ticket_ids": ticket.ids, "team_id": self.water.id, "reason": "Encore de l’eau"}
            )
        )
        self.assertTrue(wizard.is_beyond_promise)
        self.assertFalse(wizard.is_manager)
        wizard.action_ask_manager()
        activity = ticket.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertTrue(
            activity.user_id.has_group("commune_relations.group_manager"), activity.user_id.name
        )
        self.assertIn("Encore de l’eau", activity.note)

    def test_the_same_team_is_no_hand_over(self):
        ticket = self._request()
        wizard = self.env["commune.request.transfer.wizard"].create(
            {"ticket_ids": ticket.ids, "team_id": self.roads.id, "reason": "Rien"}
        )
        with self.assertRaises(UserError):
            wizard.action_transfer()
        ticket.write({"team_id": self.roads.id})
        self.assertEqual(ticket.transfer_count, 0)
