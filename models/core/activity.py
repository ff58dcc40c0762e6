"""Activities that the software creates: identified by their type, never by their text."""

from markupsafe import Markup

from odoo import fields, models

LAYOUT = "commune_relations.request_mail_layout"
PREFIX = "commune_relations.mail_activity_type_"


class MailActivity(models.Model):
    _inherit = "mail.activity"

    commune_about = fields.Char(
        string="What it is about",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="A name or a title: the same thing is asked once about the same one.",
    )

    def _notify_together(self):
        """Notify each person once of several activities of one type created together.

        A single activity keeps Odoo's own notification.
        """
        for user, asked in self.grouped("user_id").items():
            if len(asked) == 1:
                asked.filtered(lambda one: one.user_id != self.env.user).action_notify()
            elif user and user != self.env.user:
                asked.with_context(lang=user.lang or self.env.lang)._notify_user(user)

    def _notify_user(self, user):
        kind, company = self.activity_type_id[:1].name, user.company_id
        thread = self.env["mail.thread"].with_context(lang=self.env.lang)
        thread.message_notify(
            partner_ids=user.partner_id.ids,
            subject=f"{kind} ({len(self)})",
            body=Markup("<p>%s</p><ul>%s</ul>")
            % (self.env._("Hello,"), self._format_activity_lines()),
            author_id=company.partner_id.id,
            email_from=company._get_organisation_sender(),
            email_layout_xmlid=LAYOUT,
            force_email_company=company,
        )

    def _format_activity_lines(self):
        """A line for each of these things, all on records of one model: the record, what, when."""
        records = self.env[self[:1].res_model].browse(self.mapped("res_id"))
        line = Markup('<li><a href="%s/mail/view?model=%s&amp;res_id=%s">%s</a><br/>%s, %s</li>')
        site = self[:1].get_base_url()
        return Markup().join(
            line
            % (
                site,
                record._name,
                record.id,
                record.display_name,
                one.summary or one.activity_type_id.name,
                self.env["commune.letter"]._format_date(one.date_deadline),
            )
            for one, record in zip(self, records, strict=True)
        )


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _schedule_once(self, kind, about="", **values):
        """One thing to do for each of these records, unless it is asked already.

        :param kind: activity type, by the end of its name: see `PREFIX`
        :param about: a name or a title, when several of a kind may be open on a record
        :param values: values of `activity_schedule`
        """
        self._schedule_each(kind, lambda _record: {"commune_about": about, **values})

    def _schedule_each(self, kind, prepare):
        """The same, with values of its own for each record; all are asked together, and each
        person is notified of them by one message.

        :param prepare: function of a record: the values of its activity, `commune_about` too
        """
        if self.env.context.get("mail_activity_automation_skip"):
            return
        wanted = []
        common = {
            "activity_type_id": self._get_kind(kind),
            "automated": True,
            "date_deadline": self.env.company._get_today(),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
        }
        for record in self:
            values = prepare(record)
            about = values.get("commune_about") or ""
            if not record._get_asked(kind, about):
                wanted.append(
                    {**common, **values, "commune_about": about or False, "res_id": record.id}
                )
        activities = self.env["mail.activity"]
        if wanted:
            made = activities.with_context(mail_activity_quick_update=True).create(wanted)
            if not self.env.context.get("mail_activity_quick_update"):
                made.with_env(self.env).sudo()._notify_together()

    def _get_asked(self, kind, about=""):
        asked = self._get_kind(kind)
        return self.activity_ids.filtered(
            lambda one: one.activity_type_id.id == asked and (one.commune_about or "") == about
        )

    def _get_kind(self, kind):
        """The number of its activity type."""
        # Not `env.ref`, which asks PostgreSQL each time whether the record still exists.
        data = self.env["ir.model.data"]
        return data._xmlid_to_res_id(PREFIX + kind, raise_if_not_found=True)

    def _finish_asked(self, *kinds):
        self.activity_feedback([PREFIX + kind for kind in kinds])
