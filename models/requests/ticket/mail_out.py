"""Letters to the commune: acknowledgement, question, answer, and what follows."""

import logging

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import html_sanitize, plaintext2html

from ....engine.mail.mail_body import without_greeting
from ...core.inside import Inside, is_inside
from ...core.letter import LAYOUT
from ..mail_thread import UNANSWERED
from ..stage import OPEN_KINDS

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
PERSONAL = ("waiting", "first_answer", "answered", "rerouted", "attached")
# Shown among the messages that the commune reads on the portal; the answer has its own place.
IN_THREAD = ("waiting", "first_answer", "attached")
ROBOT_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _acknowledge_direct(self, vals_list):
        """What comes from the portal or the phone is acknowledged at once; a message that came
        by e-mail once it is in the discussion, so that the answer follows it."""
        mail = self.env["commune.request.mail"]
        came = self._filter_organisation().filtered("channel_id")
        if came:
            direct = mail._get_channel("web") | mail._get_channel("phone")
            waiting = came.filtered(lambda ticket: ticket.channel_id in direct)
            waiting.env["commune.request.mail"]._acknowledge(waiting)

    def _with_recognised_sender(self, vals):
        """An agent who gives a commune to a request of an unknown sender has recognised it."""
        if vals.get("commune_id") and any(ticket.is_unknown_sender for ticket in self):
            vals = {**vals, "is_unknown_sender": False, "sender_recognition": "attached"}
        return vals

    def _acknowledge_recognised(self, vals):
        given = self if vals.get("commune_id") else self.browse()
        unknown = given.filtered("is_unknown_sender")
        yield
        unknown.env["commune.request.mail"]._acknowledge(unknown)

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """The button leads communes to the page of the addon, which asks who is there, and staff to
        the request."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if not self._filter_managed():
            return groups
        groups = [group for group in groups if group[0] != "portal_customer"]
        for name, _belongs, data in groups:
            staff = name == "user"
            url = f"/odoo/commune-requests/{self.id}" if staff else f"/my/requests/{self.id}"
            title = self.env._("Open the request") if staff else self.env._("See the request")
            data.update(active=True, has_button_access=True)
            data["button_access"] = {"url": f"{self.get_base_url()}{url}", "title": title}
        return groups


class CommuneRequestMail(models.AbstractModel):
    _inherit = "commune.request.mail"

    def _acknowledge(self, ticket):
        """Acknowledge requests once; requests of an unknown sender wait.

        A caller without e-mail had the acknowledgement on the phone.
        """
        waiting = ticket.sudo().filtered(
            lambda t: (
                not t.acknowledged_date
                and not t.is_unknown_sender
                and not self._refuses_answer(t)
                and t.stage_kind in OPEN_KINDS
            )
        )
        if self._keeps_silent() or not waiting:
            return
        phone = self._get_channel("phone")
        informed = waiting.filtered(
            lambda t: t.channel_id == phone and not t._get_letter_recipients()
        )
        written = waiting - informed
        sent = self._send_request_mail(written, "acknowledged")
        informed |= waiting.browse(sent.mapped("res_id"))
        informed.acknowledged_date = fields.Datetime.now()

    @api.model
    def _keeps_silent(self):
        """Nobody is written to while files are loaded."""
        # Odoo loads as superuser; a client may send the mark, and `sudo()` keeps it.
        loaded = self.env.uid == SUPERUSER_ID and self.env.context.get("install_mode")
        return bool(loaded) or is_inside(self.env, "no_letters")

    def _refuses_answer(self, ticket):
        """Whether the message that is being received asks for no automatic answer and is of
        somebody unknown. A commune is answered all the same: anyone who writes in the name of a
        mayor does not hide it from her."""
        return is_inside(self.env, UNANSWERED) and (
            ticket.sender_recognition in ("unknown", "unproven")
        )

    def _send_request_mail(self, demands, kind, body=None, attachments=None):
        """Send one of the letters to the communes of these requests.

        :param kind: one of LETTERS
        :param body: what the agent wrote, HTML or text
        :param attachments: ir.attachment to join
        :return: the messages sent (mail.message); none for who cannot be written to
        """
        demands = demands.sudo()  # staff and portal accounts send letters that they cannot write
        tickets = demands.filtered(lambda t: t._get_letter_recipients())
        letters = self._render_letters(tickets, kind, body)
        author = self._get_letter_author(kind)
        messages = demands.env["mail.message"]
        for ticket in tickets.filtered(lambda t: t.id in letters):
            messages |= self._post_letter(ticket, kind, letters[ticket.id], author, attachments)
        return messages

    def _render_letters(self, tickets, kind, body):
        """One of the letters for each of these requests, by their ids; none when nobody is written
        to."""
        xmlid = f"commune_relations.mail_template_request_{kind}"
        template = tickets.env.ref(xmlid, raise_if_not_found=False)
        if not template:
            _logger.error("The letter %s was deleted: nothing is sent", xmlid)
        if self._keeps_silent() or not tickets or not template:
            return {}
        return template.with_context(request_body=self._clean_letter(body))._generate_template(
            tickets.ids, ("subject", "body_html", "email_from")
        )

    def _post_letter(self, ticket, kind, letter, author, attachments, recipients=None):
        """:param ticket: as superuser
        :param recipients: others than those of its letters, as a pair of the same kind
        """
        ticket.ensure_one()
        partners, addresses = recipients or ticket._get_letter_recipients()
        ticket.sudo().bounced_email = False  # written by nobody
        silent = ticket.with_context(
            mail_post_autofollow=False, letter_kind=Inside(f"request_{kind}")
        )
        message = silent.message_post(
            subject=letter["subject"],
            body=Markup(letter["body_html"] or ""),  # nosec B704: cleaned as written
            author_id=(author or ticket.company_id.partner_id).id,
            email_from=letter.get("email_from") or ticket._get_letter_sender(),
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
        message.is_organisation_letter = True
        return message

    def _get_letter_author(self, kind):
        """Who speaks: the current agent, for what a person writes; else the intercommunality."""
        author = self.env.user.partner_id
        if kind not in PERSONAL or self.env.user.share or not author.active:
            return self.env["res.partner"]
        return author

    @api.model
    def _clean_letter(self, body):
        """Text as HTML, and HTML without anything that a mail should not hold; the letter greets
        already."""
        if not body:
            return ""
        html = body if isinstance(body, Markup) else plaintext2html(body)
        return Markup(without_greeting(html_sanitize(html)))  # nosec B704: cleaned here
