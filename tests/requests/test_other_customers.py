"""The customers of another team on the portal: their pages and tickets, as without us."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .other_team_case import OtherTeamCase
from .portal_request_case import PortalRequestCase


@tagged("post_install", "-at_install")
class TestOtherCustomers(OtherTeamCase, PortalRequestCase):
    def setUp(self):
        super().setUp()
        self.ticket, self.request = self._ticket(), self._request()
        self.env.company.helpdesk_mgmt_portal_select_team = True

    def _names(self, page):
        return [one.name for one in (self.ticket, self.request) if one.name in page]

    def test_all_persons_of_a_customer_see_its_tickets_and_no_request(self):
        for user in (self.buyer, self.boss):
            self._login(user)
            with self.subTest(user=user.login):
                self.assertEqual(self._names(self._get("/my/tickets").text), [self.ticket.name])
                page = self._get(f"/my/ticket/{self.ticket.id}")
                self.assertTrue(page.url.endswith(f"/my/ticket/{self.ticket.id}"))
                self.assertIn("Depuis ce matin", page.text)
                self.assertIn("/my/tickets", self._get("/my").text)
                self.assertEqual(self._get(f"/my/requests/{self.request.id}").status_code, 404)
                self.assertNotIn(self.request.name, self._get(f"/my/ticket/{self.request.id}").text)

    def test_the_list_is_sorted_filtered_and_grouped(self):
        self._login(self.boss)
        for query in (
            "sortby=stage",
            "sortby=update",
            f"filterby={self.steps['new'].id}",
            "groupby=category",
            "groupby=stage",
            "search=noir&search_in=all",
        ):
            with self.subTest(query=query):
                page = self._get(f"/my/tickets?{query}").text
                self.assertEqual(self._names(page), [self.ticket.name])

    def test_a_ticket_is_filed_with_a_third_party_team(self):
        self._login(self.buyer)
        page = self._get("/new/ticket")
        self.assertTrue(page.url.endswith("/new/ticket"))
        self.assertIn("Informatique", page.text)
        self.assertNotIn(self.roads.name, page.text)
        self._post(
            "/submitted/ticket",
            subject="Clavier",
            description="Il colle",
            team=str(self.computers.id),
        )
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "Clavier")])
        self.assertEqual(ticket.team_id, self.computers)
        self.assertEqual(ticket.partner_id, self.buyer.partner_id)
        self.assertTrue(ticket.number.startswith("HT"))
        self.assertEqual(ticket.stage_id, self.steps["new"])
        self.assertFalse(ticket.acknowledged_date)
        self.assertIn(self.buyer.partner_id, ticket.message_partner_ids)

    def test_none_is_filed_with_a_managed_team(self):
        self._login(self.buyer)
        answer = self._post(
            "/submitted/ticket", subject="Clavier", description="x", team=str(self.roads.id)
        )
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.env["helpdesk.ticket"].search([("name", "=", "Clavier")]))

    def test_it_is_closed_by_its_page_and_no_request_is(self):
        done = self.steps["done"]
        done.close_from_portal = True
        self._login(self.buyer)
        self._get(f"/ticket/close?ticket_id={self.ticket.id}&stage_id={done.id}")
        answer = self._get(f"/ticket/close?ticket_id={self.request.id}&stage_id={done.id}")
        self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.ticket.stage_id, done)
        self.assertEqual(self.request.stage_kind, "received")

    def test_words_are_written_on_it_by_its_page(self):
        self._login(self.buyer)
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "helpdesk.ticket",
                "thread_id": self.ticket.id,
                "post_data": {
                    "body": "Toujours noir",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
            },
        )
        message = self.ticket.message_ids[0]
        self.assertIn("Toujours noir", message.body)
        self.assertEqual(message.author_id, self.buyer.partner_id)
        found = self.env["mail.message"].with_user(self.boss).search([("id", "=", message.id)])
        self.assertEqual(found, message)
        self.assertTrue(message.with_user(self.buyer).has_access("read"))

    def test_it_is_rated_by_its_letter(self):
        token = self.ticket._rating_get_access_token()
        self._login(self.buyer)
        self._post(f"/rate/{token}/submit_feedback", rate="5", feedback="Merci")
        self.env.invalidate_all()
        self.assertEqual(self.ticket.rating_ids.filtered("consumed").rating, 5)
        self.assertTrue(self.ticket.rating_ids.with_user(self.agent).mapped("access_token"))

    def test_a_person_who_is_both_sees_both(self):
        mayor = self.portal_a
        own = self._ticket(name="Mon imprimante", partner_id=mayor.partner_id.id)
        self._login(mayor)
        page = self._get("/my/tickets")
        self.assertTrue(page.url.endswith("/my/tickets"))
        self.assertIn(own.name, page.text)
        self.assertNotIn(self.request.name, page.text)
        self.assertTrue(self._get("/new/ticket").url.endswith("/new/ticket"))
        self.assertIn(self.request.name, self._get("/my/requests").text)
        self.assertNotIn(own.name, self._get("/my/requests").text)
        led = self._get(f"/my/ticket/{self.request.id}")
        self.assertTrue(led.url.endswith(f"/my/requests/{self.request.id}"))
        self.assertEqual(self._get(f"/my/requests/{own.id}").status_code, 404)

    def test_a_person_who_is_both_reads_of_a_request_what_communes_read(self):
        mayor = self.portal_a
        own = self._ticket(partner_id=mayor.partner_id.id, user_id=self.agent.id)
        tickets = self.env["helpdesk.ticket"].with_user(mayor)
        self.assertEqual(tickets.browse(own.id).user_id.id, self.agent.id)
        for ids in (self.request.ids, (self.request | own).ids):
            with self.assertRaises(AccessError):
                tickets.browse(ids).read(["user_id"])
        self.request.user_id = self.agent
        both = [("id", "in", (self.request | own).ids)]
        self.assertEqual(set(tickets.search(both).ids), set((self.request | own).ids))
        for domain, order in (
            ([*both, ("user_id", "=", self.agent.id)], None),
            ([*both, ("stage_id.unattended", "=", True)], None),
            (["|", ("user_id", "!=", False), ("id", "=", self.request.id), *both], None),
            (both, "user_id"),
        ):
            with self.subTest(domain=domain, order=order):
                self.assertEqual(tickets.search(domain, order=order).ids, own.ids)
                self.assertEqual(tickets.search_count(domain), 1 if order is None else 2)
        found = tickets.search_read(both, ["user_id"])
        self.assertEqual([row["id"] for row in found], own.ids)
        with self.assertRaises(AccessError):
            tickets.formatted_read_group(both, ["user_id"], ["__count"])
        # What a client sends in the context opens nothing.
        for value in (True, "LEFT_OUT", {}):
            with self.assertRaises(AccessError):
                tickets.with_context(commune_requests=value).formatted_read_group(
                    both, ["user_id"], ["__count"]
                )

    def test_managed_teams_and_commitments_are_not_read_outside(self):
        managed = {
            "helpdesk.ticket.team": self.roads,
            "helpdesk.sla": self.env.ref("commune_relations.sla_final_answer"),
            "helpdesk.ticket.sla": self.request.ticket_sla_ids[:1],
        }
        for model, record in managed.items():
            for user in (self.buyer, self.portal_a):
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(
                        self.env[model].with_user(user).search([("id", "=", record.id)])
                    )
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["id", "display_name"])
        self.assertEqual(
            self.computers.with_user(self.buyer).search([("id", "=", self.computers.id)]),
            self.computers,
        )

    def test_an_employee_reads_own_tickets(self):
        own = self._ticket(partner_id=self.employee.partner_id.id)
        self.assertEqual(
            self.env["helpdesk.ticket"].with_user(self.employee).search([("id", "=", own.id)]),
            own,
        )
