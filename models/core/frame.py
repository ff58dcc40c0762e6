"""The frame of the letters: what it is given, and who is written to in it.

Mails of Odoo about our records – something to do, a record given to somebody – are letters of the
house too; those about the records of others stay as Odoo made them.
"""

import re
from dataclasses import replace

from markupsafe import Markup, escape

from odoo import models
from odoo.tools import html2plaintext

from ...engine.mail.dress import FILLER, dress
from .letter import LAYOUT

ODOO_LAYOUT = "mail.mail_notification_layout"
# Not of the text: the style sheet, and the line that is repeated before it.
UNREAD = re.compile(
    r"<head>.*?</head>|<div[^>]*class=\"c-preheader\".*?</div>|<!--.*?-->", re.DOTALL
)
OUTLOOK = (
    Markup(
        '<!--[if mso]><table role="presentation" align="center" width="600"><tr><td><![endif]-->'
    ),
    Markup("<!--[if mso]></td></tr></table><![endif]-->"),
)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_outlook_width(self):
        """What opens and closes the letter in Outlook, which knows no greatest width."""
        return OUTLOOK

    def _dress_letter(self, body, button=True):
        """The body of a letter for its frame, as `engine.mail.dress.Letter`.

        :param button: whether the body may draw one
        """
        letter = dress(escape(body or ""), self._get_document_colors()["primary"], button)
        line = letter.preheader and letter.preheader + FILLER
        safe = Markup(letter.body)  # nosec B704: what is no markup was escaped above
        return replace(letter, body=safe, preheader=line)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _is_of_house_frame(self):
        """Whether the mails of Odoo about this record are letters of the house."""
        ours = getattr(self, "_get_guarded_threads", self.browse)
        return self._name.startswith("commune.") or bool(ours())

    def message_notify(self, **values):
        if values.get("email_layout_xmlid") == ODOO_LAYOUT and self._is_of_house_frame():
            values["email_layout_xmlid"] = LAYOUT
        return super().message_notify(**values)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """The part in plain text says each thing once."""
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        for values in emails:
            if "c-preheader" in (values["body"] or ""):
                values["body_alternative"] = html2plaintext(UNREAD.sub("", values["body"]))
        return emails
