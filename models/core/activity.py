"""Things to do that the software asks for: found again by their kind, never by their words."""

from odoo import fields, models

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


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _schedule_once(self, kind, about="", **values):
        """One thing to do for each of these records, unless it is asked already.

        :param kind: activity type, by the end of its name: see `PREFIX`
        :param about: a name or a title, when several of a kind may be open on a record
        :param values: those of `activity_schedule`
        """
        for record in self:
            if not record._get_asked(kind, about):
                record.activity_schedule(PREFIX + kind, commune_about=about or False, **values)

    def _get_asked(self, kind, about=""):
        asked = self.env.ref(PREFIX + kind)
        return self.activity_ids.filtered(
            lambda one: one.activity_type_id == asked and (one.commune_about or "") == about
        )

    def _finish_asked(self, *kinds):
        self.activity_feedback([PREFIX + kind for kind in kinds])
