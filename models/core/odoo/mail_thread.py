"""Extension of `mail.thread`: rights to post, notifications, layout, searches on followers.

- Who may post on a record of the addon: `message_access.py` says why.
- Notifications of Odoo about managed records use the wording (`internal_mail.py`) and the layout
  (`mail_layout.py`) of the organisation.
- A test letter that arrives at the mail gateway confirms the sender (`sender/sender_check.py`).
- Searches on followers, and fields of the addon on records of Odoo, follow the rights of the user.

Threads of other addons keep Odoo's behaviour, but for the searches on followers: these would reveal
any field of any record.
"""

import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, is_html_empty

from ..inside import get_inside
from ..internal_mail import describe_record, get_readable_name, get_sender_name
from ..letter import LAYOUT
from ..message_access import MODULE, check_can_post, keep_layout
from ..private_link import LINK_HOLDER
from ..sender.sender_check import HEADER
from ..thread import UNGUARDED, find_persons

ASSIGNED = "mail.message_user_assigned"
MAX_TOKENS = 3
# Odoo's layouts for messages posted on a record.
ODOO_LAYOUTS = {
    "mail.mail_notification_layout",
    "mail.mail_notification_layout_with_responsible_signature",
    "mail.mail_notification_light",
}
# What Odoo tracks of a day and of a moment.
ISO = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\dZ?)?")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _get_managed_threads(self):
        """Records to which this rule applies; pillars add the models they extend."""
        return self if self._original_module == MODULE else self.browse()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """`_mail_post_access = "read"` shows a reader the activities; it lets nobody speak here."""
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if message_operation == "create":
            found.update(dict.fromkeys(self._get_managed_threads(), "write"))
        return found

    def _filter_postable(self):
        """Records on which the current user may post."""
        allowed = self.browse()
        asked = self._mail_group_by_operation_for_mail_message_operation("create")
        for operation, records in asked.items():
            allowed |= records._filtered_access(operation)
        return allowed

    def _check_can_post(self):
        if self.env.su:
            return
        managed = self._get_managed_threads()
        refused = managed - managed._filter_postable()
        if refused:
            refused.check_access("read")  # anyone who does not read it learns no name
            raise AccessError(
                self.env._(
                    "You may not write in the name of the organisation about “%s”: ask the person"
                    " in charge of it.",
                    refused[:1].sudo().display_name,
                )
            )

    def _check_says_who_follows(self):
        """Require the write right before a portal account adds followers.

        A reader on the portal does not see all messages of the staff, but a follower receives them
        by mail, even after the mandate.
        """
        if self.env.user.share and not self.env.su and (managed := self._get_managed_threads()):
            managed.check_access("write")

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self._check_says_who_follows()
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def message_post(self, **kwargs):
        return super().message_post(**keep_layout(self, kwargs))

    def message_notify(self, *, partner_ids=False, model=False, res_id=False, **kwargs):
        """Anybody may notify a colleague; outside persons require the right to post.

        That right is checked on the record or, without a record, on those persons.
        """
        outside = self.env["res.partner"]
        if not self.env.su:
            outside = self._read_with_author(outside.browse(partner_ids or ()))
        if outside := outside.filtered("partner_share"):
            records = self
            if not self and model in self.env and res_id:
                records = self.env[model].browse(res_id)
            managed = getattr(records, "_get_managed_threads", records.browse)()
            check_can_post(managed or outside.sudo(False))
        kwargs = keep_layout(self, kwargs)
        return super().message_notify(partner_ids=partner_ids, model=model, res_id=res_id, **kwargs)

    def _read_with_author(self, people):
        """These persons, as superuser: in the query by which Odoo reads who writes."""
        together = {*people.ids, self.env.user.partner_id.id}
        return people.sudo().with_prefetch(together)

    def _message_compute_author(self, author_id=None, email_from=None):
        """What is done by a personal link is done by the person who holds it, else by the
        organisation: “Public user” is nobody."""
        holder = get_inside(self.env, LINK_HOLDER)
        if author_id is None and email_from is None and holder is not None:
            if self.env.user._is_public():
                author_id = holder or self.env.company.partner_id.id
        return super()._message_compute_author(author_id=author_id, email_from=email_from)

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
        if template == ASSIGNED:
            managed = self.filtered(lambda record: record._uses_organisation_notifications())
        result = super(MailThread, self - managed)._message_auto_subscribe_notify(
            partner_ids, template
        )
        quiet = self.env.context.get("mail_auto_subscribe_no_notify")
        if not quiet and self.env.registry.ready:
            for record in managed:
                users = self.env["res.partner"].browse(partner_ids).sudo().user_ids
                who, name = get_sender_name(self.env.user), get_readable_name(record, users)
                says = self.env._("%s hands this over to you.", who)
                words = (
                    says if who else self.env._("This is yours from now on."),
                    describe_record(record, name),
                )
                subject = self.env._("Yours to follow: %s", name) if name else words[0]
                record._notify_colleague(partner_ids, subject, words)
        return result

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

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """A letter that was refused on its way quotes the token below its own headers, and is not
        one that came back."""
        tokens = message.get_all(HEADER, [])[:MAX_TOKENS]
        if tokens and not message_dict.get("is_bounce"):
            tokens = [str(token).strip() for token in tokens]
            if self.env["res.company"]._receive_sender_check(tokens):
                return []
        return super().message_route(message, message_dict, model, thread_id, custom_values)

    def _search_message_partner_ids(self, operator, operand):
        return super()._search_message_partner_ids(*find_persons(self.env, operator, operand))

    def _has_field_access(self, field, operation):
        if (
            field.name in UNGUARDED
            and not self.env.su
            and self.env.user.share
            and self._is_followed_by_communes()
        ):
            return False
        if not self.env.su and self._is_of_other_work(field):
            return False
        return super()._has_field_access(field, operation)

    def _is_of_other_work(self, field):
        """Whether the field adds lines of the addon that the user cannot read to an Odoo record.

        A user who reads all fields of a customer or of an event must not get an access error
        because of the addon's fields.
        """
        return bool(
            field.type in ("one2many", "many2many")
            and MODULE in field._modules
            and self._original_module != MODULE
            and not self.env[field.comodel_name].has_access("read")
        )

    def copy_data(self, default=None):
        """A copy by a user who cannot read the addon's lines contains none of them."""
        left = dict.fromkeys(self._get_left_out_of_copies(), ())
        if not left:
            return super().copy_data(default)
        copies = super().copy_data({**(default or {}), **left})
        return [copied and {n: v for n, v in copied.items() if n not in left} for copied in copies]

    @api.private  # it takes a record: asked by programs, it ended in an error of the server
    def copy_translations(self, new, excluded=()):
        return super().copy_translations(new, [*excluded, *self._get_left_out_of_copies()])

    def _get_left_out_of_copies(self):
        if self.env.su:
            return []
        copied = (field for field in self._fields.values() if field.copy)
        return [field.name for field in copied if self._is_of_other_work(field)]

    def _is_followed_by_communes(self):
        """Whether the user, without a staff role, reads records of this model for a commune.

        Odoo models opened to communes override it.
        """
        return self._original_module == MODULE


class MailFollowersEdit(models.TransientModel):
    _inherit = "mail.followers.edit"

    def _prepare_message_values(self, documents, model_name):
        """Invitation to follow: its sentences are in the body; Odoo has them in its layout."""
        values = super()._prepare_message_values(documents, model_name)
        if len(documents) != 1 or not documents._uses_organisation_notifications():
            return values
        says = self.env._("%s invites you to follow this.", self.env.user.name)
        readers = self.partner_ids.sudo().user_ids
        name = get_readable_name(documents, readers)
        words = [says, describe_record(documents, name)]
        lines = Markup().join(Markup("<p>%s</p>") % line for line in words)
        note = Markup() if is_html_empty(self.message) else self.message
        body = Markup("<p>%s</p>%s%s") % (self.env._("Hello,"), lines, note)
        subject = self.env._("To follow: %s", name) if name else says
        return {**values, "subject": subject, "body": body, "email_layout_xmlid": LAYOUT}


class MailGroup(models.Model):
    _inherit = "mail.group"

    def _search_member_partner_ids(self, operator, operand):
        return super()._search_member_partner_ids(*find_persons(self.env, operator, operand))
