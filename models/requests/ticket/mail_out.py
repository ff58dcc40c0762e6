"""Letters to the commune: acknowledgement, question, answer, and what follows."""

import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html_escape, html_sanitize, plaintext2html

from ...core.letter import LAYOUT
from ...core.post.journey import LOST
from ..stage import CLOSED_KINDS, OPEN_KINDS

_logger = logging.getLogger(__name__)
LETTERS = (
    "acknowledged",
    "waiting",
    "first_answer",
    "answered",
    "rerouted",
    "reopened",
    "closed",
)
# Written by a person, who signs them.
PERSONAL = ("waiting", "first_answer", "answered", "rerouted")
# They stand among the messages that the commune reads on the portal; the answer has its own place.
IN_THREAD = ("waiting", "first_answer")
ROBOT_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
# Words of a person, as opposed to what the tool posts by itself.
WRITTEN = ("email", "comment")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _acknowledge_direct(self):
        """What comes from the portal or the phone is acknowledged at once; a message that came
        by e-mail when it stands in the discussion, so that the answer follows it."""
        direct = self._get_channel("web") | self._get_channel("phone")
        self.filtered(lambda t: t.channel_id and t.channel_id in direct)._acknowledge()

    def _recognise_sender(self, vals):
        """An agent who gives a commune to a request of an unknown sender has recognised it.

        :param vals: values about to be written, completed here
        :return: the requests whose sender was not known
        """
        if not vals.get("commune_id"):
            return self.browse()
        unknown = self.sudo().filtered("is_unknown_sender")
        if unknown:
            vals.update(is_unknown_sender=False, sender_recognition="attached")
        return unknown

    def _acknowledge(self):
        """Acknowledge requests once; those whose sender is not known have to wait.

        A caller without e-mail has been told on the phone.
        """
        waiting = self.sudo().filtered(
            lambda t: (
                not t.acknowledged_date and not t.is_unknown_sender and t.stage_kind in OPEN_KINDS
            )
        )
        if self._keeps_silent() or not waiting:
            return
        phone = self._get_channel("phone")
        told = waiting.filtered(lambda t: t.channel_id == phone and not t._get_letter_recipients())
        sent = (waiting - told)._send_request_mail("acknowledged")
        told |= self.sudo().browse(sent.mapped("res_id"))
        told.acknowledged_date = fields.Datetime.now()

    @api.model
    def _keeps_silent(self):
        """Nobody is written to while files are loaded."""
        return self.env.context.get("no_request_mail") or self.env.context.get("install_mode")

    def _send_request_mail(self, kind, body=None, attachments=None):
        """Send one of the letters to the communes of these requests.

        :param kind: one of LETTERS
        :param body: what the agent wrote, HTML or text
        :param attachments: ir.attachment to join
        :return: the messages sent (mail.message); none for who cannot be written to
        """
        messages = self.env["mail.message"].sudo()
        tickets = self.sudo().filtered(lambda t: t._get_letter_recipients())
        xmlid = f"commune_relations.mail_template_request_{kind}"
        template = self.env.ref(xmlid, raise_if_not_found=False)
        if not template:
            _logger.error("The letter %s was deleted: nothing is sent", xmlid)
        if self._keeps_silent() or not tickets or not template:
            return messages
        author = self._get_letter_author(kind)
        letters = (
            template.sudo()
            .with_context(request_body=self._clean_letter(body))
            ._generate_template(tickets.ids, ("subject", "body_html", "email_from"))
        )
        for ticket in tickets:
            messages |= ticket._post_letter(kind, letters[ticket.id], author, attachments)
        return messages

    def _post_letter(self, kind, letter, author, attachments):
        self.ensure_one()
        partners, addresses = self._get_letter_recipients()
        self.bounced_email = False
        told = self.with_context(mail_post_autofollow=False, letter_kind=f"request_{kind}")
        message = told.message_post(
            subject=letter["subject"],
            body=Markup(letter["body_html"] or ""),  # nosec B704: cleaned as written
            author_id=(author or self.company_id.partner_id).id,
            email_from=letter.get("email_from") or self._get_letter_sender(),
            message_type="comment" if kind in IN_THREAD else "auto_comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=partners.ids,
            outgoing_email_to=",".join(addresses) or False,
            attachment_ids=attachments.ids if attachments else None,
            email_layout_xmlid=LAYOUT,
            email_add_signature=False,
            notify_author=True,
            notify_skip_followers=True,
            mail_headers={} if kind in PERSONAL else ROBOT_HEADERS,
        )
        message.sudo().is_house_letter = True
        return message.sudo()

    def _get_letter_author(self, kind):
        """Who speaks: the agent at hand, for what a person writes; else the intercommunality."""
        author = self.env.user.partner_id
        if kind not in PERSONAL or self.env.user.share or not author.active:
            return self.env["res.partner"]
        return author

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """The button leads communes to our page, which asks who is there, and staff to the
        request."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if not self:
            return groups
        groups = [group for group in groups if group[0] != "portal_customer"]
        for name, _belongs, data in groups:
            staff = name == "user"
            url = f"/odoo/commune-requests/{self.id}" if staff else f"/my/requests/{self.id}"
            title = self.env._("Open the request") if staff else self.env._("See the request")
            data.update(active=True, has_button_access=True)
            data["button_access"] = {"url": f"{self.get_base_url()}{url}", "title": title}
        return groups

    @api.model
    def _clean_letter(self, body):
        """Text as HTML, and HTML without anything that a mail should not hold."""
        if not body:
            return ""
        html = body if isinstance(body, Markup) else plaintext2html(body)
        return Markup(html_sanitize(html))  # nosec B704: cleaned here

    # What a message of the commune, or one that came back, does to a request.

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type in WRITTEN and not self._is_from_staff(message):
            ticket = self.sudo()
            if message.subtype_id.internal:
                ticket._warn_owner_of_stranger(message)
            else:
                ticket._receive_words(message)
        return result

    def _is_from_staff(self, message):
        author = message.sudo().author_id
        return bool(author) and not author.partner_share

    def _receive_words(self, message):
        """The commune wrote: its first message is acknowledged, the next ones move the request."""
        if message.message_type == "email":
            self.commune_file_ids |= message.attachment_ids
        first = not self.acknowledged_date and self.channel_id == self._get_channel("email")
        if first and message.message_type == "email":
            return self._acknowledge()
        kind = self.stage_kind
        if kind == "waiting":
            self._move_to("in_progress")
        elif kind == "answered":
            self._warn_owner_of_reply()
        elif kind in CLOSED_KINDS:
            self._reopen_by_reply()
        return None

    def _reopen_by_reply(self):
        if not self._can_reopen():
            return self._warn_owner_of_reply()
        self._reopen()
        return self._send_request_mail("reopened")

    def _warn_owner_of_reply(self):
        self._remind("reply", self.env._("The commune wrote again after the answer"))

    def _warn_owner_of_stranger(self, message):
        sender = message.email_from or message.author_id.name or ""
        summary = self.env._("Message from somebody who is not of the commune")
        note = self.env._("From %s: the commune does not see it.", sender)
        if doubt := self._get_doubt_label():
            summary = self.env._("Message whose sender is not confirmed")
            note = f"{note} {doubt}."
        self._remind("reply", summary, note=note)

    # what came back

    def _message_receive_bounce(self, email, partner):
        """A message did not arrive: its owner is told once for each address."""
        result = super()._message_receive_bounce(email, partner)
        for ticket in self.sudo():
            address = email or partner[:1].email or ticket.partner_email or ""
            ticket.bounced_email = address
            ticket._remind(
                "bounce",
                self.env._("The e-mail to %s did not arrive", address),
                key=address,
                note=self.env._(
                    "The commune has not received our last message. Check the address, call the"
                    " person, then send it again: %s",
                    html_escape(address),
                ),
            )
        return result

    def _note_letters_lost(self, letters):
        for letter in letters:
            ticket = self.browse(letter.res_id)
            ticket._message_receive_bounce(letter.address, letter.partner_id)

    def _filter_to_ask(self, letters, urgent):
        """What is lost has its reminder, address by address."""
        return super()._filter_to_ask(letters, urgent).filtered(lambda one: one.state != LOST)

    def _get_letters_keeper(self):
        return self.user_id or self._get_reminder_lead()

    @api.model
    def _receive_unread_bounce(self, msg):
        """A report that names no recipient: the request of the message is told all the same."""
        message = msg.get("bounced_message")
        if message and message.model == self._name and not msg.get("bounced_email"):
            ticket = self.sudo().browse(message.res_id).exists()
            if ticket:
                ticket._message_receive_bounce(False, message.notification_ids.res_partner_id)
