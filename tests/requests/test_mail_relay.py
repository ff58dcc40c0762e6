"""Who writes is confirmed by the mail relay, or the message is the message of nobody."""

from odoo.tests import tagged

from .mail_case import MailCase

MAYOR = "anne.aubry@mel.example"
RELAY = "mx.metropole.example"
PASSED = f"{RELAY}; spf=pass smtp.mailfrom=mel.example; dkim=pass header.d=mel.example; dmarc=pass"
REFUSED = [
    (f"{RELAY}; dmarc=fail (p=none) header.from=mel.example; spf=pass; dkim=pass", "dmarc"),
    (f"{RELAY} 1; spf=softfail smtp.mailfrom=x@mel.example; dkim=none", "spf"),
    (f"{RELAY}; spf=fail; dkim=pass header.d=mechant.example", "spf"),
    (f"{RELAY}; dmarc=none; spf=pass smtp.mailfrom=mechant.example", "spf"),
    (f"{RELAY}; dmarc=none header.from=mel.example; dkim=pass header.d=mechant.example", "spf"),
    (f"{RELAY}; spf=none; dkim=none; dmarc=none", "spf"),
    (f"{RELAY}; none", "missing"),
    (f"mx.mechant.example; dmarc=pass header.from=mel.example; {RELAY}; dmarc=pass", "missing"),
    (None, "missing"),
]


@tagged("post_install", "-at_install")
class TestConfirmedSenders(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.request_relay = RELAY

    def _mail_with(self, results, *args, **headers):
        """A message with headers of authentication, the topmost first."""
        message = self._mail(*args, **headers)
        for value in [results] if isinstance(results, str) else results or []:
            message["Authentication-Results"] = value
        return message

    def _open_request(self):
        """A request of the mayor that waits for her answer."""
        ticket = self._receive(self._mail_with(PASSED, MAYOR, "Trou"))
        ticket._move_to("waiting")
        return ticket

    def _reply(self, ticket, results, sender=MAYOR, **headers):
        """A message that answers the last letter of a request."""
        parent = self._letters(ticket)[-1:]
        message = self._mail_with(
            results,
            sender,
            f"Re: [{ticket.number}] Trou",
            "C’est réglé, fermez la demande.",
            In_Reply_To=parent.message_id,
            References=parent.message_id,
            **headers,
        )
        before = ticket.message_ids
        self._receive(message)
        return (ticket.message_ids - before).filtered(lambda m: m.message_type == "email")

    def test_a_confirmed_mayor_is_recognised_as_ever(self):
        ticket = self._receive(self._mail_with(PASSED, MAYOR, "Question"))
        self.assertEqual(ticket.commune_id, self.commune_a)
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual(ticket.sender_recognition, "person")
        self.assertFalse(ticket.sender_doubt)
        self.assertTrue(ticket.acknowledged_date)

    def test_a_message_that_is_not_confirmed_is_of_nobody_and_waits(self):
        for results, doubt in REFUSED:
            with self.subTest(results):
                ticket = self._receive(self._mail_with(results, MAYOR, "Question"))
                self.assertFalse(ticket.commune_id)
                self.assertFalse(ticket.partner_id)
                self.assertTrue(ticket.is_unknown_sender)
                self.assertEqual(ticket.sender_recognition, "unproven")
                self.assertEqual(ticket.sender_doubt, doubt)
                self.assertEqual(ticket.partner_email, MAYOR)
                self.assertFalse(ticket.message_ids.author_id & self.portal_a.partner_id)
                self.assertNotIn(self.portal_a.partner_id, ticket.message_partner_ids)
                self.assertFalse(ticket.acknowledged_date)
                self.assertFalse(self._letters(ticket))

    def test_the_staff_find_it_among_the_senders_to_attach(self):
        ticket = self._receive(self._mail_with(None, MAYOR, "Question"))
        action = self.env.ref("commune_relations.commune_request_action_senders")
        waiting = (
            self.env["helpdesk.ticket"]
            .with_user(self.officer)
            .search([("commune_id", "=", False), ("sender_recognition", "!=", False)])
        )
        self.assertIn("sender_recognition", action.domain)
        self.assertIn(ticket, waiting)
        ticket.with_user(self.officer).commune_id = self.commune_a
        self.assertTrue(ticket.acknowledged_date)
        self.assertEqual(ticket.sender_doubt, "missing")

    def test_a_header_of_another_name_is_not_read_and_two_of_the_relay_prove_nothing(self):
        forged = ["mx.mechant.example; dmarc=pass", REFUSED[0][0]]
        ticket = self._receive(self._mail_with(forged, MAYOR, "Question"))
        self.assertEqual(ticket.sender_doubt, "dmarc")
        honest = ["mx.mechant.example; dmarc=fail", PASSED]
        ticket = self._receive(self._mail_with(honest, MAYOR, "Autre question"))
        self.assertEqual(ticket.sender_recognition, "person")
        twice = [PASSED, f"{RELAY}; dmarc=pass header.from=mel.example"]
        ticket = self._receive(self._mail_with(twice, MAYOR, "Une de plus"))
        self.assertEqual(ticket.sender_doubt, "missing")

    def test_a_forged_reply_neither_speaks_nor_moves_the_request(self):
        ticket = self._open_request()
        letters = self._letters(ticket)
        for results, doubt in REFUSED:
            with self.subTest(doubt):
                message = self._reply(ticket, results, Cc="luc@arnaud.example")
                self.assertEqual(len(message), 1)
                self.assertTrue(message.subtype_id.internal)
                self.assertFalse(message.author_id)
                self.assertFalse(message.notified_partner_ids.filtered("partner_share"))
        self.assertEqual(ticket.stage_kind, "waiting")
        self.assertEqual(self._letters(ticket), letters)
        self.assertNotIn(self.portal_a_limited.partner_id, ticket.message_partner_ids)
        activities = ticket.activity_ids.filtered(lambda a: MAYOR in (a.note or ""))
        self.assertTrue(activities)
        self.assertIn("DMARC", activities[0].note)

    def test_a_confirmed_reply_speaks_and_moves_the_request(self):
        ticket = self._open_request()
        message = self._reply(ticket, PASSED)
        self.assertEqual(message.author_id, self.portal_a.partner_id)
        self.assertFalse(message.subtype_id.internal)
        self.assertEqual(ticket.stage_kind, "in_progress")

    def test_a_forged_reply_speaks_for_nobody_on_any_record_of_the_addon(self):
        first = self.commune_a.message_post(body="Bonjour", message_type="comment")
        for results, author in ((REFUSED[0][0], False), (PASSED, self.portal_a.partner_id)):
            before = self.commune_a.message_ids
            self._receive(
                self._mail_with(
                    results,
                    MAYOR,
                    "Re: Aubrive",
                    "C’est moi.",
                    To=self.alias_domain.catchall_email,
                    In_Reply_To=first.message_id,
                    References=first.message_id,
                )
            )
            message = self.commune_a.message_ids - before
            with self.subTest(results):
                self.assertIn("C’est moi.", message.body)
                self.assertEqual(message.author_id, author or message.author_id.browse())
                self.assertEqual("not confirmed" in message.body, not author)

    def test_a_forged_agent_does_not_speak_for_the_organisation(self):
        ticket = self._open_request()
        self.officer.partner_id.email = "agent@metropole.example"
        message = self._reply(ticket, None, sender="agent@metropole.example")
        self.assertTrue(message.subtype_id.internal)
        self.assertFalse(message.author_id)
        self.assertFalse(message.notified_partner_ids.filtered("partner_share"))
        text = "De : Anne Aubry <anne.aubry@mel.example>\n\nBonjour"
        forwarded = self._receive(
            self._mail_with(None, "agent@metropole.example", "TR : Trou", text)
        )
        self.assertFalse(forwarded.partner_id)
        self.assertEqual(forwarded.sender_recognition, "unproven")

    def test_a_number_in_the_subject_gives_no_access(self):
        ticket = self._open_request()
        before = ticket.message_ids
        message = self._mail_with(REFUSED[0][0], MAYOR, f"Re: [{ticket.number}] Trou")
        other = self._receive(message)
        self.assertNotEqual(other, ticket)
        self.assertEqual(other.sender_recognition, "unproven")
        self.assertEqual(ticket.message_ids, before)

    def test_a_closed_request_is_not_followed_by_another_one_of_the_commune(self):
        ticket = self._open_request()
        ticket._move_to("in_progress")
        ticket._move_to("answered")
        ticket._move_to("closed")
        self.env.company.request_reopening_window = 0
        message = self._reply(ticket, REFUSED[0][0])
        self.assertTrue(message.subtype_id.internal)
        self.assertFalse(
            self.env["helpdesk.ticket"].search([("previous_request_id", "=", ticket.id)])
        )
        self.assertEqual(ticket.stage_kind, "closed")

    def test_a_reply_that_is_not_proven_opens_no_closed_request_again(self):
        ticket = self._open_request()
        ticket._move_to("in_progress")
        ticket._move_to("answered")
        ticket._move_to("closed")
        self.env.flush_all()
        self.env.invalidate_all()
        for results, _doubt in REFUSED:
            with self.subTest(results):
                self._reply(ticket, results)
                self.assertEqual(ticket.stage_kind, "closed")
                self.assertFalse(ticket.reopen_count)
        self._reply(ticket, PASSED)
        self.assertNotEqual(ticket.stage_kind, "closed")

    def test_the_address_of_the_mayor_in_a_name_does_not_count(self):
        """The relay confirms the domain that really writes; the name is typed by anybody."""
        ticket = self._open_request()
        passed = f"{RELAY}; spf=pass; dmarc=pass header.from=mechant.example"
        for sender in (f'"{MAYOR}" <x@mechant.example>', f"{MAYOR}, x@mechant.example"):
            with self.subTest(sender):
                self._reply(ticket, passed, sender)
                self.assertEqual(ticket.stage_kind, "waiting")
                other = self._receive(self._mail_with(passed, sender, "Question"))
                self.assertFalse(other.commune_id)
                self.assertFalse(other.partner_id)
                subject = f"[{ticket.number}] Suite"
                lost = self._receive(self._mail_with(passed, sender, subject))
                self.assertNotEqual(lost, ticket)

    def test_without_a_relay_in_the_settings_nothing_is_checked(self):
        for name in (False, "  "):
            self.env.company.request_relay = name
            ticket = self._receive(self._mail_with(REFUSED[0][0], MAYOR, "Question"))
            self.assertEqual(ticket.sender_recognition, "person")
            self.assertEqual(self._open_request().commune_id, self.commune_a)

    def test_messages_that_are_not_for_a_team_are_not_looked_at(self):
        partner = self.env["res.partner"].create({"name": "Fiche"})
        parent = partner.message_post(body="Bonjour", message_type="comment")
        reply = self._mail_with(
            REFUSED[0][0],
            MAYOR,
            "Re: Bonjour",
            In_Reply_To=parent.message_id,
            To=self.alias_domain.catchall_email,
        )
        self.gateway.message_process(False, reply.as_bytes())
        answer = partner.message_ids[0]
        self.assertEqual(answer.author_id, self.portal_a.partner_id)

    def test_the_name_of_the_relay_is_a_setting(self):
        settings = self.env["res.config.settings"].create({"request_relay": "mx.autre.example"})
        settings.execute()
        self.assertEqual(self.env.company.request_relay, "mx.autre.example")
        ticket = self._receive(self._mail_with(PASSED, MAYOR, "Question"))
        self.assertEqual(ticket.sender_doubt, "missing")


@tagged("post_install", "-at_install")
class TestLongSenders(MailCase):
    def test_a_sender_of_10_kb_makes_a_request_of_nobody(self):
        ticket = self._receive(self._mail("a" * 10_000 + "@x.example", "Question"))
        self.assertTrue(ticket.is_unknown_sender)
        self.assertFalse(ticket.commune_id)
