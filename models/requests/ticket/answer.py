"""The answer to a request: a draft among staff, then what the commune has been sent."""

from babel.dates import format_timedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import html2plaintext, is_html_empty

from ..answer.canned_answer import BLANK, VARIABLE, VARIABLES
from ..stage import OPEN_KINDS
from .ticket import SENT_FIELDS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # the draft
    answer_html = fields.Html(string="Draft of the answer", copy=False, groups="base.group_user")
    canned_answer_id = fields.Many2one(
        "commune.canned.answer",
        string="Insert a canned answer",
        store=False,
        groups="base.group_user",
        help="Its text is added to the draft; those of the topic come first.",
    )
    canned_answer_ids = fields.Many2many(
        "commune.canned.answer",
        "commune_canned_answer_use_rel",
        string="Canned answers used",
        copy=False,
        groups="base.group_user",
    )
    answer_file_ids = fields.Many2many(
        "ir.attachment",
        "commune_request_answer_file_rel",
        string="Files joined to the answer",
        copy=False,
        groups="base.group_user",
        bypass_search_access=True,
    )

    # what the commune was sent
    answer_sent_html = fields.Html(string="Answer sent", readonly=True, copy=False)
    answer_sent_date = fields.Datetime(string="Sent on", readonly=True, copy=False)
    answer_sent_user_id = fields.Many2one(
        "res.users", string="Sent by", readonly=True, copy=False, groups="base.group_user"
    )
    answer_sent_file_ids = fields.Many2many(
        "ir.attachment",
        "commune_request_answer_sent_file_rel",
        string="Files sent",
        readonly=True,
        copy=False,
        groups="base.group_user",
        bypass_search_access=True,
    )

    @api.onchange("canned_answer_id")
    def _onchange_canned_answer_id(self):
        if self.canned_answer_id:
            self.answer_html = self.env["commune.request.answer"]._join_answers(
                self.answer_html, self.canned_answer_id._render(self)
            )
            self.canned_answer_ids |= self.canned_answer_id
            self.canned_answer_id = False

    # sending

    def action_send_answer(self):
        for ticket in self:
            self.env["commune.request.answer"]._send_answer(ticket)

    def _clear_draft(self):
        """Sent answers are stored separately: a reopened request starts with an empty draft."""
        self.write({"answer_html": False, "answer_file_ids": [Command.clear()]})


class CommuneRequestAnswer(models.AbstractModel):
    _name = "commune.request.answer"
    _description = "Answer to a request, from the draft to the letter"

    def _get_answer_words(self, ticket):
        """Values of the placeholders, in French: communes are answered in French."""
        ticket.ensure_one()
        ticket = ticket.sudo().with_context(lang="fr_FR")
        person, epci = ticket.partner_id, ticket.company_id.epci_id
        owner = ticket.user_id or ticket.team_id._get_lead()
        desk = ticket.company_id._get_desk_card()
        civilities = {"mme": "Madame", "m": "Monsieur"}
        place = ticket.commune_id
        return {
            "commune": place.brand_name or place.name,
            "demandeur": person.name or ticket.partner_name,
            "civilite": civilities.get(person.civility, "Madame, Monsieur"),
            "fonction": ticket.partner_title,
            "numero": ticket.number,
            "objet": ticket.name,
            "interlocuteur": owner.name or desk["name"],
            "telephone": owner.partner_id.phone or desk["phone"],
            "equipe": ticket.team_id._get_shown_team().name,
            "date_promise": ticket.promised_date
            and self.env.company.with_context(lang="fr_FR")._format_document_date(
                ticket.promised_date
            ),
            "intercommunalite": epci.brand_name or epci.name or ticket.company_id.name,
        }

    @api.model
    def _join_answers(self, draft, addition):
        added = Markup(addition)  # nosec B704: cleaned as written
        return added if is_html_empty(draft) else Markup(draft) + added  # nosec B704: the same

    # checks

    def _check_can_answer(self, ticket):
        """Refuse with a sentence: not open any more, or somebody else is at it."""
        ticket.ensure_one()
        ticket.check_access("write")
        try:
            ticket.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody is answering %s at this very moment: look at it again in a minute.",
                    ticket._get_name_for_commune(),
                )
            ) from error
        ticket.invalidate_recordset(["stage_id", "stage_kind", *SENT_FIELDS])
        if ticket.stage_kind not in OPEN_KINDS:
            raise UserError(self._get_not_open_sentence(ticket))

    def _get_not_open_sentence(self, demand):
        ticket = demand.sudo()
        if ticket.answer_sent_date and ticket.stage_kind in ("answered", "rerouted", "closed"):
            ago = format_timedelta(
                fields.Datetime.now() - ticket.answer_sent_date,
                locale=self.env["res.lang"]._get_data(code=self.env.lang).iso_code or "fr",
            )
            return self.env._(
                "%(request)s has already been answered by %(user)s, %(ago)s ago.",
                request=demand._get_name_for_commune(),
                user=ticket.answer_sent_user_id.name,
                ago=ago,
            )
        return self.env._("%s is no longer open: reopen it first.", demand._get_name_for_commune())

    def _check_text(self, body):
        """A text for the commune: not empty, nothing left to fill in."""
        if is_html_empty(body) or not html2plaintext(body).strip():
            raise UserError(self.env._("Write your text before you send it."))
        words = [name for name in VARIABLE.findall(body) if name in VARIABLES]
        blanks = BLANK.findall(body) + [f"{{{name}}}" for name in words]
        if blanks:
            raise UserError(
                self.env._("Fill in or remove %s before you send your text.", ", ".join(blanks))
            )

    def _send_answer(self, ticket):
        """Send the draft: the one answer that the commune receives, and the step that it means.

        One mail, one message in the thread: `_send_request_mail` does both.
        """
        self._check_can_answer(ticket)
        self._check_text(ticket.answer_html)
        kind = "rerouted" if ticket.level_answer else "answered"
        body, files = self._get_answer_body(ticket), ticket.answer_file_ids
        sent = ticket.sudo()  # who answers writes no record of what was sent
        self._keep_former_answer(sent)
        ticket._move_to(kind)
        sent.write(
            {
                "answer_sent_html": body,
                "answer_sent_date": fields.Datetime.now(),
                "answer_sent_user_id": self.env.uid,
                "answer_sent_file_ids": [Command.set(files.ids)],
            }
        )
        sent._clear_draft()
        self._notify_commune(ticket, kind, body, files)
        self.env["commune.request.duplicate"]._send_answer_to_attached(sent, kind, body, files)

    def _keep_former_answer(self, ticket):
        """Log the rejected answer in the thread at its own date.

        Without it, the commune's comment would reply to nothing.
        """
        if not ticket.answer_sent_date:
            return
        ticket.env["mail.message"].create(
            {
                "model": ticket._name,
                "res_id": ticket.id,
                "body": ticket.answer_sent_html,
                "author_id": ticket.answer_sent_user_id.partner_id.id,
                "date": ticket.answer_sent_date,
                "message_type": "comment",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "attachment_ids": [Command.set(ticket.answer_sent_file_ids.ids)],
            }
        )

    def _get_answer_body(self, ticket):
        """The draft as it is kept once sent; who to ask instead is added to a rerouting."""
        body = Markup(ticket.answer_html)  # nosec B704: cleaned as written
        outside = ticket._get_outside_sentence() if ticket.level_answer else ""
        return body + (Markup("<p><strong>%s</strong></p>") % outside if outside else "")

    def _ask_commune(self, ticket, body):
        """Ask the commune for a detail: the promise waits until it answers."""
        self._check_can_answer(ticket)
        self._check_text(body)
        ticket._move_to("waiting")
        self._notify_commune(ticket, "waiting", body)

    def _give_first_answer(self, ticket, body):
        """A first useful answer: the commune knows something, the request stays open."""
        self._check_can_answer(ticket)
        self._check_text(body)
        if ticket.is_sensitive:
            raise UserError(
                self.env._(
                    "%s is sensitive: the commune receives one answer, validated. You may ask it"
                    " for a detail.",
                    ticket._get_name_for_commune(),
                )
            )
        if ticket.stage_kind == "received":
            ticket._move_to("in_progress")
        if not ticket.first_response_date:
            ticket._set({"first_response_date": fields.Datetime.now()})
        self._notify_commune(ticket, "first_answer", body)

    def _notify_commune(self, ticket, kind, body, files=None):
        """One mail and one message; when there is nobody to write to, the message alone."""
        if kind == "first_answer":
            messages = self._send_first_answer(ticket, body)
        else:
            text = Markup(body)  # nosec B704: cleaned as written
            messages = self.env["commune.request.mail"]._send_request_mail(
                ticket, kind, body=text, attachments=files
            )
        if not messages:
            ticket.message_post(
                body=Markup(body),  # nosec B704: cleaned as written
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachment_ids=files.ids if files else None,
                notify_skip_followers=True,
            )

    def _send_first_answer(self, ticket, body):
        """A letter like the others, without promise nor farewell: the final answer follows."""
        mail = self.env["commune.request.mail"]
        ticket = ticket.sudo()
        if mail._keeps_silent() or not ticket._get_letter_recipients():
            return self.env["mail.message"]
        ticket = ticket.with_context(lang=ticket._get_letter_lang())
        text = mail._clean_letter(Markup(body))  # nosec B704: cleaned here
        letter = {
            "subject": ticket.env._(
                "[%(number)s] A first answer: %(name)s", number=ticket.number, name=ticket.name
            ),
            "body_html": Markup("<p>%s</p>%s") % (ticket._get_letter_greeting(), text),
        }
        author = ticket.env["commune.request.mail"]._get_letter_author("waiting")
        return mail._post_letter(ticket, "waiting", letter, author, None)


class CommuneRequestPortal(models.AbstractModel):
    _inherit = "commune.request.portal"

    def _get_portal_answer(self, ticket):
        """The official answer once it is sent, for the pages of the communes."""
        ticket = ticket.sudo()  # of a request that the page has checked
        if not ticket.answer_sent_date or ticket.stage_kind in OPEN_KINDS:
            return super()._get_portal_answer(ticket)
        return {
            "body": Markup(ticket.answer_sent_html or ""),  # nosec B704: cleaned as written
            "attachments": ticket.answer_sent_file_ids,
            "date": self._format_portal_datetime(ticket, ticket.answer_sent_date),
            "author": ticket.answer_sent_user_id.name,
        }
