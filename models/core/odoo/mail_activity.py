"""Extension of activities: the record that an activity names, and its notification.

An activity on a record of another addon is notified by Odoo; the named record is checked for every
user, because its title would be shown otherwise.
"""

from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty

from ..internal_mail import describe_record, get_readable_name, get_sender_name
from ..named_record import check_named, hide_unread_names


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        """Check the named record on write too.

        Odoo checks it on creation only: an activity of one's own, without record, could be moved to
        any record and reveal its title.
        """
        result = super().write(vals)
        if not self.env.su and {"res_model", "res_model_id", "res_id"} & vals.keys():
            check_named(self.env, self.sudo()._get_named_ids())
        return result

    def _compute_res_name(self):
        result = super()._compute_res_name()
        hide_unread_names(self, "res_model", "res_id", "res_name")
        return result

    def _get_named_ids(self):
        """{model: ids} after the write: either of the two fields may be written alone."""
        named = {}
        for activity in self.filtered("res_id"):
            for model in {activity.res_model, activity.res_model_id.model} - {False}:
                named.setdefault(model, set()).add(activity.res_id)
        return named

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
        what, who = self.summary or self.activity_type_id.name or "", get_sender_name(self.env.user)
        says = self.env._("%s asks you for something.", who)
        day = self.env["commune.letter"]._format_date(self.date_deadline)
        name = get_readable_name(record, self.user_id)
        words = (
            says if who else self.env._("Something waits for you."),
            Markup("<strong>%s</strong>") % what,
            "" if is_html_empty(self.note) else self.note,
            describe_record(record, name),
            self.env._("Until: %s", day),
        )
        about = f"{what} ({name})" if name else what
        subject = self.env._("To do: %s", about)
        record._notify_colleague(self.user_id.partner_id.ids, subject, words)
