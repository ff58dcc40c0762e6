"""Who may post on a record of the addon: users who may change it.

Odoo lets more people write to the followers of a record: its readers, when the model allows it; its
followers, and anybody can follow what they read; recipients of one of its messages; users who send
a template or use the composer. For communes, such a message is a statement of the organisation: on
records of the addon each of these entry points requires the write right. Odoo handles other
records, and messages sent as superuser after a check of the user.
"""

from odoo import models
from odoo.exceptions import AccessError

MODULE = "commune_relations"


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
                    "You may not write in the name of the house about “%s”: ask the person in"
                    " charge of it.",
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
        return super().message_post(**_keep_layout(self, kwargs))

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
            _check_can_post(managed or outside.sudo(False))
        kwargs = _keep_layout(self, kwargs)
        return super().message_notify(partner_ids=partner_ids, model=model, res_id=res_id, **kwargs)

    def _read_with_author(self, people):
        """These persons, as superuser: in the query by which Odoo reads who writes."""
        together = {*people.ids, self.env.user.partner_id.id}
        return people.sudo().with_prefetch(together)


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        """Refuse to followers and former recipients the right to post or to edit a message."""
        forbidden = super()._get_forbidden_access(operation)
        if operation not in ("create", "write"):
            return forbidden
        visible = (self - forbidden).sudo().filtered(lambda m: m._is_thread_message_visible())
        for model, messages in visible.grouped("model").items():
            records = self.env[model].browse(set(messages.mapped("res_id")))
            if hasattr(records, "_get_managed_threads"):
                managed = records._get_managed_threads()
                refused = set((managed - managed._filter_postable()).ids)
                forbidden |= messages.filtered(lambda m, ids=refused: m.res_id in ids).sudo(False)
        return forbidden


class MailScheduledMessage(models.Model):
    _inherit = "mail.scheduled.message"

    def _check(self, values=None):
        result = super()._check(values)
        targets = [(one.model, one.res_id) for one in self.sudo()]
        targets += [(values["model"], values["res_id"])] if values else []
        for model in {model for model, _res_id in targets}:
            ids = {res_id for name, res_id in targets if name == model}
            _check_can_post(self.env[model].browse(ids))
        return result


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _send_check_access(self, res_ids):
        """The caller of a template may replace its text and its address."""
        result = super()._send_check_access(res_ids)
        _check_can_post(self.env[self.model].browse(res_ids))
        return result

    def send_mail_batch(
        self,
        res_ids,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        """Limit the layout and the values of the mail, which any caller chooses."""
        if not self.env.su:
            records = self.env[self.model].browse(res_ids)
            chosen = {"email_layout_xmlid": email_layout_xmlid}
            email_layout_xmlid = _keep_layout(records, chosen)["email_layout_xmlid"]
            email_values = {**(email_values or {})}
            email_values.pop("is_organisation_letter", None)
        return super().send_mail_batch(
            res_ids, force_send, raise_exception, email_values, email_layout_xmlid
        )


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Letters to many records are sent as superuser: Odoo asks nothing."""
        if self.model:
            records = self.env[self.model].browse(res_ids)
            _check_can_post(records)
            chosen = {"email_layout_xmlid": self.email_layout_xmlid}
            self.email_layout_xmlid = _keep_layout(records, chosen)["email_layout_xmlid"]
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)


def _check_can_post(records):
    """The same for records of any model; accounts are replaced by their persons."""
    if records._name == "res.users":
        records = records.sudo().partner_id.sudo(records.env.su)
    if hasattr(records, "_check_can_post"):
        records._check_can_post()


def _keep_layout(records, chosen):
    """Keep the organisation's layout only where it is allowed.

    The layout brings the sender's address, and any user can name it in a message: it is reserved to
    records of the addon, to the software and to users with a role of the addon.

    :param chosen: values of a message
    :return: the same, without the frame when it is not for this person
    """
    frame = chosen.get("email_layout_xmlid") or ""
    if not frame.startswith(f"{MODULE}.") or records.env.su:
        return chosen
    user = records.env.user
    managed = hasattr(records, "_uses_organisation_layout") and records._uses_organisation_layout()
    if managed or any(
        user.has_group(f"{MODULE}.{role}") for role in ("group_reader", "group_referent")
    ):
        return chosen
    return {**chosen, "email_layout_xmlid": False}
