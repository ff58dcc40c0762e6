"""Letters: sent once, to the right persons, in French, from an address that works."""

from datetime import date

from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.core.inside import NO_LETTERS

from .mail_case import MailCase

MAYOR = "anne.aubry@mel.example"
HALL = "mairie@aubrive.example"


@tagged("post_install", "-at_install")
class TestLetters(MailCase):
    def _filed(self, channel="web", **values):
        return self._request(
            channel_id=self.env["commune.request.mail"]._get_channel(channel).id, **values
        )

    def _to(self, message):
        return sorted(message.notified_partner_ids.mapped("email"))

    def test_portal_and_phone_are_acknowledged_at_once_and_once(self):
        for channel in ("web", "phone"):
            ticket = self._filed(channel)
            self.assertTrue(ticket.acknowledged_date)
            ticket.env["commune.request.mail"]._acknowledge(ticket)
            self.assertEqual(len(self._letters(ticket)), 1)
            clock = ticket.ticket_sla_ids.filtered(lambda c: c.milestone == "acknowledged")
            self.assertEqual(clock.state, "accomplished")

    def test_a_caller_without_e_mail_was_informed_on_the_phone(self):
        self.portal_a.partner_id.email = self.commune_a.email = False
        ticket = self._filed("phone")
        self.assertTrue(ticket.acknowledged_date)
        self.assertFalse(self._letters(ticket))
        self.assertFalse(self._filed("web").acknowledged_date)

    def test_who_has_left_office_is_written_to_no_more(self):
        """Those who act for the commune take over, unless the request was the person's alone."""
        secretary = self.portal_both.partner_id
        secretary.email = "secretaire@aubrive.example"
        shared = self._filed(confidentiality="maire_dgs")
        alone = self._filed(confidentiality="perso")
        self.mandate_a.date_end = self.today
        for ticket, readers in ((shared, [secretary.email]), (alone, [])):
            before = self._letters(ticket)
            ticket.env["commune.request.mail"]._send_request_mail(
                ticket, "answered", Markup("<p>Réponse</p>")
            )
            letter = self._letters(ticket) - before
            self.assertEqual(self._to(letter), readers)
            self.assertNotIn("AUBRY", letter.body or "")

    def test_no_context_of_a_client_keeps_an_answer_back(self):
        marks = dict.fromkeys(("no_letters", "no_request_mail", "install_mode"), True)
        ticket = self._filed(partner_id=self.portal_a.partner_id.id)
        asked = ticket.with_user(self.officer).with_context(**marks)
        letter = asked.env["commune.request.mail"]._send_request_mail(
            asked, "answered", Markup("<p>Réponse</p>")
        )
        self.assertEqual(self._to(letter.sudo()), [MAYOR, HALL])

    def test_files_are_loaded_in_silence(self):
        quiet = self.env["helpdesk.ticket"].with_context(**NO_LETTERS)
        ticket = quiet.create(
            {
                "name": "Ancienne demande",
                "description": "<p>Texte</p>",
                "commune_id": self.commune_a.id,
                "partner_id": self.portal_a.partner_id.id,
                "channel_id": quiet.env["commune.request.mail"]._get_channel("web").id,
            }
        )
        self.assertFalse(ticket.acknowledged_date)
        self.assertFalse(
            ticket.env["commune.request.mail"]._send_request_mail(
                ticket, "answered", Markup("<p>x</p>")
            )
        )

    def test_the_town_hall_has_a_copy_unless_the_request_is_confidential(self):
        self.assertEqual(self._to(self._letters(self._filed())), [MAYOR, HALL])
        for confidentiality in ("maire_dgs", "perso"):
            ticket = self._filed(confidentiality=confidentiality)
            self.assertEqual(self._to(self._letters(ticket)), [MAYOR])

    def test_each_letter_has_number_text_and_sender(self):
        ticket = self._request(user_id=self.manager.id)
        body = Markup("<p>Le trou est <b>rebouché</b>.</p><script>x()</script>")
        for kind in ("waiting", "first_answer", "answered", "rerouted", "reopened", "closed"):
            with self.subTest(kind):
                letter = ticket.env["commune.request.mail"]._send_request_mail(ticket, kind, body)
                self.assertIn(f"[{ticket.number}]", letter.subject)
                self.assertIn(self.roads.alias_email, letter.email_from)
                self.assertIn("Bonjour Madame AUBRY,", letter.body)
                self.assertNotIn("script", letter.body)
                if kind != "closed":
                    self.assertIn("<b>rebouché</b>", letter.body)
        for copy in self._copies(letter.mail_ids):
            self.assertEqual(copy.count("/rate/"), 3)
        self.assertNotIn("None", letter.body)

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_the_opinion_of_a_commune_is_nobody_else_s_by_any_template(self):
        """A template of another application, seen before it is sent."""
        ticket = self._request()
        template = self.env.ref("helpdesk_mgmt_rating.rating_ticket_email_template")
        for user in (self.reader, self.officer, self.manager):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                template.with_user(user)._render_field("body_html", ticket.ids)
            with self.assertRaises(AccessError):
                ticket.with_user(user)._rating_get_access_token()
        self.assertFalse(self.env["rating.rating"].search([("res_id", "=", ticket.id)]))

    def test_a_plain_text_is_escaped(self):
        ticket = self._request()
        letter = ticket.env["commune.request.mail"]._send_request_mail(
            ticket, "waiting", "Entre A & B\n<ici> ?"
        )
        self.assertIn("Entre A &amp; B", letter.body)
        self.assertIn("&lt;ici&gt;", letter.body)

    def test_a_request_of_another_body_says_who_to_ask(self):
        self.road_topic.outside_name = "Conseil départemental, service des routes"
        self.road_topic.outside_contact = "03 00 00 00 09"
        ticket = self._request()
        letter = ticket.env["commune.request.mail"]._send_request_mail(ticket, "rerouted")
        self.assertIn("Conseil départemental, service des routes – 03 00 00 00 09", letter.body)

    def test_the_sender_is_an_address_of_the_organisation_or_none(self):
        ticket = self._request()
        self.roads.alias_name = False
        self.assertIn(self.desk.alias_email, ticket._get_letter_sender())
        self.desk.alias_name = False
        self.assertIn(self.alias_domain.catchall_email, ticket._get_letter_sender())
        self.env.company.alias_domain_id = False
        self.env.company.email = "contact@deuxrives.example"
        self.assertIn("contact@deuxrives.example", ticket._get_letter_sender())
        self.env.company.email = self.epci.email = False
        self.assertEqual(ticket._get_letter_sender(), "")

    def test_an_opposition_to_newsletters_stops_no_letter(self):
        self.env["mail.blacklist"]._add(MAYOR)
        self.assertIn(MAYOR, self._to(self._letters(self._filed())))

    def test_the_author_of_the_request_receives_the_acknowledgement_of_what_he_files(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.portal_a)
            .sudo()
            .create(
                {
                    "name": "Trou",
                    "description": "<p>Trou</p>",
                    "commune_id": self.commune_a.id,
                    "partner_id": self.portal_a.partner_id.id,
                    "channel_id": self.env["commune.request.mail"]._get_channel("web").id,
                }
            )
        )
        self.assertIn(MAYOR, self._to(self._letters(ticket)))

    def test_communes_are_led_to_the_portal_and_staff_to_the_office(self):
        ticket = self._request()
        letter = ticket.env["commune.request.mail"]._send_request_mail(ticket, "acknowledged")
        groups = ticket._notify_get_recipients_groups(letter, "Demande", {"model": ticket._name})
        urls = {name: data["button_access"]["url"] for name, _belongs, data in groups}
        self.assertTrue(urls["user"].endswith(f"/odoo/commune-requests/{ticket.id}"))
        for name in ("portal", "follower", "customer"):
            self.assertTrue(urls[name].endswith(f"/my/requests/{ticket.id}"))
        self.assertNotIn("portal_customer", urls)

    def test_days_are_written_in_full(self):
        ticket = self._request().with_context(lang="fr_FR")
        self.assertEqual(ticket._get_letter_date(date(2026, 12, 1)), "mardi 1er décembre 2026")
        self.assertEqual(ticket._get_letter_date(date(2026, 12, 15)), "mardi 15 décembre 2026")
        self.assertEqual(ticket._get_letter_date(False), "")

    def test_a_letter_that_the_server_refuses_is_a_letter_that_came_back(self):
        ticket = self._filed(user_id=self.manager.id)
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search([("mail_message_id", "=", self._letters(ticket).id)], limit=1)
        )
        mail._postprocess_sent_message([], [], failure_type="mail_email_invalid")
        self.env["commune.letter.delivery"]._run_record_callbacks()
        self.assertEqual(
            ticket.env["commune.request.reminder"]
            ._get_reminders(ticket, "bounce")
            .mapped("user_id"),
            self.manager,
        )
        self.assertTrue(ticket.bounced_email)

    def test_a_server_that_does_not_answer_accuses_no_address(self):
        ticket = self._filed(user_id=self.manager.id)
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search([("mail_message_id", "=", self._letters(ticket).id)], limit=1)
        )
        mail._postprocess_sent_message([], [], failure_type="mail_smtp")
        self.env["commune.letter.delivery"]._run_record_callbacks()
        self.assertEqual(mail.state, "outgoing")
        self.assertFalse(ticket.env["commune.request.reminder"]._get_reminders(ticket, "bounce"))
        self.assertFalse(ticket.bounced_email)


@tagged("post_install", "-at_install")
class TestBounceWithoutRecipient(MailCase):
    def test_the_request_of_the_message_is_notified_all_the_same(self):
        ticket = self._request(user_id=self.manager.id)
        letter = ticket.env["commune.request.mail"]._send_request_mail(ticket, "acknowledged")
        report = self._mail(
            "MAILER-DAEMON@mx.example",
            "Undelivered",
            "Sorry.",
            To=self.alias_domain.bounce_email,
            In_Reply_To=letter.message_id,
            References=letter.message_id,
        )
        self.env["commune.request.mail"]._receive_unread_bounce(
            {"bounced_message": letter, "bounced_email": False}
        )
        self.assertEqual(
            len(ticket.env["commune.request.reminder"]._get_reminders(ticket, "bounce")), 1
        )
        self.assertFalse(self._receive(report))
        self.assertEqual(
            len(ticket.env["commune.request.reminder"]._get_reminders(ticket, "bounce")), 1
        )
