"""Extension of the composer: who posts from it, and which records it names.

Letters to many records are sent as superuser and Odoo checks nothing: the right to post is checked
here, on records of the addon. The records that a composer names are checked for every user and
model, because the title of any record would be shown otherwise.
"""

from odoo import api, models

from ..message_access import check_can_post, keep_layout
from ..named_record import check_named


class MailComposeMessage(models.TransientModel):
    """The subject that Odoo proposes is the name of the record, or that of the message that is
    answered, worked out as superuser as soon as they are typed."""

    _inherit = "mail.compose.message"

    @api.model_create_multi
    def create(self, vals_list):
        composers = super().create(vals_list)
        composers._check_named_records()
        return composers

    def write(self, vals):
        result = super().write(vals)
        if {"model", "res_ids", "parent_id"} & vals.keys():
            self._check_named_records()
        return result

    def onchange(self, values, field_names, fields_spec):
        typed = {**self.default_get(["model", "res_ids", "parent_id"]), **values}
        self.new(typed, origin=self)._check_named_records()
        return super().onchange(values, field_names, fields_spec)

    def _check_named_records(self):
        if self.env.su:
            return
        for composer in self:
            named = {"mail.message": composer.parent_id._origin.ids}
            if composer.model in self.env:
                records = self.env[composer.model].browse(composer._evaluate_res_ids())
                named[composer.model] = records.exists().ids
            check_named(self.env, named)

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Letters to many records are sent as superuser: Odoo asks nothing."""
        if self.model:
            records = self.env[self.model].browse(res_ids)
            check_can_post(records)
            chosen = {"email_layout_xmlid": self.email_layout_xmlid}
            self.email_layout_xmlid = keep_layout(records, chosen)["email_layout_xmlid"]
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
