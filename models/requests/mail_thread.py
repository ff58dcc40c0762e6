"""Entry point of incoming mail: what concerns requests of communes is routed by their model."""

import logging
from contextlib import suppress
from urllib.parse import urlsplit

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import html_sanitize, plaintext2html
from odoo.tools.mail import append_content_to_html

from ...engine.limited import DiedError, run, survives
from ...engine.mail import is_delivery_failure, refuses_answers, senders_of
from ...engine.mail.plain import plain
from ...engine.text import defuse
from ...engine.web import mask_host_secrets
from ..core.inside import INSIDE, Inside, is_inside
from ..core.message_access import MODULE
from .sender.recognise import DOUBT

_logger = logging.getLogger(__name__)
# In the context: the desk reads what is written to the address of all replies.
READ = "catchall_is_read"
# In the context: the message that is being received asks for no automatic answer; only those who
# are not recognised are obeyed.
UNANSWERED = "mail_asks_no_answer"
# Of the HTML of a message, a hundred pages: reading more of it holds the server for minutes.
LONGEST_BODY = 500_000
# Of a body that the cleaner of Odoo reads in less than a second, whatever is in it.
SHORT_BODY = 10_000
# Parts in HTML of a short one.
MANY_PARTS = 100
# Of the text of a longer one that holds the cleaner.
SHORT_TEXT = 5_000
# Of the text beside it: reading as much takes some seconds.
LONGEST_WHOLE = 5_000_000
WHOLE = "message.txt"


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        if self._was_received(message_dict):
            return []
        mail = self.env["commune.request.mail"].sudo()  # the gateway has no rights on requests
        returned = (message_dict.get("bounced_message") or self.env["mail.message"]).sudo()
        managed = returned and self._leads_to_us(returned.model, returned.res_id)
        if managed:
            self._check_hands_in_mail()
        if message_dict.get("is_bounce"):
            if managed and not is_delivery_failure(message):
                _logger.info("Mail %s says no failure: dropped", message_dict["message_id"])
                return []
            routes = super().message_route(message, message_dict, model, thread_id, custom_values)
            mail._receive_unread_bounce(message_dict)
            return routes
        numbered = mail._find_numbered_route(message, message_dict, model)
        routes = numbered or self._route_or_desk(
            message, message_dict, model, thread_id, custom_values
        )
        routes = mail._sort_routes(message, message_dict, routes)
        if any(
            self._leads_to_us(*route[:3]) or self._makes_ticket_of_commune(route, message)
            for route in routes or []
        ):
            self._check_hands_in_mail()
        return routes

    @api.model
    def _was_received(self, message_dict):
        """Whether a message came already, on a record of the addon. Odoo looks for it with the
        rights of the account that hands it in; an administrator reads no message of a request."""
        if self.env.su:
            return False
        same = Domain("message_id", "=", message_dict["message_id"]) & Domain("res_id", "!=", 0)
        found = self.env["mail.message"].sudo().search(same)
        if not any(self.sudo()._leads_to_us(one.model, one.res_id) for one in found):
            return False
        self._check_hands_in_mail()
        _logger.info("Mail %s was received already: dropped", message_dict["message_id"])
        return True

    @api.model
    def _route_or_desk(self, message, message_dict, model, thread_id, custom_values):
        """Odoo sends back what is written to the address of all replies and answers nothing that
        it knows: a letter that left is forgotten. Here somebody reads it."""
        mail = self.env["commune.request.mail"]
        read = not model and mail._is_sent_to_organisation(message_dict)
        found = super(MailThread, self.with_context(**{READ: INSIDE if read else None}))
        try:
            return found.message_route(message, message_dict, model, thread_id, custom_values)
        except ValueError:
            if not read:
                raise
            return [mail._get_desk_route(message_dict)]

    @api.model
    def _detect_write_to_catchall(self, msg_dict):
        return not is_inside(self.env, READ) and super()._detect_write_to_catchall(msg_dict)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        doubt = self.env["commune.request.mail"]._find_sender_doubt(message, message_dict, routes)
        if doubt:
            _logger.info("Mail %s: sender not confirmed (%s)", message_dict["message_id"], doubt)
            self = self.with_context(**{DOUBT: Inside(doubt)})
            routes = [self._take_sender_away(route, message_dict) for route in routes]
        if any(self._leads_to_us(*route[:3]) for route in routes or []):
            if not self.env.context.get("lang"):  # a mail server speaks no language
                self = self.with_context(lang=self.env.company._get_organisation_lang())
            if refuses_answers(message):
                self = self.with_context(**{UNANSWERED: INSIDE})
            if len(senders_of(message)) > 1:
                message_dict["author_id"] = False
            self._cut_body(message_dict)
            message_dict["body"] = self._hide_quoted_links(message_dict.get("body"))
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _take_sender_away(self, route, message_dict):
        """On a record of the addon nothing is done in the name of a sender who is not confirmed. A
        request says so itself, and waits; elsewhere the message begins with it."""
        mail = self.env["commune.request.mail"]
        if not self._leads_to_us(*route[:3]):
            return route
        message_dict["author_id"] = False
        if not mail._is_our_route(route):
            warning = self.env._(
                "The sender of this message is not confirmed (%s): anybody can write an address at"
                " the head of a message. Call the person before you follow it.",
                mail._get_doubt_label(),
            )
            words = Markup("<p><strong>%s</strong></p>") % warning
            message_dict["body"] = words + (message_dict.get("body") or "")
        return (*route[:3], self.env.uid, *route[4:])

    def _message_parse_extract_payload(self, message, message_dict, save_original=False):
        """Before Odoo parses and cleans bodies that are written to hold it: it cleans each one with
        those before, here and when they are kept."""
        bodies = [part for part in message.walk() if self._is_body(part)]
        found = [self._read_body(part) for part in bodies]
        whole = "".join(found)
        pages = [part for part in bodies if part.get_content_subtype() == "html"]
        if self._is_cleaned_quickly(whole, len(pages)):
            for part, thin in zip(bodies, found, strict=True):
                if part.get_content_subtype() == "html" and thin:
                    part.set_content(thin, subtype="html")
            return super()._message_parse_extract_payload(message, message_dict, save_original)
        for part in bodies:
            part.set_content("", subtype=part.get_content_subtype())
        payload = super()._message_parse_extract_payload(message, message_dict, save_original)
        return self._keep_text_alone(payload, whole)

    @api.model
    def _is_body(self, part):
        return part.get_content_type() in ("text/html", "text/plain") and not part.get_filename()

    @api.model
    def _read_body(self, part):
        """A part of a body as Odoo parses it, without what holds a parser; empty when its bytes are
        no text, which Odoo reports."""
        with suppress(LookupError, UnicodeError):
            if part.get_content_subtype() == "plain":
                return append_content_to_html("", part.get_content(), preserve=True)
            return defuse(part.get_content())
        return ""

    @api.model
    def _is_cleaned_quickly(self, body, count):
        """Whether the cleaner of Odoo reads a body in the time of an honest one. It takes minutes
        over a hundred kilobytes of quotations, lines or signatures that are written for it: what
        is not short is tried in a process that may die (decision 033).

        :param count: how many of its parts are HTML, each cleaned with those before
        """
        if len(body) <= SHORT_BODY:
            return count <= MANY_PARTS
        if count > 1 and count * len(body) > LONGEST_WHOLE:
            return False
        return survives("odoo.tools.mail:html_sanitize", str(body), size=len(body))

    @api.model
    def _keep_text_alone(self, payload, body):
        """Show the beginning of the text of a body that nobody cleans, and join the whole of it."""
        try:
            asked = body[:LONGEST_WHOLE]
            text = run("engine.mail.plain:plain", asked, package="engine.mail", size=len(asked))
        except DiedError:
            text = body[:LONGEST_WHOLE]
        _logger.warning("A body of %s characters holds its reader: its text is kept", len(body))
        note = self.env._(
            "This message is written so that its layout cannot be read: the beginning of its text"
            " alone is shown. The whole of it is the attached file %s.",
            WHOLE,
        )
        start = plaintext2html(text[:SHORT_TEXT])
        whole = self._hide_quoted_links(text).encode("utf-8", "replace")
        return {
            **payload,
            "body": start + Markup("<p><em>%s</em></p>") % note,
            "attachments": [*payload["attachments"], self._Attachment(WHOLE, whole, {})],
        }

    @api.model
    def _cut_body(self, message_dict):
        """The beginning of a heavy message is read, its whole text is a file beside."""
        body = message_dict.get("body") or ""
        if len(body) <= LONGEST_BODY:
            return
        start = str(body)[:LONGEST_BODY]
        if start.rfind("<") > start.rfind(">"):  # no half of a tag
            start = start[: start.rfind("<")]
        rest = self.env._(
            "This message is very long: its beginning alone is shown. The whole of it is the"
            " attached file %s.",
            WHOLE,
        )
        kept = html_sanitize(start, strip_classes=True)
        message_dict["body"] = kept + Markup("<p><em>%s</em></p>") % rest
        whole = self._hide_quoted_links(plain(str(body)[:LONGEST_WHOLE])).encode()
        files = message_dict.get("attachments") or []
        message_dict["attachments"] = [*files, self._Attachment(WHOLE, whole, {})]

    @api.model
    def _hide_quoted_links(self, body):
        """Anyone who answers a letter quotes it, with a link that is still alive: the staff who
        read the answer do not read the link."""
        host = urlsplit(self.env["res.company"].get_base_url()).hostname
        hidden = mask_host_secrets(str(body or ""), host)
        return type(body)(hidden) if body else body

    @api.model
    def _leads_to_us(self, model, res_id, values=None):
        """Whether a message would reach a record where the addon verifies its sender.

        :param values: of the record that it makes, when there is none yet
        """
        requests = self.env["helpdesk.ticket"]
        if model == requests._name:
            return self.env["commune.request.mail"]._is_our_route((model, res_id, values))
        records = self.env[model or self._name].browse(res_id or [])
        if model and not res_id:  # one that the message makes, as superuser and with these values
            managed = (
                records._fields[name]._module == MODULE
                for name in values or {}
                if name in records._fields
            )
            return records._original_module == MODULE or any(managed)
        # An agent of the pool has a thread that is Odoo's; a discussion group has no thread at all.
        records = records.exists() if res_id else records
        known = (
            getattr(records, name, None) for name in ("_get_managed_threads", "_filter_managed")
        )
        return any(bool(find()) for find in known if find)

    @api.model
    def _makes_ticket_of_commune(self, route, message):
        """Whether a message makes a ticket of no team in the name of somebody of a commune: each
        reader takes it for theirs. A ticket of another team is that team's."""
        if self.env.su or route[0] != "helpdesk.ticket" or route[1]:
            return False
        if (route[2] or {}).get("team_id"):
            return False
        recognition = self.env["commune.sender.recognition"]
        found = (recognition._recognise_sender(sender).how for sender in senders_of(message))
        return any(how not in ("staff", "unknown") for how in found)

    @api.model
    def _check_hands_in_mail(self):
        """Odoo takes a message from any account, and believes its sender: for us it comes from
        the mail server, which runs as superuser or with the account of an administrator."""
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Messages are handed in by the mail server, not by an account.")
            )
