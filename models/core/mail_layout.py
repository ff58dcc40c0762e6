"""E-mail layout: its values, and which messages use it.

Odoo's mails about records of the addon (messages of colleagues; activities and assignments:
`internal_mail.py`) are letters of the organisation too; mails about third-party records keep Odoo's
layout.
"""

from dataclasses import replace

from markupsafe import Markup, escape

from odoo import models

from ...engine.mail.mail_body import FILLER, dress
from ...engine.mail.plain import plain

# CSS class of each letter of the organisation, whatever renders it.
CARD = "c-card"
# Without it, a reader of mail draws the letter as browsers of 1998 did: black text in tables.
DOCTYPE = Markup("<!DOCTYPE html>")
OUTLOOK = (
    Markup(
        '<!--[if mso]><table role="presentation" align="center" width="600"><tr><td><![endif]-->'
    ),
    Markup("<!--[if mso]></td></tr></table><![endif]-->"),
)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_doctype(self):
        """What a template cannot hold."""
        return DOCTYPE

    def _get_outlook_width(self):
        """What opens and closes the letter in Outlook, which knows no greatest width."""
        return OUTLOOK

    def _dress_letter(self, body, button=True, below=None):
        """Body of a letter for its layout, as `engine.mail.mail_body.Letter`.

        :param button: whether the body may contain one
        :param below: what follows the body, if anything
        """
        text = escape(body or "") + escape(below or "")
        letter = dress(text, self._get_document_colors()["primary"], button)
        line = letter.preheader and letter.preheader + FILLER
        safe = Markup(letter.body)  # nosec B704: what is no markup was escaped above
        return replace(letter, body=safe, preheader=line)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _finish_outgoing_mail(self, values):
        """Rewrite the plain-text part.

        Odoo's version joins its lines, and repeats the preview that a mail client shows beside the
        subject.

        :param values: of one mail to one recipient, as the mail server receives it
        """
        if CARD in (values["body"] or ""):
            values["body_alternative"] = plain(values["body"])
