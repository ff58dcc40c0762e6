"""Notifications to colleagues about managed records: followers, activities, assignments.

Odoo's notifications are generic. The addon's name who asks, what and until when, leave from
the address of the organisation, and lead to the record by one button.
"""

from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty

from .letter import LAYOUT

GIVEN = "mail.message_user_assigned"


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _uses_organisation_notifications(self):
        """Whether notifications about this record use the wording of the organisation."""
        return self._uses_organisation_layout()

    def _notify_colleague(self, partner_ids, subject, words):
        """:param words: lines of text or of markup, without the greeting"""
        lines = Markup().join(Markup("<p>%s</p>") % line for line in words if line)
        company = self.env.company
        if "company_id" in self and self.company_id:
            company = self.sudo().company_id
        user = self.env.user
        speaks = user._is_internal() and not user._is_superuser()
        self.message_notify(
            partner_ids=partner_ids,
            subject=subject,
            body=Markup("<p>%s</p>%s") % (self.env._("Hello,"), lines),
            author_id=(user.partner_id if speaks else company.partner_id).id,
            email_from=company._get_organisation_sender(),
            email_layout_xmlid=LAYOUT,
            email_add_signature=False,
            force_email_company=company,
        )

    def _message_auto_subscribe_notify(self, partner_ids, template):
        managed = self.browse()
        if template == GIVEN:
            managed = self.filtered(lambda record: record._uses_organisation_notifications())
        result = super(MailThread, self - managed)._message_auto_subscribe_notify(
            partner_ids, template
        )
        quiet = self.env.context.get("mail_auto_subscribe_no_notify")
        if not quiet and self.env.registry.ready:
            for record in managed:
                users = self.env["res.partner"].browse(partner_ids).sudo().user_ids
                who, name = _name_teller(self.env.user), _name_to(record, users)
                says = self.env._("%s hands this over to you.", who)
                words = (
                    says if who else self.env._("This is yours from now on."),
                    _describe(record, name),
                )
                subject = self.env._("Yours to follow: %s", name) if name else words[0]
                record._notify_colleague(partner_ids, subject, words)
        return result


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def action_notify(self):
        managed = self.filtered(
            lambda one: one._get_activity_record()._uses_organisation_notifications()
        )
        for one in managed.filtered("user_id"):
            lang = one.user_id.lang or self.env.lang
            one.with_context(lang=lang)._notify_single_activity()
        return super(MailActivity, self - managed).action_notify()

    def _get_activity_record(self):
        """The record, or nothing of a model that has no thread."""
        model = self.env.get(self.res_model)
        has_thread = model is not None and hasattr(model, "_uses_organisation_notifications")
        return (model if has_thread else self.env["mail.thread"]).browse(self.res_id or [])

    def _notify_single_activity(self):
        record = self._get_activity_record().exists()
        if not record:
            return
        what, who = self.summary or self.activity_type_id.name or "", _name_teller(self.env.user)
        says = self.env._("%s asks you for something.", who)
        day = self.env["commune.letter"]._format_date(self.date_deadline)
        name = _name_to(record, self.user_id)
        words = (
            says if who else self.env._("Something waits for you."),
            Markup("<strong>%s</strong>") % what,
            "" if is_html_empty(self.note) else self.note,
            _describe(record, name),
            self.env._("Until: %s", day),
        )
        about = f"{what} ({name})" if name else what
        subject = self.env._("To do: %s", about)
        record._notify_colleague(self.user_id.partner_id.ids, subject, words)


class MailFollowersEdit(models.TransientModel):
    _inherit = "mail.followers.edit"

    def _prepare_message_values(self, documents, model_name):
        """Invitation to follow: its sentences are in the body; Odoo has them in its layout."""
        values = super()._prepare_message_values(documents, model_name)
        if len(documents) != 1 or not documents._uses_organisation_notifications():
            return values
        says = self.env._("%s invites you to follow this.", self.env.user.name)
        readers = self.partner_ids.sudo().user_ids
        name = _name_to(documents, readers)
        words = [says, _describe(documents, name)]
        lines = Markup().join(Markup("<p>%s</p>") % line for line in words)
        note = Markup() if is_html_empty(self.message) else self.message
        body = Markup("<p>%s</p>%s%s") % (self.env._("Hello,"), lines, note)
        subject = self.env._("To follow: %s", name) if name else says
        return {**values, "subject": subject, "body": body, "email_layout_xmlid": LAYOUT}


def _name_teller(user):
    """Name of the user who asks; empty for the software or an outside person."""
    return "" if user._is_superuser() or user.share else user.name


def _name_to(record, users):
    """Name of the record, or "" when one of the recipients cannot read it.

    The title of a confidential request is a secret too.
    """
    readers = users.filtered(lambda user: not user.share)
    is_readable = all(record.with_user(user).has_access("read") for user in readers)
    return record.sudo().display_name if is_readable else ""


def _describe(record, name):
    """Kind of the record and its name in bold; Odoo's own model names (“Contact”) are too vague."""
    if not name:
        return record.env._("It is not open to you: ask whoever gave it to you.")
    if not record._name.startswith("commune."):
        return Markup("<strong>%s</strong>") % name
    kind = record._get_model_description(record._name)
    return Markup("%s\N{NO-BREAK SPACE}: <strong>%s</strong>") % (kind, name)
