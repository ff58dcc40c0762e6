"""An organisation whose sender is not confirmed, and a letter that waits for it."""

import email
import email.policy
import re

from ..requests.smtp_case import SmtpCase

OUTSIDE = "relations@deux-rives.example"


class SenderCase(SmtpCase):
    """The organisation has an address of its own outside Odoo, and no alias domain."""

    watches_sender = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay.from_filter = False
        cls.env["helpdesk.ticket.team"].search([]).alias_domain_id = False
        cls.company = cls.env.company
        cls.company.alias_domain_id = False
        cls.company.email = OUTSIDE
        cls.mandate_a.with_user(cls.officer).action_portal_invite()
        cls.letter = cls.env["commune.letter.delivery"].search([("kind", "=", "account_signup")])

    def _open(self, user=None):
        return self.env["commune.sender"].with_user(user or self.manager).create({})

    def _test_letter(self):
        """Press the button; what the mail server got: (recipients, message, bytes)."""
        self._open().action_send_check()
        [(_sender, recipients, content)] = self.outbox.take()
        parsed = email.message_from_bytes(content, policy=email.policy.default)
        return recipients, parsed, content

    def _code(self, message):
        [code] = re.findall(r">(\d{6})<", message.get_body(("html",)).get_content())
        return code

    def _type(self, code):
        screen = self._open()
        screen.code = code
        return screen.action_check_code()["params"]

    def _state(self):
        self.env.invalidate_all()
        return self.letter.state

    def _bounce(self, message):
        """What a mail server sends back of a letter that it could not deliver."""
        return (
            (
                b"From: MAILER-DAEMON@mx.example\r\nTo: bounce@metropole.example\r\n"
                b"Subject: Undelivered\r\nMessage-Id: <dsn@mx.example>\r\nMIME-Version: 1.0\r\n"
                b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
                b"--x\r\nContent-Type: text/plain\r\n\r\nUnknown.\r\n"
                b"--x\r\nContent-Type: message/rfc822\r\n\r\n"
            )
            + message
            + b"\r\n--x--\r\n"
        )
