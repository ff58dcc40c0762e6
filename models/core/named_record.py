"""Models of Odoo that show the name of any record, from a model and a number that people type: it
is worked out as superuser. Anyone who names a record reads it."""

from odoo import api, models
from odoo.exceptions import AccessError


def filter_unread(records):
    """Filter the records that the current user cannot read, deleted ones included."""
    if records._abstract:
        return records
    return records - records.exists()._filtered_access("read")


def check_named(env, named):
    """:raise AccessError: one of these records is not read by the current user

    :param named: {model: ids}
    """
    for model, ids in named.items():
        if filter_unread(env[model].browse(ids)):
            raise AccessError(env._("This is about a record that you do not read."))


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

    def _get_named_ids(self):
        """{model: ids} after the write: either of the two fields may be written alone."""
        named = {}
        for activity in self.filtered("res_id"):
            for model in {activity.res_model, activity.res_model_id.model} - {False}:
                named.setdefault(model, set()).add(activity.res_id)
        return named


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
            named = {"mail.message": composer.sudo().parent_id._origin.ids}
            if composer.model in self.env:
                records = self.env[composer.model].browse(composer._evaluate_res_ids())
                named[composer.model] = records.exists().ids
            check_named(self.env, named)
