"""First page of the portal: what the person is expected to do, under the right name."""

from datetime import timedelta

from odoo.tests import tagged

from ..core.test_pdf_resources import PIXEL
from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestPortalTodo(EventHttpCase):
    def _todos(self, user):
        self._login(user)
        page = self.url_open("/my").text
        _before, found, after = page.partition('id="commune_portal_todos"')
        return after.partition("</section>")[0] if found else ""

    def test_an_invitation_without_answer_is_asked_for(self):
        self.assertEqual(self._todos(self.portal_a), "")
        self.event.invited_ids = self.portal_a.partner_id | self.portal_a_limited.partner_id
        self.event.action_invite()
        own, other = (
            self.event.invitation_ids.filtered(lambda i, u=user: i.partner_id == u.partner_id)
            for user in (self.portal_a, self.portal_a_limited)
        )
        todos = self._todos(self.portal_a)
        self.assertIn(self.event.name, todos)
        self.assertIn(own.token, todos)
        self.assertNotIn(other.token, todos)
        self.assertEqual(self._todos(self.portal_b), "")
        own._answer("no")
        self.assertEqual(self._todos(self.portal_a), "")

    def test_a_colleague_has_answered_by_registering(self):
        self.event.invited_ids = self.portal_a_limited.partner_id
        self.event.action_invite()
        self.assertIn(self.event.name, self._todos(self.portal_a_limited))
        self._register(self.mandate_a_limited)
        self.assertEqual(self._todos(self.portal_a_limited), "")

    def test_an_event_called_off_asks_nothing(self):
        self.event.invited_ids = self.portal_a.partner_id
        self.event.action_invite()
        self.event.action_cancel_event()
        self.assertEqual(self._todos(self.portal_a), "")

    def test_a_request_that_waits_for_the_commune(self):
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Avaloir bouché",
                "description": "<p>Au carrefour</p>",
                "commune_id": self.commune_a.id,
                "partner_id": self.portal_a.partner_id.id,
                "partner_name": self.portal_a.name,
                "partner_email": self.portal_a.email,
            }
        )
        self.assertEqual(self._todos(self.portal_a), "")
        self.env["commune.request.answer"].with_user(self.officer)._ask_commune(
            ticket.with_user(self.officer), "<p>À quelle heure ?</p>"
        )
        self.assertIn("Avaloir bouché", self._todos(self.portal_a))
        self.assertEqual(self._todos(self.portal_b), "")

    def test_the_name_is_shown_until_a_logo_is_chosen(self):
        company = self.env.company
        self.assertTrue(company.uses_default_logo)
        self._login(self.portal_a)
        page = self.url_open("/my").text
        self.assertNotIn("company_logo", page)
        self.assertIn("<strong>Les Deux Rives</strong>", page)
        self._login(None)
        page = self.url_open("/web/login").text
        self.assertNotIn("company_logo", page)
        self.assertIn("Les Deux Rives", page)
        company.logo = PIXEL
        self.assertIn("company_logo", self.url_open("/web/login").text)
        self._login(self.portal_a)
        self.assertIn("company_logo", self.url_open("/my").text)

    def test_the_nearest_day_comes_first_whatever_it_is_about(self):
        self.event.invited_ids = self.portal_a.partner_id
        self.event.action_invite()
        campaign = self.env["commune.directory.campaign"].create(
            {"name": "Annuaire", "date_end": self.event.date_begin.date() + timedelta(days=3)}
        )
        campaign.action_open()
        link = "/my/directory-campaign"
        todos = self._todos(self.portal_a)
        self.assertGreater(todos.index(link), todos.index(self.event.name))
        campaign.date_end = self.event.date_begin.date() - timedelta(days=1)
        todos = self._todos(self.portal_a)
        self.assertLess(todos.index(link), todos.index(self.event.name))

    def test_the_first_page_does_not_grow_with_the_events(self):
        def count():
            self.url_open("/my")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertIn(self.event.name, self.url_open("/my").text)
            return self.env.cr.sql_log_count - before

        self.event.write({"portal_scope": "all", "invited_ids": self.portal_a.partner_id.ids})
        self.event.action_invite()
        self._login(self.portal_a)
        few = count()
        mandates = self._colleagues(5)
        for number in range(10):
            event = self._event(days=20 + number, portal_scope="all")
            past = self._event(days=-20 - number, portal_scope="all")
            for mandate in mandates:
                (event | past).registration_ids.create(
                    [
                        {"event_id": one.id, "mandate_id": mandate.id, "name": "Élu"}
                        for one in event | past
                    ]
                )
        self.assertLessEqual(count(), few)

    def test_a_mandate_that_ends_meanwhile_opens_nothing_more(self):
        person, place = self.portal_a.partner_id, self.commune_a
        self.assertEqual(place._get_portal_role(person), "full")
        self.mandate_a.date_end = self.today
        self.assertFalse(place._get_portal_role(person))
        self.mandate_a.date_end = False
        self.mandate_a.portal_blocked = True
        self.assertFalse(place._get_portal_role(person))
        self.mandate_a.portal_blocked = False
        self.mandate_a.active = False
        self.assertFalse(place._get_portal_role(person))
        self._mandate(person, place, "mayor")
        self.assertEqual(place._get_portal_role(person), "full")
