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
        """Whether the rights of the requester open the other request."""
        users = ticket.sudo().partner_id.user_ids.filtered("active")
        return bool(users) and main.with_user(users[0]).has_access("read")

    def _notify_attached(self, demand, main):
        mail = self.env["commune.request.mail"]
        ticket = demand.with_context(lang=demand._get_letter_lang())
        text = Markup("<p>%s</p>") % ticket.env._(
            "Your request is followed with another one of your commune, under the number"
            " %s: it will receive one answer.",
            main.number,
        )
        if mail._keeps_silent() or not ticket._get_letter_recipients():
            ticket.message_post(
                body=text,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                notify_skip_followers=True,
            )
        else:
            letter = {
                "subject": ticket.env._(
                    "[%(number)s] Followed with another request: %(name)s",
                    number=demand.number,
                    name=demand.name,
                ),
                "body_html": Markup("<p>%s</p>%s") % (ticket._get_letter_greeting(), text),
            }
            author = mail._get_letter_author("attached")
            mail._post_letter(ticket, "attached", letter, author, None)
        main.message_post(
            body=self.env._("%s is attached to this request.", demand._get_name_for_commune()),
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
