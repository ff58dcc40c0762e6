"""Portal actions of a commune on its request: write, confirm the solution, rate.

Each method is called on a request found with the person's rights, checks what the person may do
now, and only then acts as superuser.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from ....engine.text import first_sentence
from ...core.text_limits import LENGTHS
from .form import STORED, FormError
from .portal_list import clean_text


class CommuneRequestPortal(models.AbstractModel):
    _inherit = "commune.request.portal"

    def _check_portal_right(self, demand, right, sentence):
        """:return: the request as superuser: the person may do this to it"""
        demand.ensure_one()
        demand.check_access("read")
        ticket = demand.sudo()
        if not self._get_portal_rights(ticket)[right]:
            raise UserError(sentence)
        return ticket

    def _portal_post(self, ticket, text, files=()):
        """Write to the interlocutor; an answer that was waited for starts the work again, as by
        e-mail: see `_receive_words`."""
        ticket = self._check_portal_right(
            ticket,
            "can_post",
            self.env._("This request is closed: make a new one."),
        )
        text = clean_text(text)
        if not text and not files:
            raise UserError(self.env._("Write your message before you send it."))
        self._check_portal_text(text)
        self._check_portal_files(files)
        self._portal_message(ticket, text or self.env._("Files attached."), files)

    def _portal_message(self, ticket, text, files=()):
        """Post as the current user; the owner receives it, else who answers for the team.

        :param ticket: as superuser
        """
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
        if len(text) > LENGTHS["request"]:
            raise UserError(
                self.env._("Your text is too long: %s characters at most.", LENGTHS["request"])
            )

    def _check_portal_files(self, files):
        problems = self.env["ir.attachment"]._get_commune_file_problems(list(files))
        if problems:
            raise UserError("\n".join(problems))

    def _portal_close(self, ticket):
        """Close the request as solved: only the commune can."""
        sentence = self.env._("This request has no answer yet.")
        self._check_portal_right(ticket, "can_close", sentence)._move_to("closed")

    def _portal_reopen(self, ticket, reason):
        """Reopen an unsolved request and send the reason to the interlocutor."""
        ticket = self._check_portal_right(
            ticket,
            "can_reopen",
            self.env._("This request is not at the step of the answer any more."),
        )
        reason = clean_text(reason)
        if not reason:
            raise UserError(self.env._("Say in a few words what is not solved."))
        self._check_portal_text(reason)
        ticket._reopen(reason)
        self._portal_message(ticket, reason)

    def _portal_cancel(self, ticket, why=""):
        """Cancel a request that nobody has begun to work on, for its requester.

        :param why: optional reason of the requester
        """
        ticket = self._check_portal_right(
            ticket,
            "can_cancel",
            self.env._("Work on this request has begun: write to your interlocutor."),
        )
        # Posted first: a message on a closed request would open it again.
        if why := clean_text(why)[: LENGTHS["refusal"]]:
            self._portal_message(ticket, why)
        ticket._move_to("cancelled")

    def _portal_rate(self, ticket, rate, comment=""):
        """The opinion of the commune, once."""
        ticket = self._check_portal_right(
            ticket, "can_rate", self.env._("The opinion on this request is given already.")
        )
        if rate not in (1, 2, 3, 4, 5):
            raise UserError(self.env._("Choose one of the five answers."))
        comment = clean_text(comment)
        self._check_portal_text(comment)
        rating = ticket.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(ticket._name),
                "res_id": ticket.id,
                "partner_id": self.env.user.partner_id.id,
                "rated_partner_id": ticket.user_id.partner_id.id,
                "is_internal": False,
            }
        )
        ticket.rating_apply(
            rate,
            rating=rating,
            feedback=comment,
            subtype_xmlid="mail.mt_note",
        )

    def _get_portal_rating(self, ticket):
        """The opinion given, as superuser; empty before.

        :param ticket: as superuser
        """
        return ticket.env["rating.rating"].search(
            [("res_model", "=", ticket._name), ("res_id", "=", ticket.id), ("consumed", "=", True)],
            order="id desc",
            limit=1,
        )

    def _format_portal_datetime(self, ticket, moment):
        return self.env["commune.letter"]._format_datetime(moment, ticket._get_zone())

    # A request filed on the portal: one entry point, with its own rights and limits.

    @api.model
    def _create_from_portal(self, values, files=()):
        """File a request in the name of a commune for which the current user holds a mandate.

        :param values: dict, anything else is ignored: the fields of the form (see `form`),
            `commune` (res.partner), `topic` (commune.topic, empty: the desk chooses),
            `topic_missing` (the person has to choose), `none_fits` (they refused the topics that
            were shown), `cards` (what `commune.topic.orient` gave)
        :param files: list of (name, bytes)
        :return: the request
        :raise FormError: when something is missing or wrong
        """
        person, commune = self.env.user.partner_id, values.get("commune")
        if not commune or not commune._get_portal_role(person):
            raise AccessError(self.env._("You hold no mandate or post in this commune."))
        problems = self.env["helpdesk.ticket"]._get_portal_problems(values, files)
        if problems:
            raise FormError(problems)
        ticket = (
            self.env["helpdesk.ticket"].sudo().create(self._prepare_from_portal(values, person))
        )
        attachments = self.env["ir.attachment"]._create_commune_files(ticket, files)
        ticket.commune_file_ids = attachments
        self._log_portal_question(values, ticket)
        return ticket.sudo(False)

    @api.model
    def _prepare_from_portal(self, values, person):
        question = values["question"].strip()
        given = {field.name: field.take(values.get(field.name)) for field in STORED}
        topic, cards = values.get("topic"), values.get("cards") or []
        channel = self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_channel_web", raise_if_not_found=False
        )
        return {
            **given,
            "name": given["name"] or get_title(question),
            "description": plaintext2html(question),
            "commune_id": values["commune"].id,
            "partner_id": person.id,
            "partner_name": person.name,
            "partner_email": person.email,
            "topic_id": topic.id if topic else False,
            "suggested_topic_id": cards[0]["topic_id"] if cards else False,
            "channel_id": channel.id if channel else False,
        }

    @api.model
    def _log_portal_question(self, values, ticket):
        log = self.env["commune.orientation.log"]._log(
            values["question"],
            values.get("cards") or [],
            origin="portal",
            chosen=values.get("topic"),
            ticket=ticket,
        )
        if values.get("none_fits"):
            log.is_zero_result = True


def get_title(question):
    """The first sentence of a question, cut at a word when it is long."""
    first = first_sentence(question)
    if len(first) <= 80:
        return first
    return f"{first[:79].rsplit(' ', 1)[0]}…"
