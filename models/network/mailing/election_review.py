"""Election review of a letter before it is sent; the sender may go on without, with a reason."""

import re

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

# Where a letter leads, and the images that it shows.
TARGET = re.compile(
    r"""(?:\b(?:href|src|background)\s*=\s*["']|url\(["']?)([^"')]*)""", re.IGNORECASE
)


class MailingMailing(models.Model):
    """Service messages (`is_service`) promote nothing: they need no review.

    Source: code électoral, L52-1 second paragraph; see `commune.election`.
    """

    _name = "mailing.mailing"
    _inherit = ["mailing.mailing", "commune.election.review.mixin"]

    def action_launch(self):
        """The window of the election review comes first, when one is due; nothing leaves by it."""
        self.check_access("write")
        return self._filter_managed()._open_look() or super().action_launch()

    def action_schedule(self):
        self.check_access("write")
        return self._filter_managed()._open_look() or super().action_schedule()

    def _check_reviewed_step(self, vals):
        """Check a state written directly, over RPC, maybe with a new text in the same call."""
        if vals["state"] == "in_queue":
            self.invalidate_recordset(["look_state", "look_text"])
            managed = self._filter_managed()
            for waiting in managed.filtered(lambda one: one.look_state in ("due", "asked")):
                raise UserError(waiting.look_text)

    # what the election review asks of each model

    def _filter_broadcast(self):
        """Letters that have not left yet; a message of the service is none of them, what others
        send to others neither."""
        waiting = self.filtered(
            lambda one: not one.is_service and one.state in ("draft", "in_queue")
        )
        if self.env.user.has_group("commune_relations.group_officer"):
            return waiting
        return waiting.filtered(lambda one: one._is_for_communes())

    def _get_broadcast_text(self):
        """Everything that is sent, its sender and recipients: text, links, images, files; not the
        layout."""
        self.ensure_one()
        mailing = self.sudo()  # also files and lists that the approver may not open
        body = str(self.body_html or "")
        text = html2plaintext(body, include_references=False)
        names = ("subject", "preview", "email_from", "reply_to", "mailing_domain")
        files = [f"{file.name} {file.checksum}" for file in mailing.attachment_ids.sorted("id")]
        chosen = [str(sorted(mailing[name].ids)) for name in ("audience_ids", "contact_list_ids")]
        return "\n".join(
            [*(self[n] or "" for n in names), text, *TARGET.findall(body), *files, *chosen]
        )

    def _get_broadcast_name(self):
        self.ensure_one()
        return self.subject or ""
