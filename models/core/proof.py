"""Messages of signatures and sendings, and their files, cannot be changed.

Persons may edit their own messages, as everywhere in Odoo; messages of the software on these
records prove who signed, when, and what was sent. The actions write as superuser.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

CONTENT = {
    "attachment_ids",
    "author_id",
    "body",
    "date",
    "email_from",
    "is_internal",
    "message_type",
    "model",
    "parent_id",
    "record_name",
    "res_id",
    "subject",
    "subtype_id",
    "tracking_value_ids",
}
FILE_CONTENT = {
    "datas",
    "db_datas",
    "mimetype",
    "name",
    "public",
    "raw",
    "res_field",
    "res_id",
    "res_model",
    "store_fname",
    "type",
    "url",
}
# On an attachment: a message on a record of these models carries it. Written by the software only,
# never removed; third-party files are changed and deleted without this check.
BORNE = "borne_by_proof"


class CommuneProof(models.AbstractModel):
    """For records that are signed, or of which something is sent."""

    _name = "commune.proof"
    _description = "Record whose messages and files are proofs"

    def _filter_proofs(self):
        """Records whose messages are proofs."""
        return self

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """Domain on the records for which one of these attachments is a proof."""
        return Domain.FALSE

    def _raise_proof_change(self):
        raise UserError(
            self.env._(
                "This is a proof of what was signed or sent: it is neither changed nor deleted."
            )
        )


def _without_mark(vals):
    return {name: value for name, value in vals.items() if name != BORNE}


def _keeps_proofs(env, name):
    """Whether a model, named by a message or a file, is one of those whose proofs are kept."""
    return name in env and isinstance(env[name], env.registry["commune.proof"])


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._mark_proof_files()
        return messages

    def write(self, vals):
        if CONTENT & vals.keys() and not self.env.su:
            self._check_not_proof()
        result = super().write(vals)
        if {"attachment_ids", "model"} & vals.keys():
            self._mark_proof_files()
        return result

    def _mark_proof_files(self):
        kept = self.sudo().filtered(lambda one: _keeps_proofs(self.env, one.model))
        new = kept.attachment_ids.filtered(lambda file: not file[BORNE])
        if new:
            new.write({BORNE: True})

    def unlink(self):
        if not self.env.su:
            self._check_not_proof()
        return super().unlink()

    def _check_not_proof(self):
        """:raise UserError: one of these messages was written by the software as a proof"""
        written = self.sudo().filtered(lambda m: m.message_type != "comment" and m.res_id)
        for name, messages in written.grouped("model").items():
            if _keeps_proofs(self.env, name):
                records = self.env[name].sudo().browse(messages.mapped("res_id")).exists()
                if records._filter_proofs():
                    records._raise_proof_change()


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def write(self, vals):
        self._check_not_proof()
        return super().write(vals)

    def unlink(self):
        self._check_not_proof()
        return super().unlink()

    def _check_not_proof(self):
        if not self.env.su:
            self.sudo().mail_message_id.sudo(False)._check_not_proof()


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    borne_by_proof = fields.Boolean(
        string="Borne by a message that may be a proof", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [_without_mark(vals) for vals in vals_list]
            for vals in vals_list:
                self._check_place(vals.get("res_model"), vals.get("res_field"), vals.get("res_id"))
        return super().create(vals_list)

    def write(self, vals):
        vals = vals if self.env.su else _without_mark(vals)
        if FILE_CONTENT & vals.keys() and not self.env.su:
            self._check_not_proof()
            for file in self.sudo():
                place = (vals.get(n, file[n]) for n in ("res_model", "res_field", "res_id"))
                self._check_place(*place)
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._check_not_proof()
        return super().unlink()

    @api.model
    def _check_place(self, model, field, res_id):
        """The place of a signature or of a frozen document is filled by the actions.

        :raise UserError: this is one
        """
        if field and model and res_id and _keeps_proofs(self.env, model):
            record = self.env[model].sudo().browse(res_id).exists()
            if record._filter_proofs():
                record._raise_proof_change()

    def _delete_and_notify(self, message=None):
        """The discussion deletes as superuser what somebody owns."""
        self._check_not_proof()
        return super()._delete_and_notify(message=message)

    def _check_not_proof(self):
        """What was read before a signature or sent stays, and so does the stroke of a signature.

        :raise UserError: one of these files is such a proof
        """
        if borne := self.sudo().filtered(BORNE):
            kept = [name for name in self.env.registry if _keeps_proofs(self.env, name)]
            messages = Domain("model", "in", kept) & Domain("attachment_ids", "in", borne.ids)
            self.env["mail.message"].sudo().search(messages)._check_not_proof()
        for name, files in self.sudo().grouped("res_model").items():
            if not _keeps_proofs(self.env, name):
                continue
            records = self.env[name].sudo().with_context(active_test=False)
            held = records.browse(files.filtered("res_field").mapped("res_id")).exists()
            kept = records._get_kept_files_domain(files.ids)
            if held._filter_proofs() or records.search_count(kept, limit=1):
                records._raise_proof_change()
