"""Sender check: a test letter from the organisation's address to itself.

When Odoo reads that mailbox, the token in the letter proves that it came back; otherwise a person
types the code. The letter is not stored, and of its secrets only a hash is.
"""

import logging
import secrets
import smtplib
import socket
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config, consteq, email_normalize, hmac

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ....engine.mail import classify, domain_of, last_words
from ..letter import LAYOUT
from ..mail_delivery.delivery import REASONS
from ..row_lock import lock_rows

HEADER = "X-Commune-Sender-Test"
SCOPE = "commune_relations.sender"
DEMONSTRATION = "commune_relations.demonstration"
LIFE = timedelta(days=7)
MOST_ERRORS = 5
# Minimum delay between the test letters of two managers.
A_MOMENT = timedelta(minutes=2)
# Seconds that the person waits for each answer of the mail server.
PATIENCE = 10
_logger = logging.getLogger(__name__)


class ResCompany(models.Model):
    _inherit = "res.company"

    sender_check_email = fields.Char(groups=fields.NO_ACCESS, copy=False)
    sender_check_at = fields.Datetime(groups=fields.NO_ACCESS, copy=False)
    sender_check_by_id = fields.Many2one("res.users", groups=fields.NO_ACCESS, copy=False)
    sender_check_code = fields.Char(groups=fields.NO_ACCESS, copy=False, help="Its mark.")
    sender_check_token = fields.Char(groups=fields.NO_ACCESS, copy=False, help="Its mark.")
    sender_check_errors = fields.Integer(groups=fields.NO_ACCESS, copy=False)

    def _reset_sender_check(self):
        """Values of a company without a test letter on its way."""
        names = ("email", "at", "by_id", "code", "token")
        return {f"sender_check_{name}": False for name in names} | {"sender_check_errors": 0}

    def _is_sender_check_pending(self):
        sent = self.sender_check_at
        return bool(
            sent
            and sent > fields.Datetime.now() - LIFE
            and self.sender_check_email == self._get_organisation_email()
        )

    def _mark_sender_secret(self, secret):
        message = (self.id, self.sender_check_email, secret)
        return hmac(self.env(su=True), SCOPE, message)

    def _send_sender_check(self, user):
        """Send the test letter at once, and wait for the answer of the mail server.

        :param user: who asks (res.users)
        :raises UserError: there is no address, no server, or it refused, with its answer
        """
        company = self.sudo()
        lock_rows(company)
        company._check_no_recent_check(user)
        email = company._get_organisation_email()
        if not email:
            raise UserError(self.env._("Type the e-mail of your service first, and save it."))
        servers = self.env["ir.mail_server"]
        if servers._is_demonstration() or servers._disable_send():
            raise UserError(self.env._("Nothing leaves this server: it is a demonstration."))
        code = "" if self._is_read_by_odoo(email) else f"{secrets.randbelow(10**6):06}"
        token = secrets.token_urlsafe(24)
        company.write(
            {
                **company._reset_sender_check(),
                "sender_check_email": email,
                "sender_check_at": fields.Datetime.now(),
                "sender_check_by_id": user.id,
            }
        )
        company.sender_check_code = code and company._mark_sender_secret(code)
        company.sender_check_token = company._mark_sender_secret(token)
        company._deliver_sender_check(email, code, token)

    def _check_no_recent_check(self, user):
        """A new letter invalidates the previous code: refuse while another user has just asked for
        one.

        :raises UserError: somebody else did within A_MOMENT
        """
        sent, other = self.sender_check_at, self.sender_check_by_id
        fresh = sent and sent > fields.Datetime.now() - A_MOMENT
        if fresh and other != user and self._is_sender_check_pending():
            raise UserError(
                self.env._(
                    "%s has just sent a test letter: look into the mailbox first, or wait two"
                    " minutes.",
                    other.name,
                )
            )

    def _deliver_sender_check(self, email, code, token):
        """:raises UserError: the mail server did not take the letter"""
        sender = self._get_organisation_sender()
        domain = self.alias_domain_id
        servers = self.env["ir.mail_server"]
        servers = servers.with_context(
            domain_notifications_email=domain.default_from_email or email,
            domain_bounce_address=domain.bounce_email or email,
        )
        try:
            server, smtp_from = servers._find_mail_server(sender)
            self._check_written_from(server, smtp_from)
            servers._knock(server)
            session = (
                servers._connect__(mail_server_id=server.id, smtp_from=smtp_from)
                if server
                else (servers._connect__(smtp_from=smtp_from))
            )
            session.sock.settimeout(PATIENCE)
            message = servers._build_email__(
                email_from=sender,
                email_to=[email],
                reply_to=email,
                subject=self._get_check_subject(),
                body=self._render_check_letter(code),
                subtype="html",
                headers={HEADER: token, "Auto-Submitted": "auto-generated"},
            )
            servers.send_email(message, smtp_session=session)
            session.quit()
        except (OSError, smtplib.SMTPException, MailDeliveryException) as error:
            raise UserError(self._describe_check_failure(error)) from error

    def _check_written_from(self, server, smtp_from):
        """:raises UserError: this server rewrites the organisation's address"""
        email = self._get_organisation_email()
        if email_normalize(smtp_from) != email:
            raise UserError(
                self.env._(
                    "The mail server “%(server)s” writes for other addresses only: letters would"
                    " leave from %(other)s instead of %(email)s. Ask its administrator to add"
                    " %(domain)s to the addresses that it writes from.",
                    server=server.name if server else config.get("smtp_server") or "",
                    other=email_normalize(smtp_from),
                    email=email,
                    domain=domain_of(email),
                )
            )

    def _describe_check_failure(self, error):
        reason = str(error.args[1] if isinstance(error, MailDeliveryException) else error)
        text = f"{type(error).__name__}: {reason}"
        at_connection = not isinstance(error, MailDeliveryException)
        kind = classify(text, "mail_smtp" if at_connection else "").kind
        label = dict(
            self.env["commune.letter.delivery"]._fields["reason"]._description_selection(self.env)
        )
        return self.env._(
            "The test letter did not leave. %(reason)s. Its words: “%(reply)s”.",
            reason=label.get(kind) or dict(REASONS)[kind],
            reply=last_words(text) or type(error).__name__,
        )

    def _get_check_subject(self):
        company = self.with_context(lang=self._get_organisation_lang())
        return company.env._("Test of the sender of %s", company._get_organisation_name())

    def _render_check_letter(self, code):
        """:param code: empty where Odoo itself reads the address"""
        lang = self._get_organisation_lang()
        company = self.with_context(lang=lang)
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        body = qweb._render(
            "commune_relations.sender_check_letter", {"code": code, "days": LIFE.days}, lang=lang
        )
        message = self.env["mail.message"].new({"body": body})
        values = {"message": message, "company": company, "lang": lang, "record": None}
        return str(qweb._render(LAYOUT, values, lang=lang))

    def _check_sender_code(self, code, user):
        """Type the code of the test letter; a wrong one is counted.

        :param user: who types it (res.users)
        :return: empty when the sender is confirmed, else what is wrong
        """
        company = self.sudo()
        lock_rows(company)
        if not company._is_sender_check_pending() or not company.sender_check_code:
            return self.env._("This code is not valid any more: send another test letter.")
        if company.sender_check_errors >= MOST_ERRORS:
            return self.env._("Five wrong codes: send another test letter.")
        digits = "".join(filter(str.isdigit, code or ""))
        if consteq(company._mark_sender_secret(digits), company.sender_check_code):
            company._mark_sender_confirmed(user)
            return ""
        company.sender_check_errors += 1
        left = MOST_ERRORS - company.sender_check_errors
        return self.env._("This is not the code of the last test letter. Tries left: %s.", left)

    def _receive_sender_check(self, tokens):
        """A message with these tokens has come back.

        :return: whether it was a test letter of the addon
        """
        waiting = self.sudo().search([("sender_check_token", "!=", False)])
        for company in waiting:
            mark = company.sender_check_token
            if any(consteq(company._mark_sender_secret(token), mark) for token in tokens):
                if company._is_sender_check_pending():
                    company._mark_sender_confirmed(company.sender_check_by_id)
                    _logger.info("The sender of company %s has come back", company.id)
                return True
        return False


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def _is_demonstration(self):
        """Whether this database holds the addresses of real town halls, to be looked at only."""
        return bool(self.env["ir.config_parameter"].sudo().get_param(DEMONSTRATION))

    def _knock(self, server):
        """Whether somebody opens: Odoo itself waits for a minute.

        :param server: ir.mail_server, empty for that of the configuration file
        :raises OSError: nobody answers
        """
        host, port, secure = self._get_smtp_endpoint(server)
        with socket.create_connection((host, port), timeout=PATIENCE) as connection:
            # Over TLS the client speaks first.
            if not secure:
                connection.recv(1)

    def _get_smtp_endpoint(self, server):
        """(host, port, whether TLS starts at once) of the outgoing server."""
        if server and server.smtp_authentication != "cli":
            secure = (server.smtp_encryption or "").startswith("ssl")
            return server.smtp_host, server.smtp_port, secure
        return config.get("smtp_server") or "", config.get("smtp_port") or 25, False
