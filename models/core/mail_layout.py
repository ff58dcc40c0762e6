"""E-mail layout: its values, and which messages use it.

Odoo's mails about records of the addon (messages of colleagues; activities and assignments:
`internal_mail.py`) are letters of the organisation too; mails about third-party records keep Odoo's
layout.
"""

import re
from dataclasses import replace

from markupsafe import Markup, escape

from odoo import fields, models
from odoo.tools import format_date, is_html_empty

from ...engine.mail.mail_body import FILLER, dress
from ...engine.mail.plain import plain
from .letter import LAYOUT

# Odoo's layouts for messages posted on a record.
ODOO_LAYOUTS = {
    "mail.mail_notification_layout",
    "mail.mail_notification_layout_with_responsible_signature",
    "mail.mail_notification_light",
}
# What Odoo tracks of a day and of a moment.
ISO = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\dZ?)?")
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


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _uses_organisation_layout(self):
        """Whether the mails of Odoo about this record are letters of the organisation."""
        get_threads = getattr(self, "_get_managed_threads", self.browse)
        return self._name.startswith("commune.") or bool(get_threads())

    def _creation_message(self):
        """Odoo's names the kind of record, and French agrees with none: “Séance créé”."""
        if self._uses_organisation_layout():
            return self.env._("Sheet created")
        return super()._creation_message()

    def _notify_get_recipients_groups_fillup(self, groups, model_description, msg_vals=False):
        if self._uses_organisation_layout():
            title = self.env._("Open the sheet")
            for _name, _belongs, data in groups:
                data.setdefault("button_access", {}).setdefault("title", title)
        return super()._notify_get_recipients_groups_fillup(groups, model_description, msg_vals)

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        """Replace Odoo's layout with that of the organisation: messages and tracked changes."""
        chosen = dict(msg_vals or {})
        layout = chosen.get("email_layout_xmlid", message.email_layout_xmlid)
        if (not layout or layout in ODOO_LAYOUTS) and self._uses_organisation_layout():
            chosen["email_layout_xmlid"] = LAYOUT
            more = self._get_odoo_footer(render_values or {})
            render_values = {**(render_values or {}), "said_below": more}
        return super()._notify_by_email_render_layout(
            message, recipients_group, msg_vals=chosen, render_values=render_values
        )

    def _get_odoo_footer(self, values):
        """Odoo's additions to a message: its subject, changed values, signature.

        :param values: values of Odoo's own layout
        """
        below = Markup("<p><strong>%s</strong></p>") % (values.get("record_name") or "")
        lines = Markup().join(
            Markup("<li>%s\N{NO-BREAK SPACE}: %s → %s</li>")
            % (name, self._format_tracked_value(old), self._format_tracked_value(new))
            for name, old, new in values.get("tracking_values") or ()
        )
        if lines:
            below += Markup("<ul>%s</ul>") % lines
        if values.get("email_add_signature") and not is_html_empty(values["author_user"].signature):
            below += values["signature"]
        return below

    def _format_tracked_value(self, value):
        """A value as Odoo tracks it: its dates and times are in ISO format."""
        if value is True:
            return self.env._("Yes")
        if not isinstance(value, str) or not ISO.fullmatch(value):
            return value or "–"
        if len(value) == len("2026-12-31"):
            return format_date(self.env, value)
        moment = fields.Datetime.to_datetime(value.removesuffix("Z"))
        return self.env["commune.letter"]._format_datetime(moment)


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
