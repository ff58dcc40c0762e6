"""A heavy message holds nobody up: its beginning is read, its text is kept beside."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import html_sanitize

from ...models.requests import mail_thread
from ...models.requests.mail_thread import LONGEST_BODY, MANY_PARTS, SHORT_TEXT, WHOLE
from .mail_case import MailCase

MAYOR = "anne.aubry@mel.example"


@tagged("post_install", "-at_install")
class TestHeavyMail(MailCase):
    def test_of_a_heavy_message_the_beginning_is_read_and_the_whole_is_kept(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "https://nous.example")
        link = "https://nous.example/replacement-evaluation/Zm9vYmFy"
        long = f"<p>Bonjour</p>{'<p><b>Trou</b></p>' * 40_000}<p><a href='{link}'>Oui</a> Fin</p>"
        message = self._mail(MAYOR, "Trou", text=None)
        message.set_content(long, subtype="html")
        kept = type(self.env["mail.thread"])._hide_quoted_links
        read = []

        def note(thread, body):
            read.append(len(body))
            return kept(thread, body)

        with patch.object(type(self.env["mail.thread"]), "_hide_quoted_links", note):
            ticket = self._receive(message)
        self.assertLess(read[-1], LONGEST_BODY * 1.1)
        received = ticket.message_ids.filtered(lambda one: one.message_type == "email")
        for body in (ticket.description, received.body):
            self.assertLess(len(body), LONGEST_BODY * 1.1)
            self.assertTrue(str(body).startswith("<p>Bonjour</p>"))
            self.assertNotIn("Fin", body)
            self.assertIn(WHOLE, body)
        whole = received.attachment_ids
        self.assertEqual(whole.mapped("name"), [WHOLE])
        found = whole.raw.decode()
        self.assertEqual(found.count("Trou"), 40_000)
        self.assertIn("https://nous.example/replacement-evaluation/•••", found)
        self.assertTrue(found.endswith("Fin"))
        self.assertNotIn("Zm9vYmFy", found)

    def test_a_body_written_to_hold_the_server_is_read_without_what_holds(self):
        """Neither the parser nor the cleaner of Odoo meets it, alone or beside a plain text."""
        attributes = " ".join(f'a{number}="x"' for number in range(20_000))
        cleaned = []

        def note(body, **options):
            cleaned.append(str(body))
            return html_sanitize(body, **options)

        for bomb in (f"<p {attributes}>Fuite</p>", "<p>Fuite</p>" + "<!-- " * 20_000):
            for beside in (False, True):
                message = self._mail(MAYOR, "Trou", text=None)
                message.set_content("Fuite" if beside else bomb, subtype="html")
                if beside:
                    message.set_content("Fuite")
                    message.add_alternative(bomb, subtype="html")
                cleaned.clear()
                with (
                    self.subTest(bomb[:20], beside=beside),
                    patch("odoo.addons.mail.models.mail_thread.html_sanitize", note),
                ):
                    ticket = self._receive(message)
                    self.assertIn("Fuite", ticket.description)
                    self.assertEqual(ticket.commune_id, self.commune_a)
                    self.assertTrue(cleaned)
                    for body in cleaned:
                        self.assertNotIn("a19999=", body)
                        self.assertLess(body.count("<"), 20)

    def test_a_body_that_holds_the_cleaner_of_odoo_is_shown_as_text(self):
        """Signatures, quotations and lines that it compares with each other: the process that
        tries it is stopped, and the mail is neither lost nor read again."""
        signatures, lines = "<p>-- <br>Fuite</p>" * 10_000, "> Fuite\nA\n" * 10_000
        for kind in ("html", "plain", "both", "parts"):
            message = self._mail(MAYOR, "Trou", text=None)
            if kind == "plain":
                message.set_content(lines)
            elif kind == "parts":
                message.set_content("Fuite")
                for _number in range(10):
                    message.add_attachment(
                        signatures[: len(signatures) // 10], subtype="html", disposition="inline"
                    )
            else:
                message.set_content("Fuite" if kind == "both" else signatures, subtype="html")
                if kind == "both":
                    message.add_alternative(signatures, subtype="html")
            with self.subTest(kind), self.assertLogs(mail_thread.__name__, "WARNING"):
                ticket = self._receive(message)
                received = ticket.message_ids.filtered(lambda one: one.message_type == "email")
                for body in (ticket.description, received.body):
                    self.assertIn("Fuite", body)
                    self.assertIn(WHOLE, body)
                    self.assertLess(len(body), 10 * SHORT_TEXT)
                self.assertEqual(ticket.commune_id, self.commune_a)
                self.assertGreaterEqual(received.attachment_ids.raw.count(b"Fuite"), 10_000)

    def test_an_honest_heavy_body_keeps_its_layout(self):
        ticket = self._receive(self._html("<p>Bonjour <b>Zoé</b></p>" * 4_000))
        self.assertEqual(ticket.description.count("<b>Zoé</b>"), 4_000)

    def test_many_parts_are_cleaned_once_for_all(self):
        """Odoo cleans each one with all those before."""
        message = self._mail(MAYOR, "Trou", text="Bonjour")
        for _number in range(MANY_PARTS + 1):
            message.add_attachment("<p>Fuite</p>", subtype="html", disposition="inline")
        with self.assertLogs(mail_thread.__name__, "WARNING"):
            ticket = self._receive(message)
        self.assertIn("Fuite", ticket.description)

    def _html(self, body):
        message = self._mail(MAYOR, "Trou", text=None)
        message.set_content(body, subtype="html")
        return message

    def test_of_a_heavy_plain_text_the_beginning_is_shown(self):
        """In one element that does not end where it is cut."""
        ticket = self._receive(self._mail(MAYOR, "Trou", "Rue Haute.\n" * 60_000))
        received = ticket.message_ids.filtered(lambda one: one.message_type == "email")
        for body in (ticket.description, received.body):
            self.assertGreater(body.count("Rue Haute."), 40_000)
        self.assertEqual(received.attachment_ids.raw.decode().splitlines(), ["Rue Haute."] * 60_000)

    def test_a_link_is_not_cut_in_two(self):
        """Half an address leads elsewhere: a tag in which the beginning ends is left out."""
        start = "<p>" + "x" * (LONGEST_BODY - 20)
        link = "<a href='https://metz.example/plan'>Plan</a></p>"
        values = {"body": html_sanitize(start + link)}
        self.env["mail.thread"]._cut_body(values)
        self.assertNotIn("href", values["body"])
        self.assertIn("xxx", values["body"])

    def test_the_files_of_a_heavy_message_are_kept_and_its_text_has_a_limit(self):
        message = self._mail(MAYOR, "Trou", "Rue Haute.\n" * 60_000)
        message.add_attachment(b"x", maintype="image", subtype="png", filename="trou.png")
        with patch.object(mail_thread, "LONGEST_WHOLE", 600_000):
            ticket = self._receive(message)
        received = ticket.message_ids.filtered(lambda one: one.message_type == "email")
        files = received.attachment_ids
        self.assertEqual(set(files.mapped("name")), {"trou.png", WHOLE})
        whole = files.filtered(lambda file: file.name == WHOLE)
        self.assertLess(len(whole.raw), 600_001)

    def test_a_heavy_third_party_message_is_read_by_odoo_alone(self):
        """A reply to a contact is not handled by the addon."""
        other = self.env["res.partner"].create({"name": "Client", "email": "c@shop.example"})
        sent = other.message_post(body="Bonjour", message_type="comment")
        message = self._mail(
            "c@shop.example",
            "Re: Bonjour",
            text=None,
            To=self.alias_domain.catchall_email,
            In_Reply_To=sent.message_id,
        )
        message.set_content(f"<p>{'<b>Trou</b>' * 50_000}Fin</p>", subtype="html")
        self._receive(message)
        received = other.message_ids - sent
        self.assertIn("Fin", received[:1].body)
        self.assertFalse(received.attachment_ids)
