"""A call noted in four fields."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestQuickEntry(RequestCase):
    def _form(self):
        return Form(self.env["commune.request.quick"].with_user(self.officer))

    def test_the_number_gives_the_caller_and_the_commune(self):
        self.portal_a.partner_id.phone = "+33 3 87 11 22 33"
        form = self._form()
        form.phone = "03.87.11.22.33"
        self.assertEqual(form.partner_id, self.portal_a.partner_id)
        self.assertEqual(form.commune_id, self.commune_a)

    def test_the_number_of_the_town_hall_gives_the_commune(self):
        self.commune_b.phone = "03 87 44 55 66"
        form = self._form()
        form.phone = "0033387445566"
        self.assertFalse(form.partner_id)
        self.assertEqual(form.commune_id, self.commune_b)

    def test_a_secretary_of_two_communes_says_which(self):
        self.portal_both.partner_id.phone = "0387112244"
        form = self._form()
        form.phone = "0387112244"
        self.assertEqual(form.partner_id, self.portal_both.partner_id)
        self.assertFalse(form.commune_id)
        form.commune_id = self.commune_b
        self.assertEqual(form.commune_id, self.commune_b)

    def test_the_topic_stays_when_the_commune_is_named_last(self):
        form = self._form()
        form.question = "nid de poule rue de la Gare"
        self.assertEqual(form.topic_id, self.road_topic)
        quick = form.save()
        with self.assertRaises(UserError):
            quick.action_save()
        with Form(quick) as again:
            again.commune_id = self.commune_a
            self.assertEqual(again.topic_id, self.road_topic)
        ticket = self.env["helpdesk.ticket"].browse(quick.action_save_and_open()["res_id"])
        self.assertEqual(ticket.topic_id, self.road_topic)

    def test_the_person_who_is_named_during_the_call_gets_the_request(self):
        form = self._form()
        form.commune_id = self.commune_a
        form.question = "visite du musée"
        form.topic_id = self.topics["CUL-EQU"]
        self.assertIn(self.officer.name, form.interlocutor)
        ticket = self.env["helpdesk.ticket"].browse(form.save().action_save_and_open()["res_id"])
        self.assertEqual(ticket.user_id, self.officer)

    def test_an_unknown_or_short_number_finds_nobody(self):
        form = self._form()
        for phone in ("0399999999", "12", "", "appel masqué"):
            form.phone = phone
            self.assertFalse(form.partner_id)

    def test_four_fields_make_a_request_with_owner_and_promise(self):
        self.portal_a.partner_id.phone = "0387112233"
        form = self._form()
        form.phone = "0387112233"
        form.question = "nid de poule rue de la Gare, un scooter est tombé"
        self.assertEqual(form.topic_id, self.road_topic)
        quick = form.save()
        action = quick.action_save_and_open()
        ticket = self.env["helpdesk.ticket"].browse(action["res_id"])
        self.assertEqual(ticket.commune_id, self.commune_a)
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual(ticket.team_id, self.roads)
        self.assertTrue(ticket.user_id)
        self.assertTrue(ticket.promised_date)
        self.assertEqual(
            ticket.channel_id, self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        )
        self.assertEqual(ticket.name, "nid de poule rue de la Gare, un scooter est tombé")

    def test_the_same_question_within_thirty_days_is_shown_before_saving(self):
        known = self._request()
        form = self._form()
        form.commune_id = self.commune_a
        form.question = "nid de poule"
        self.assertIn(known, form.similar_ids[:])

    def test_nothing_is_saved_without_question_or_commune(self):
        before = self.env["helpdesk.ticket"].search_count([])
        quick = self.env["commune.request.quick"].create({"commune_id": self.commune_a.id})
        with self.assertRaises(UserError):
            quick.action_save()
        quick = self.env["commune.request.quick"].create({"question": "Bonjour"})
        with self.assertRaises(UserError):
            quick.action_save()
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)
