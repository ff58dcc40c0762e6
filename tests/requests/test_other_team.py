"""The tickets of another team, from its first letter to its last: as if we were not there."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from .other_team_case import OtherTeamCase


@tagged("post_install", "-at_install")
class TestOtherTeam(OtherTeamCase):
    def _notes(self, ticket):
        return self.env["mail.activity"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        )

    def test_a_ticket_of_another_team_is_numbered_and_begun_as_helpdesk_has_it(self):
        before = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence").number_next_actual
        ticket, request = self._ticket(), self._request()
        self.assertEqual(ticket.number, f"HT{before:05}")
        self.assertRegex(request.number, r"^D20\d\d-\d{4}$")
        self.assertEqual(ticket.stage_id, self.steps["new"])
        self.assertEqual(request.stage_id, self.env.ref("commune_relations.stage_received"))
        self.assertFalse(ticket.is_commune_request)
        self.assertTrue(request.is_commune_request)
        self.assertFalse(ticket.promised_date)
        self.assertTrue(request.promised_date)

    def test_a_ticket_without_team_stays_without(self):
        ticket = self._ticket(team_id=False)
        self.assertFalse(ticket.team_id)
        self.assertNotIn(ticket.user_id, self.officer | self.manager)
        self.assertFalse(self._notes(ticket))

    def test_moved_closed_and_opened_again_nothing_of_the_addon_follows(self):
        ticket = self._ticket(user_id=self.agent.id)
        own = ticket.with_user(self.agent)
        for step in ("in_progress", "done", "in_progress"):
            own.stage_id = self.steps[step]
        self.assertFalse(ticket.answered_date)
        self.assertFalse(ticket.pause_ids)
        self.assertEqual(ticket.reopen_count, 0)
        own.team_id = self.env["helpdesk.ticket.team"].create({"name": "Imprimantes"})
        self.assertFalse(ticket.transfer_ids)
        self.assertFalse(self._notes(ticket))

    def test_its_agent_assigns_as_before_and_is_notified_by_odoo(self):
        ticket = self._ticket()
        ticket.with_user(self.env.ref("base.user_admin")).user_id = self.agent
        messages = ticket.message_ids.filtered(
            lambda message: self.agent.partner_id in message.notified_partner_ids
        )
        self.assertFalse([message for message in messages if "commune" in (message.subject or "")])

    def test_steps_of_each_are_its_own_columns(self):
        ticket, request = self._ticket(), self._request()
        managed = self.env["helpdesk.ticket.stage"].search([("serves_communes", "=", True)])
        tickets = self.env["helpdesk.ticket"]
        found = tickets._read_group_stage_ids(
            managed.browse(), [("team_id", "=", ticket.team_id.id)]
        )
        self.assertFalse(found & managed)
        self.assertIn(self.steps["new"], found)
        asked = [("is_commune_request", "=", True)]
        self.assertEqual(tickets._read_group_stage_ids(managed.browse(), asked), managed)
        self.assertFalse(self.computers._get_applicable_stages() & managed)
        self.assertFalse(request.team_id._get_applicable_stages() - managed)

    def test_who_works_for_communes_alone_does_not_see_it(self):
        ticket, request = self._ticket(), self._request()
        both = ticket | request
        domain = [("id", "in", both.ids)]
        for user in (self.reader, self.officer, self.manager):
            self.assertEqual(both.with_user(user).search(domain), request)
        with self.assertRaises(AccessError):
            ticket.with_user(self.officer).read(["name"])

    # mail

    def test_its_agent_reads_no_request_of_a_commune(self):
        """An agent without role in the addon, unless the staff made them a follower."""
        ticket, requests = self._ticket(), self.env["helpdesk.ticket"].with_user(self.agent)
        request = self.env["helpdesk.ticket"].create(
            {
                "name": "Absence de la secrétaire",
                "description": "<p>Maladie.</p>",
                "commune_id": self.commune_a.id,
                "partner_id": self.portal_a.partner_id.id,
            }
        )
        self.assertEqual(requests.search([("id", "in", (ticket | request).ids)]), ticket)
        self.assertFalse(requests.browse(request.id).has_access("write"))
        request.message_subscribe(self.agent.partner_id.ids)
        self.assertTrue(requests.browse(request.id).has_access("read"))

    def test_a_mail_makes_a_ticket_in_the_words_of_its_sender(self):
        alias = self.computers.alias_id.display_name
        message = self._mail(self.buyer.email, "RE: TR: [URGENT] écran noir", To=alias)
        ticket = self._receive(message)
        self.assertEqual(ticket.team_id, self.computers)
        self.assertEqual(ticket.name, "RE: TR: [URGENT] écran noir")
        self.assertEqual(ticket.partner_id, self.buyer.partner_id)
        self.assertFalse(ticket.sender_recognition)
        self.assertFalse(ticket.topic_id | ticket.suggested_topic_id)
        self.assertFalse(ticket.acknowledged_date)

    def test_a_mayor_who_writes_to_another_team_makes_its_ticket(self):
        alias = self.computers.alias_id.display_name
        ticket = self._receive(self._mail("anne.aubry@mel.example", "Nids-de-poule", To=alias))
        self.assertEqual((ticket.team_id, ticket.commune_id.id), (self.computers, False))
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)

    def test_an_account_makes_no_ticket_without_team_in_the_name_of_a_commune(self):
        def hand_in(sender, user, values=None):
            mail = self._mail(sender, "Chauffage en panne", To="personne@ailleurs.example")
            gateway = self.env["mail.thread"].with_user(user)
            return gateway.message_process("helpdesk.ticket", mail.as_bytes(), values)

        mayor, hall, client = "anne.aubry@mel.example", "mairie@aubrive.example", "x@client.example"
        before = self.env["helpdesk.ticket"].search_count([])
        for sender in (mayor, hall, f"Client <{hall}>", "sophie.colin@mel.example"):
            for user in (self.employee, self.agent, self.officer):
                with self.subTest(sender=sender, user=user.login), self.assertRaises(AccessError):
                    hand_in(sender, user)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)
        # What is of no commune, of another team, or comes from the mail server is left to Odoo.
        for sender, user, values in (
            (client, self.employee, None),
            (mayor, self.employee, {"team_id": self.computers.id}),
            (mayor, self.env.ref("base.user_root"), None),
        ):
            with self.subTest(sender=sender, user=user.login):
                ticket = self.env["helpdesk.ticket"].browse(hand_in(sender, user, values))
                self.assertEqual(ticket.name, "Chauffage en panne")
                self.assertFalse(ticket.is_commune_request)

    def test_a_reply_to_a_closed_ticket_is_there_and_opens_nothing(self):
        ticket = self._ticket(user_id=self.agent.id)
        ticket.stage_id = self.steps["done"]
        sent = ticket.with_user(self.agent).message_post(
            body="C’est réparé.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        alias = self.computers.alias_id.display_name
        stranger = "inconnu@client.example"
        for sender in (self.buyer.email, stranger):
            reply = self._mail(sender, "Re: Mon écran", To=alias, In_Reply_To=sent.message_id)
            self.gateway.message_process(False, reply.as_bytes())
        words = ticket.message_ids.filtered(lambda message: message.message_type == "email")
        self.assertEqual(len(words), 2)
        self.assertFalse(words.subtype_id.filtered("internal"))
        self.assertEqual(ticket.stage_id, self.steps["done"])
        self.assertFalse(self._notes(ticket))

    def test_letters_of_another_team_lead_to_its_page(self):
        ticket, request = self._ticket(), self._request()
        self.assertEqual(ticket.access_url, f"/my/ticket/{ticket.id}")
        self.assertEqual(request.access_url, f"/my/requests/{request.id}")
        self.assertIn(ticket._portal_ensure_token(), ticket.get_portal_url())
        self.assertFalse(request._portal_ensure_token())

    # commitments

    def test_a_commitment_without_milestone_follows_the_steps(self):
        commitment = self.env["helpdesk.sla"].create(
            {"name": "Deux jours", "days": 2, "stage_id": self.steps["done"].id}
        )
        calendar = self.computers.resource_calendar_id
        with freeze_time("2026-11-02 09:00:00"):
            ticket = self._ticket()
            [row] = ticket.ticket_sla_ids
            self.assertEqual((row.sla_id, row.state), (commitment, "in_progress"))
            wanted = calendar.plan_hours(
                2 * calendar.hours_per_day, ticket.create_date, compute_leaves=True
            )
            self.assertEqual(row.deadline, wanted)
            self.assertFalse(ticket.sla_expired)
            ticket.stage_id = self.steps["done"]
            self.assertEqual(row.state, "accomplished")
            request = self._request()
        self.assertNotIn(commitment, request.ticket_sla_ids.sla_id)
        self.assertEqual(
            set(request.ticket_sla_ids.mapped("milestone")),
            {"acknowledged", "first_answer", "final_answer"},
        )
        self.assertEqual(row.with_user(self.agent).state, "accomplished")

    # our lists, figures and reminders

    def test_it_is_in_no_list_nor_figure_nor_reminder_of_the_addon(self):
        before = self.env["commune.request.digest"]._get_satisfaction()[0]
        ticket = self._ticket(user_id=self.officer.id)
        ticket.rating_apply(1, ticket._rating_get_access_token())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(days=40), ticket.id),
        )
        self.env.invalidate_all()
        tickets = self.env["helpdesk.ticket"]
        self.assertNotIn(ticket, self.env["commune.request.reminder"]._find_untaken(self.today))
        self.assertNotIn(ticket, tickets.search(tickets._get_silent_domain()))
        self.assertEqual(self.env["commune.request.digest"]._get_satisfaction()[0], before)
        for source in self.env["commune.my.day"].with_user(self.officer)._get_day_sources():
            if source.model == "helpdesk.ticket":
                found = tickets.search(Domain(source.domain) & Domain("id", "=", ticket.id))
                self.assertFalse(found, source.code)

    def test_a_model_of_teams_leaves_it_there(self):
        empty = self.env["helpdesk.ticket.team"].create({"name": "Déchets"})
        self.env["helpdesk.ticket.team"].with_user(self.manager)._choose_model("medium")
        self.env["helpdesk.ticket.team"].with_user(self.manager)._choose_model("small")
        self.assertTrue(empty.active)
        self.assertFalse(empty.topic_ids)

    def test_who_leaves_us_stays_in_it(self):
        self.computers.user_ids |= self.officer
        self.roads.user_ids |= self.officer
        self.officer._leave_service()
        self.assertIn(self.officer, self.computers.user_ids)
        self.assertNotIn(self.officer, self.roads.user_ids)

    def test_a_team_in_charge_of_a_topic_answers_communes_and_so_do_those_below(self):
        below = self.env["helpdesk.ticket.team"].create(
            {"name": "Postes", "parent_id": self.computers.id}
        )
        self.assertFalse((self.computers | below).filtered("serves_communes"))
        self.road_topic.team_id = self.computers
        self.assertTrue(self.computers.serves_communes and below.serves_communes)
