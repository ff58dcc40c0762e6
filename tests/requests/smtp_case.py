"""A real exchange on the loopback: one server receives what Odoo sends, another one hands what
it receives to Odoo's gateway, as a mail transfer agent does."""

import asyncio
import email
import email.policy
import smtplib
import socket
from contextlib import contextmanager
from queue import SimpleQueue
from unittest.mock import patch

from aiosmtpd.controller import Controller

from odoo.tools import mute_logger

from .mail_case import MailCase

LOOPBACK = "127.0.0.1"
# How long Odoo waits for a server that never answers; a minute in life.
PATIENCE = "odoo.addons.base.models.ir_mail_server.SMTP_TIMEOUT"


class Mailbox:
    """Keeps each message with its envelope; the client is answered once it is kept."""

    def __init__(self):
        self.messages = SimpleQueue()
        self.refusals = {}
        self.calls = 0
        self.hangs = False
        self.slowness = 0

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        """`slowness`: seconds before the answers to a sender and to a recipient."""
        await asyncio.sleep(self.slowness)
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        """`refusals`: address, or `*` for everybody, to the reply that it gets."""
        await asyncio.sleep(self.slowness)
        reply = self.refusals.get(address) or self.refusals.get("*")
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.calls += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        if self.hangs:
            await asyncio.Event().wait()  # until the client goes away
        self.messages.put((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 OK"

    def take(self):
        """All the messages that have arrived, oldest first."""
        taken = []
        while not self.messages.empty():
            taken.append(self.messages.get_nowait())
        return taken


def _free_port():
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return free.getsockname()[1]


class Loopback:
    """`outbox`: the mailbox of the mail server that Odoo sends to. Odoo's own lock on sending
    during tests is opened in these classes only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outbox, cls.outbox_port = cls._start()
        servers = cls.env["ir.mail_server"]
        servers.search([]).active = False
        cls.relay = servers.create(
            {
                "name": "Loopback",
                "smtp_host": LOOPBACK,
                "smtp_port": cls.outbox_port,
                "smtp_encryption": "none",
                "from_filter": "metropole.example",
            }
        )
        cls.startClassPatcher(patch.object(type(servers), "_disable_send", lambda _server: False))

    @classmethod
    def _start(cls):
        mailbox = Mailbox()
        controller = Controller(mailbox, hostname=LOOPBACK, port=_free_port())
        controller.start()
        cls.addClassCleanup(controller.stop)
        return mailbox, controller.port

    def setUp(self):
        super().setUp()
        self._open_relay()
        self.outbox.take()

    def _run_queue(self):
        """The queue of mails, as its scheduled action runs it."""
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self.env["mail.mail"].sudo().process_email_queue()

    def _close_relay(self):
        """Nobody answers any more."""
        self.relay.smtp_port = _free_port()

    @contextmanager
    def _hanging_relay(self, silent=False):
        """The server takes each letter and never answers; `silent`: not even the connection."""
        with socket.socket() as mute, patch(PATIENCE, 0.2):
            mute.bind((LOOPBACK, 0))
            mute.listen()
            if silent:
                self.relay.smtp_port = mute.getsockname()[1]
            self.outbox.hangs = True
            yield
            self.outbox.hangs = False
        self._open_relay()

    def _open_relay(self):
        self.outbox.refusals.clear()
        self.relay.smtp_port = self.outbox_port

    def _outgoing(self):
        """What Odoo really sends: list of (recipients of the envelope, parsed message)."""
        self._run_queue()
        return [
            (recipients, email.message_from_bytes(content, policy=email.policy.default))
            for _sender, recipients, content in self.outbox.take()
        ]


class SmtpCase(Loopback, MailCase):
    """`inbox`: the mail server that hands what it receives to Odoo's gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inbox, cls.inbox_port = cls._start()

    def _send(self, message, sender="", recipients=None):
        """Send a message over SMTP to the gateway's server, then hand over what has arrived."""
        content = message.as_bytes() if hasattr(message, "as_bytes") else message
        parsed = email.message_from_bytes(content, policy=email.policy.SMTP)
        recipients = recipients or [address.addr_spec for address in parsed["To"].addresses]
        with smtplib.SMTP(LOOPBACK, self.inbox_port) as client:
            client.sendmail(sender, recipients, content)
        return self._deliver()

    def _deliver(self):
        """What the agent's local delivery does: two headers, then the gateway."""
        tickets = self.env["helpdesk.ticket"]
        for mail_from, recipients, content in self.inbox.take():
            for recipient in recipients:
                head = f"Return-Path: <{mail_from or ''}>\r\nDelivered-To: {recipient}\r\n"
                tickets |= self._receive(head.encode() + content)
        return tickets
