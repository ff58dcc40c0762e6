"""A request always has someone: who owns it, who sees it, who is notified."""

import re
from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestAlwaysSomeone(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = new_test_user(
            cls.env, "test_head", groups="commune_relations.group_referent", email="h@epci.example"
        )
        teams = cls.env["helpdesk.ticket.team"]
        cls.works = teams.create({"name": "Direction technique", "user_id": cls.head.id})
        cls.lights = teams.create({"name": "Éclairage", "parent_id": cls.works.id})
        cls.lonely = teams.create({"name": "Service sans personne"})

    def _in_list(self, user, name):
        """The requests that a filter of the list shows to a user."""
        arch = self.env.ref("commune_relations.commune_request_view_search").arch
        [found] = etree.fromstring(arch).xpath(f"//filter[@name='{name}']")
        domain = literal_eval(re.sub(r"\buid\b", str(user.id), found.get("domain")))
        return self.env["helpdesk.ticket"].with_user(user).search(domain)

    def _late(self, ticket, days=3):
        """Its answer was promised some days ago."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
            (self.today - timedelta(days=days), ticket.id),
        )
        ticket.invalidate_recordset()

    def _remind(self, times=1):
        cron = self.env.ref("commune_relations.ir_cron_remind_requests")
        with self.enter_registry_test_mode():
            for _time in range(times):
                cron.method_direct_trigger()

    def _asked(self, ticket):
        return self.env["mail.activity"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        )

    # a transfer to nobody

    def test_a_team_without_person_hands_it_to_the_lead_above_then_to_the_desk(self):
        ticket = self._request()
        ticket._transfer(self.lights, "Lampadaire éteint")
        self.assertEqual(ticket.user_id, self.head)
        for name in ("my_team", "mine"):
            self.assertIn(ticket, self._in_list(self.head, name), name)
        ticket._transfer(self.lonely, "Autre service")
        self.assertEqual(ticket.user_id, self.officer)  # the lead of the desk
        self.assertIn(ticket, self._in_list(self.officer, "my_team"))

    def test_what_the_lead_owns_no_longer_still_shows_in_the_team(self):
        ticket = self._request()
        ticket._transfer(self.lights, "Lampadaire éteint")
        ticket.user_id = self.officer
        self.assertIn(ticket, self._in_list(self.head, "my_team"))

    def test_the_window_warns_and_says_to_whom(self):
        action = self._request().action_transfer()
        wizard = Form(self.env["commune.request.transfer.wizard"].with_context(**action["context"]))
        wizard.team_id = self.water
        self.assertFalse(wizard.is_empty_team)
        wizard.team_id = self.lights
        self.assertTrue(wizard.is_empty_team)
        self.assertEqual(wizard.user_id, self.head)

    def test_a_team_given_by_hand_gives_its_owner_too(self):
        ticket = self._request()
        ticket.team_id = self.lights
        self.assertEqual(ticket.user_id, self.head)
        self.assertEqual(ticket.transfer_ids.to_user_id, self.head)
        self.works.user_ids = self.officer
        ticket.user_id = self.officer
        ticket.team_id = self.works
        self.assertEqual(ticket.user_id, self.officer, "a member of the new team keeps it")

    def test_the_late_one_is_asked_of_the_lead_once(self):
        ticket = self._request()
        ticket._transfer(self.lights, "Lampadaire éteint")
        self._late(ticket)
        self._remind()
        asked = self._asked(ticket)
        self.assertRecordValues(
            asked,
            [
                {
                    "user_id": self.head.id,
                    "activity_type_id": self.env.ref(
                        "commune_relations.mail_activity_type_request_overdue"
                    ).id,
                }
            ],
        )
        self.assertIn(ticket, self._in_list(self.head, "overdue"))
        messages = self.env["mail.message"].search_count([])
        self._remind(times=2)
        self.assertEqual(self._asked(ticket), asked)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    # a call

    def _call(self, user, question="xyzzy plugh"):
        form = Form(self.env["commune.request.quick"].with_user(user))
        form.commune_id = self.commune_a
        form.question = question
        return form

    def test_a_call_on_an_unclear_topic_says_who_gets_it_and_gets_there(self):
        self.officer.partner_id.phone = "03 87 00 11 22"
        form = self._call(self.officer)
        self.assertFalse(form.topic_id)
        self.assertEqual(form.interlocutor, f"{self.officer.name} – 03 87 00 11 22")
        quick = form.save()
        ticket = self.env["helpdesk.ticket"].browse(quick.action_save_and_open()["res_id"])
        self.assertEqual((ticket.team_id, ticket.user_id), (self.desk, self.officer))
        for name in ("mine", "my_team", "noted_by_me", "open"):
            self.assertIn(ticket, self._in_list(self.officer, name), name)
        with freeze_time(self.today + timedelta(days=8)):
            self._remind()
        self.assertEqual(self._asked(ticket).user_id, self.officer)

    def test_a_referent_notes_a_call_for_another_department_and_follows_it(self):
        form = self._call(self.head, "fuite sur le réseau d’eau potable")
        self.assertEqual(form.topic_id, self.water_topic)
        quick = form.save()
        ticket = self.env["helpdesk.ticket"].browse(quick.action_save_and_open()["res_id"])
        self.assertEqual(ticket.user_id, self.officer)
        self.assertIn(ticket, self._in_list(self.head, "noted_by_me"))
        self.assertTrue(ticket.with_user(self.head).read(["name", "promised_date"]))
        with self.assertRaises(AccessError):
            ticket.with_user(self.head).write({"name": "Autre"})
        ticket.confidentiality = "perso"
        self.env.flush_all()
        self.assertNotIn(ticket, self._in_list(self.head, "noted_by_me"))

    def test_those_noted_and_those_followed_have_their_list(self):
        noted = self._request().with_user(self.officer).copy({"user_id": self.manager.id})
        followed = self._request(user_id=self.manager.id)
        followed.message_subscribe(self.officer.partner_id.ids)
        other = self._request(user_id=self.manager.id)
        self.assertIn(noted, self._in_list(self.officer, "noted_by_me"))
        self.assertIn(followed, self._in_list(self.officer, "followed"))
        for name in ("noted_by_me", "followed"):
            self.assertNotIn(other, self._in_list(self.officer, name), name)

    # the letter

    def test_the_new_owner_receives_our_letter(self):
        self.env.company.epci_id.brand_name = "Deux Rives"
        self.env.company.email = "accueil@deux-rives.example"
        ticket = self._request().with_context(tracking_disable=False)
        before = self.env["mail.message"].search([])
        ticket.with_user(self.officer).with_context(tracking_disable=False)._transfer(
            self.lights, "Lampadaire <éteint>"
        )
        messages = (self.env["mail.message"].search([]) - before).filtered(
            lambda m: self.head.partner_id in m.partner_ids
        )
        self.assertEqual(len(messages), 1, messages.mapped("body"))
        self.assertEqual(messages.mapped("message_type"), ["user_notification"], messages.body)
        self.assertEqual(
            messages.subject,
            f"Une demande pour vous\N{NO-BREAK SPACE}: {ticket._get_name_for_commune()}",
        )
        self.assertIn("Lampadaire &lt;éteint&gt;", messages.body)
        self.assertIn(f"/odoo/commune-requests/{ticket.id}", messages.body)
        self.assertIn("Aubrive", messages.body)
        self.assertIn("Deux Rives", messages.email_from)
        self.assertNotIn("You have been assigned", messages.body)
        self.assertEqual(messages.email_layout_xmlid, "commune_relations.request_mail_layout")

    def test_the_ticket_of_another_service_keeps_the_letter_of_odoo(self):
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Imprimante", "description": "<p>En panne</p>", "team_id": self.roads.id}
        )
        before = self.env["mail.message"].search([])
        ticket.with_context(tracking_disable=False).user_id = self.referent
        messages = (self.env["mail.message"].search([]) - before).filtered("partner_ids")
        self.assertNotIn("A request for you", "".join(messages.mapped("subject")))


@tagged("post_install", "-at_install")
class TestNumbersOfTheYear(RequestCase):
    def _numbers(self):
        """The request, and each yearly sequence of the addon."""
        codes = ("replacement.request", "replacement.mission", "replacement.statement")
        codes += ("agreement", "training.certificate")
        sequences = self.env["ir.sequence"]
        drawn = [sequences._next_of_year(f"commune.{code}") for code in codes]
        return [self._request().number, *drawn]

    def _years(self):
        return {number.split("-")[-2].lstrip("D") for number in self._numbers()}

    def test_half_past_midnight_in_paris_is_the_new_year(self):
        with freeze_time("2031-12-31 22:30:00"):
            self.assertEqual(self._years(), {"2031"})
            last = int(self._request().number.split("-")[1])
        with freeze_time("2031-12-31 23:30:00"):
            self.assertEqual(self._years(), {"2032"})
            self.assertEqual(self._request().number, "D2032-0002")
        with freeze_time("2032-01-01 09:00:00"):
            self.assertEqual(self._request().number, "D2032-0003")
        self.assertGreater(last, 1)

    def test_overseas_the_year_ends_later(self):
        self.env.company.partner_id.tz = "America/Martinique"
        with freeze_time("2032-01-01 03:30:00"):
            self.assertEqual(self._years(), {"2031"})
        with freeze_time("2032-01-01 04:30:00"):
            self.assertEqual(self._years(), {"2032"})

    def test_the_day_is_that_of_the_communes(self):
        company = self.env.company
        with freeze_time("2031-06-10 22:30:00"):
            self.assertEqual(str(company._get_today()), "2031-06-11")
            company.partner_id.tz = "America/Martinique"
            self.assertEqual(str(company._get_today()), "2031-06-10")


@tagged("post_install", "-at_install")
class TestDigestOnce(RequestCase):
    def test_the_digest_leaves_once_a_day(self):
        self.env.company.request_direction_ids = self.manager
        cron = self.env.ref("commune_relations.ir_cron_send_request_digest")

        def run(day, times=3):
            with freeze_time(f"{day} 06:00:00"), self.enter_registry_test_mode():
                before = self.env["mail.message"].search_count([])
                for _time in range(times):
                    cron.method_direct_trigger()
                return self.env["mail.message"].search_count([]) - before

        self.assertEqual(run("2031-06-09"), 1)
        self.assertEqual(run("2031-06-16"), 1)
