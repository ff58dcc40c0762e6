"""Reply of the commune: resumes a waiting request, reopens a closed one.

And what a letter that came back, or did not leave, does.
"""

from odoo import api, models
from odoo.tools import html_escape

from ...core.inside import get_inside
from ...core.mail_delivery.delivery import LOST
from ..stage import CLOSED_KINDS

# Words of a person, as opposed to what the tool posts by itself.
WRITTEN = ("email", "comment")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _message_post_after_hook(self, message, msg_values):
        mail = self.env["commune.request.mail"]
        result = super()._message_post_after_hook(message, msg_values)
        is_letter = bool(get_inside(self.env, "letter_kind"))  # of the organisation, unsigned too
        written = message.message_type in WRITTEN and not is_letter and self._filter_managed()
        if written and not mail._is_from_staff(message):
            ticket = self.sudo()  # what a message moves, its author does not write
            if message.subtype_id.internal:
                mail._warn_owner_of_stranger(ticket, message)
            else:
                mail._receive_words(ticket, message)
        return result

    # what came back

    def _message_receive_bounce(self, email, partner):
        """Notify the owner of an undelivered message, once per address; called as superuser."""
        result = super()._message_receive_bounce(email, partner)
        for ticket in self._filter_managed():
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

    def _after_letters_failed(self, letters):
        for letter in letters:
            ticket = self.browse(letter.res_id)
            ticket._message_receive_bounce(letter.address, letter.partner_id)

    def _filter_to_ask(self, letters, urgent):
        """What is lost has its reminder, address by address."""
        return super()._filter_to_ask(letters, urgent).filtered(lambda one: one.state != LOST)

    def _get_letters_owner(self):
        return self.user_id or self.env["commune.request.reminder"]._get_reminder_lead(self)


class CommuneRequestMail(models.AbstractModel):
    _inherit = "commune.request.mail"

    def _is_from_staff(self, message):
        author = message.sudo().author_id
        return bool(author) and not author.partner_share

    def _receive_words(self, ticket, message):
        """The commune wrote: its first message is acknowledged, the next ones move the request."""
        if message.message_type == "email":
            ticket.sudo().commune_file_ids |= message.attachment_ids  # of a commune: no rights
        first = not ticket.acknowledged_date and ticket.channel_id == self._get_channel("email")
        silent = self._keeps_silent() or self._refuses_answer(ticket)
        if first and message.message_type == "email" and not silent:
            return self._acknowledge(ticket)
        kind = ticket.stage_kind
        if kind == "waiting":
            ticket._move_to("in_progress")
        elif kind == "answered":
            self._warn_owner_of_reply(ticket)
        elif kind in CLOSED_KINDS:
            self._reopen_by_reply(ticket)
        return None

    def _reopen_by_reply(self, ticket):
        if not ticket._can_reopen():
            return self._warn_owner_of_reply(ticket)
        ticket._reopen()
        return self._send_request_mail(ticket, "reopened")

    def _warn_owner_of_reply(self, ticket):
        ticket._remind("reply", self.env._("The commune wrote again after the answer"))

    def _warn_owner_of_stranger(self, ticket, message):
        sender = message.email_from or message.author_id.name or ""
        summary = self.env._("Message from somebody who is not of the commune")
        note = self.env._("From %s: the commune does not see it.", sender)
        if doubt := self._get_doubt_label():
            summary = self.env._("Message whose sender is not confirmed")
            note = f"{note} {doubt}."
        ticket._remind("reply", summary, note=note)

    @api.model
    def _receive_unread_bounce(self, msg):
        """Notify the request of the original message when a bounce names no recipient."""
        message = msg.get("bounced_message")
        if (
            message
            and message.model == self.env["helpdesk.ticket"]._name
            and not msg.get("bounced_email")
        ):
            ticket = self.env["helpdesk.ticket"].browse(message.res_id).exists()
            if ticket:
                ticket._message_receive_bounce(False, message.notification_ids.res_partner_id)
