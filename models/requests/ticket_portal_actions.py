"""What a commune does with its request: write, say whether it is solved, give its opinion.

Each method is called on a request found under the person's rights, checks what the person may do
now, and only then acts as superuser.
"""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, plaintext2html

from .ticket_portal_list import clean_text

MAX_TEXT = 20_000


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _check_portal_right(self, right, sentence):
        self.ensure_one()
        self.check_access("read")
        if not self._get_portal_rights()[right]:
            raise UserError(sentence)

    def _portal_post(self, text, files=()):
        """Write to the interlocutor; an answer that was waited for starts the work again, as by
        e-mail: see `_receive_words`."""
        self._check_portal_right(
            "can_post",
            self.env._("This request is closed: make a new one."),
        )
        text = clean_text(text)
        if not text and not files:
            raise UserError(self.env._("Write your message before you send it."))
        self._check_portal_text(text)
        self._check_portal_files(files)
        self._portal_message(text or self.env._("Files attached."), files)

    def _portal_message(self, text, files=()):
        """Post as the person at hand; the owner receives it, else who answers for the team."""
        ticket = self.sudo()
        owner = ticket.user_id or ticket.team_id._get_lead()
        # Odoo takes from a portal account the files of a message being written, no others.
        draft = self.env["mail.compose.message"]
        attachments = self.env["ir.attachment"]._create_commune_files(draft, files)
        return ticket.message_post(
            partner_ids=owner.partner_id.ids,
            body=plaintext2html(text),
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=attachments.ids,
        )

    def _check_portal_text(self, text):
        if len(text) > MAX_TEXT:
            raise UserError(self.env._("Your text is too long: %s characters at most.", MAX_TEXT))

    def _check_portal_files(self, files):
        problems = self.env["ir.attachment"]._get_commune_file_problems(list(files))
        if problems:
            raise UserError("\n".join(problems))

    def _portal_close(self):
        """The commune says that it is solved: only it can."""
        self._check_portal_right("can_close", self.env._("This request has no answer yet."))
        self.sudo()._move_to("closed")

    def _portal_reopen(self, reason):
        """The answer did not solve it: the reason goes to the interlocutor."""
        self._check_portal_right(
            "can_reopen", self.env._("This request is not at the step of the answer any more.")
        )
        reason = clean_text(reason)
        if not reason:
            raise UserError(self.env._("Say in a few words what is not solved."))
        self._check_portal_text(reason)
        self.sudo()._move_to("in_progress")
        self._portal_message(reason)
        self.sudo()._remind("reply", self.env._("Reopened: the answer did not solve it"), reason)

    def _portal_cancel(self):
        """The requester takes back a request that nobody has begun to work on."""
        self._check_portal_right(
            "can_cancel", self.env._("Work on this request has begun: write to your interlocutor.")
        )
        self.sudo()._move_to("cancelled")

    def _portal_rate(self, rate, comment=""):
        """The opinion of the commune, once."""
        self._check_portal_right(
            "can_rate", self.env._("The opinion on this request is given already.")
        )
        if rate not in (1, 2, 3, 4, 5):
            raise UserError(self.env._("Choose one of the five answers."))
        comment = clean_text(comment)
        self._check_portal_text(comment)
        ticket = self.sudo()
        rating = (
            self.env["rating.rating"]
            .sudo()
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": self.id,
                    "partner_id": self.env.user.partner_id.id,
                    "rated_partner_id": ticket.user_id.partner_id.id,
                    "is_internal": False,
                }
            )
        )
        ticket.rating_apply(
            rate,
            rating=rating,
            feedback=comment,
            subtype_xmlid="mail.mt_note",
        )

    def _get_portal_rating(self):
        """The opinion given, as superuser; empty before."""
        return (
            self.env["rating.rating"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "=", self.id), ("consumed", "=", True)],
                order="id desc",
                limit=1,
            )
        )

    def _format_portal_moment(self, moment):
        return format_datetime(
            self.env, moment, tz=self._get_zone().zone, dt_format="d MMMM y, HH:mm"
        )
