"""Three letters to start from, in the name and the colours of the intercommunality."""

import re

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...core.inside import Inside, get_inside

LETTERS = {"letter": "network_letter", "invitation": "network_invitation", "watch": "network_watch"}
# How Odoo hides that line, and how the frame of the organisation does.
HIDDEN = Markup('<div style="display:none;')
HIDDEN_PREVIEW = Markup('<div class="c-preheader" style="display:none;')
SERVICE = "service_mailings"  # in the context of a sending: ids of those among its mailings
PLACEHOLDER = re.compile(r"\[[^\[\]<>]+\]")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.model
    def _prepare_letter(self, kind):
        """Body and sender of a new letter.

        :param kind: one of `network_kind`
        """
        company = self.env.company
        lang = company._get_organisation_lang()
        body = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                f"commune_relations.{LETTERS[kind]}",
                {
                    "color": company._get_document_colors()["primary"],
                    "house": company._get_organisation_name(),
                    "foot": company.with_context(lang=lang)._get_organisation_footer(),
                    "base_url": company.get_base_url(),
                },
                lang=lang,
            )
        )
        sender = company._get_organisation_sender()
        addresses = (
            {"email_from": sender, "reply_to": company._get_organisation_email()} if sender else {}
        )
        return {
            "network_kind": kind,
            "body_arch": body,
            "body_html": body,
            "reply_to_mode": "new",
            "user_id": self.env.uid,
            **addresses,
        }

    def _prepend_preview(self, html, preview):
        """The line beside the subject: the first words of the letter when nobody typed one. The
        part in plain text leaves it out (`models/core/mail_layout.py`)."""
        if len(self) != 1 or not self.network_kind:
            return super()._prepend_preview(html, preview)
        line = preview or self._get_first_words(html)
        shown = super()._prepend_preview(html, line)
        return shown.replace(HIDDEN, HIDDEN_PREVIEW, 1) if line else shown

    def _get_first_words(self, html):
        """Empty when they are filled for each person: they would be read as an order of Odoo, that
        nobody has checked."""
        words = self.env.company._dress_letter(html, button=False).preheader
        return "" if "t-out" in (html or "") or "{{" in words else words

    def _get_mass_mailing_context(self):
        """Queue letters with their traces, in committed batches: after an interruption sending
        resumes where it stopped, and writes to nobody twice."""
        queued = {"default_force_send": False} if self._goes_to_audiences() else {}
        return {**super()._get_mass_mailing_context(), "network_links": {}, **queued}

    def _check_written(self):
        """What the model leaves to be written, between brackets, is not sent to a mayor."""
        for mailing in self.filtered("network_kind"):
            left = PLACEHOLDER.findall(self._prepare_letter(mailing.network_kind)["body_html"])
            body = mailing.body_html or ""
            found = [words for words in left if words in body]
            if found:
                raise UserError(
                    self.env._("The letter still says %s: write your text there.", found[0])
                )


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _prepare_mail_values(self, res_ids):
        """The letters of the organisation bear its style for dark and narrow screens."""
        values = super()._prepare_mail_values(res_ids)
        if not self.mass_mailing_id.network_kind:
            return values
        end = Markup("</head>")
        style = self.env["ir.qweb"]._render("commune_relations.letter_style") + end
        for mail in values.values():
            if mail.get("body_html"):
                mail["body_html"] = Markup(mail["body_html"]).replace(end, style, 1)  # nosec B704
        return values


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _with_sending_context(self):
        """Which mailings are service messages is asked once, not for each mail."""
        mails = super()._with_sending_context()
        if not self.mailing_id:
            return mails
        return mails.with_context(**{SERVICE: Inside(self.mailing_id.filtered("is_service").ids)})

    def _is_sent_by_organisation(self):
        return super()._is_sent_by_organisation() or bool(self.sudo().mailing_id.network_kind)

    def _is_service(self):
        service = get_inside(self.env, SERVICE)
        return self.mailing_id.is_service if service is None else self.mailing_id.id in service

    def _finish_outgoing_mail(self, values):
        """A service message offers no way out of it: nothing blocks the next one either."""
        result = super()._finish_outgoing_mail(values)
        if self._is_service():
            for header in ("List-Unsubscribe", "List-Unsubscribe-Post"):
                values["headers"].pop(header, None)
        return result


class LinkTracker(models.Model):
    _inherit = "link.tracker"

    def write(self, vals):
        """A letter that left leads where it led: its readers follow it for years, and who followed
        it is counted."""
        if {"count", "mass_mailing_id", "url"} & vals.keys() and not self.env.su:
            letters = self.sudo().mass_mailing_id.filtered("network_kind")
            if letters.filtered(lambda letter: letter.state in ("sending", "done")):
                raise AccessError(self.env._("The links of a letter that left are not changed."))
        return super().write(vals)

    @api.model
    def search_or_create(self, vals_list):
        """The links of a letter are the same for everybody: they are looked for once a sending,
        not once a recipient."""
        known = self.env.context.get("network_links")
        if known is None:
            return super().search_or_create(vals_list)
        keys = [tuple(sorted((name, str(value)) for name, value in v.items())) for v in vals_list]
        missing = {key: v for key, v in zip(keys, vals_list, strict=True) if key not in known}
        if missing:
            found = super().search_or_create(list(missing.values()))
            known.update(zip(missing, found.ids, strict=True))
        return self.browse(known[key] for key in keys)
