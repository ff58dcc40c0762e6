"""Two requests about one thing: one is followed, the other leads to it."""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.window_actions import open_dialog
from ..stage import OPEN_KINDS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_attach(self):
        self.ensure_one()
        self.check_access("read")
        candidates = self.similar_ids.filtered(
            lambda t: t.stage_kind in OPEN_KINDS and not t.duplicate_id
        )
        return open_dialog(
            self,
            "commune.request.attach",
            self.env._("Attach to another request"),
            default_ticket_id=self.id,
            default_main_id=candidates[:1].id,
        )


def _get_addresses(partners, addresses):
    return {*partners.mapped("email_normalized"), *addresses} - {False}


class CommuneRequestDuplicate(models.AbstractModel):
    _name = "commune.request.duplicate"
    _description = "Request attached to the one that it repeats"

    def _get_attach_domain(self, ticket):
        """Open requests of the same commune that are not duplicates themselves."""
        ticket.ensure_one()
        return (
            Domain("commune_id", "=", ticket.commune_id.id)
            & Domain("id", "!=", ticket.id)
            & Domain("stage_kind", "in", OPEN_KINDS)
            & Domain("duplicate_id", "=", False)
        )

    def _attach_to(self, ticket, main):
        """Follow this request under another one: it is cancelled, its files and its requester go
        with it, as far as the requester may read the other one."""
        ticket.ensure_one()
        ticket.check_access("write")
        main.check_access("read")
        if not ticket.commune_id or not main.filtered_domain(self._get_attach_domain(ticket)):
            raise UserError(
                self.env._(
                    "%(request)s cannot be attached to %(other)s: choose an open request of the"
                    " same commune.",
                    request=ticket._get_name_for_commune(),
                    other=main._get_name_for_commune(),
                )
            )
        ticket.duplicate_id = main
        # Files of a request are not written by hand, its duplicates may be of other teams.
        attached, other = ticket.sudo(), main.sudo()
        attached.duplicate_ids.duplicate_id = main
        ticket._move_to("cancelled")
        self._copy_files_to(attached, other)
        if self._is_read_by_requester(ticket, main):
            other.message_subscribe(ticket.partner_id.ids)
        self._notify_attached(attached, main)

    def _copy_files_to(self, ticket, main):
        known = set(main.attachment_ids.mapped("checksum"))
        for file in ticket.attachment_ids.filtered(lambda f: f.checksum not in known):
            copied = file.copy({"res_id": main.id})
            if file in ticket.commune_file_ids:
                main.commune_file_ids |= copied

    def _is_read_by_requester(self, ticket, main):
        """Whether the answer to the other request may be given to the requester, with an account
        or without."""
        ticket, main = ticket.sudo(), main.sudo()
        if ticket.partner_id:
            return bool(main._get_readers(ticket.partner_id))
        # An address of the town hall, known by its domain: its own are open to it alone.
        return main.confidentiality == "commune"

    def _send_answer_to_attached(self, main, kind, body, files):
        """Write the answer to the requesters of the attached requests, who were promised that it
        is theirs too: once to each address, and to nobody who may not read this request. The owner
        is reminded of those who cannot be written to.

        The letter is of their request, and stays in the thread of this one: only those who may read
        the answer read that thread.

        :param main: a request as superuser, whose own requester has been written to
        """
        mail = self.env["commune.request.mail"].sudo()
        author = mail._get_letter_author(kind)
        letters = mail._render_letters(main.duplicate_ids, kind, body)
        known = _get_addresses(*(main._get_letter_recipients() or (main.partner_id, [])))
        for ticket in main.duplicate_ids.filtered(lambda t: t.id in letters).sorted("id"):
            partners, addresses = self._get_answered_persons(ticket, main)
            if not _get_addresses(partners, addresses):
                self._remind_of_attached(ticket, main)
                continue
            partners = partners.filtered(lambda p, known=known: p.email_normalized not in known)
            addresses = [address for address in addresses if address not in known]
            if partners or addresses:
                mail._post_letter(
                    main, kind, letters[ticket.id], author, files, (partners, addresses)
                )
            known |= _get_addresses(partners, addresses)

    def _get_answered_persons(self, ticket, main):
        """Who asked an attached request and may be written the answer to the other one.

        :return: pair, as in `_get_letter_recipients`
        """
        partners, addresses = ticket._get_requester_addresses()
        allowed = self._is_read_by_requester(ticket, main)
        return main._get_readers(partners), addresses if allowed else []

    def _remind_of_attached(self, ticket, main):
        person = ticket.partner_id.name or ticket.partner_name or ticket.partner_email
        main._remind(
            "reply",
            self.env._("Give the answer to %s too", person or ticket.number),
            key=f"attached-{ticket.id}",
            note=self.env._(
                "Our letter promised this answer to the request %s, and no letter could bring it.",
                ticket.number,
            ),
        )

    def _notify_attached(self, demand, main):
        ticket = demand.with_context(lang=demand._get_letter_lang())
        self._write_to_requester(
            ticket,
            ticket.env._(
                "[%(number)s] Followed with another request: %(name)s",
                number=demand.number,
                name=demand.name,
            ),
            ticket.env._(
                "Your request is followed with another one of your commune, under the number"
                " %s: it will receive one answer.",
                main.number,
            ),
        )
        main.message_post(
            body=self.env._("%s is attached to this request.", demand._get_name_for_commune()),
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _notify_cancelled(self, mains):
        """The requests attached to these, which are cancelled, were promised their answer: each
        requester reads that none comes. The owner is reminded of those who cannot be written to.

        :param mains: requests as superuser
        """
        for demand in mains.duplicate_ids.sorted("id"):
            ticket = demand.with_context(lang=demand._get_letter_lang())
            self._write_to_requester(
                ticket,
                ticket.env._(
                    "[%(number)s] No answer will come: %(name)s",
                    number=demand.number,
                    name=demand.name,
                ),
                ticket.env._(
                    "Your request was followed with another one of your commune, under the number"
                    " %s. That one is cancelled: no answer will come to yours. If you still need"
                    " one, reply to this message: your request is taken up again.",
                    demand.duplicate_id.number,
                ),
            )
            if not demand._get_letter_recipients():
                self._remind_of_cancelled(demand, demand.duplicate_id)

    def _remind_of_cancelled(self, ticket, main):
        person = ticket.partner_id.name or ticket.partner_name or ticket.partner_email
        main._remind(
            "reply",
            self.env._("Tell %s that no answer will come", person or ticket.number),
            key=f"cancelled-{ticket.id}",
            note=self.env._(
                "The request %s was promised the answer to this one, which is cancelled, and no"
                " letter could say so.",
                ticket.number,
            ),
        )

    def _write_to_requester(self, ticket, subject, sentence):
        """A letter about a request to who asked it, kept in its thread; there alone when nobody can
        be written to.

        :param ticket: as superuser, in the language of its letters
        """
        mail = self.env["commune.request.mail"]
        text = Markup("<p>%s</p>") % sentence
        if mail._keeps_silent() or not ticket._get_letter_recipients():
            ticket.message_post(
                body=text,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                notify_skip_followers=True,
            )
        else:
            letter = {
                "subject": subject,
                "body_html": Markup("<p>%s</p>%s") % (ticket._get_letter_greeting(), text),
            }
            author = mail._get_letter_author("attached")
            mail._post_letter(ticket, "attached", letter, author, None)
