"""Extension of attachments: files of proofs cannot be changed, and a full disk leaves no half file.

Third-party files are changed and deleted as in Odoo; only a write that fails for want of disk space
is handled for every file.
"""

import os
from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..disk_space import describe_full, is_full
from ..proof import BORNE, FILE_CONTENT, keeps_proofs


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
        if field and model and res_id and keeps_proofs(self.env, model):
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
        everything = self.sudo()
        if borne := everything.filtered(BORNE):
            kept = [name for name in self.env.registry if keeps_proofs(self.env, name)]
            messages = Domain("model", "in", kept) & Domain("attachment_ids", "in", borne.ids)
            everything.env["mail.message"].search(messages)._check_not_proof()
        for name, files in everything.grouped("res_model").items():
            if not keeps_proofs(self.env, name):
                continue
            records = everything.env[name].with_context(active_test=False)
            held = records.browse(files.filtered("res_field").mapped("res_id")).exists()
            kept = records._get_kept_files_domain(files.ids)
            if held._filter_proofs() or records.search_count(kept, limit=1):
                records._raise_proof_change()

    def _file_write(self, bin_value, checksum):
        """A file cut in its middle would be taken for whole by anyone who brings the same again:
        Odoo writes none where there is one already."""
        try:
            return super()._file_write(bin_value, checksum)
        except OSError as error:
            if is_full(error):
                path = self._full_path(f"{checksum[:2]}/{checksum}")
                with suppress(OSError):
                    if os.path.getsize(path) != len(bin_value):
                        os.unlink(path)
                self.env.cr.precommit.add(self._refuse_commit)
            raise

    def _refuse_commit(self):
        """Keep no record without its file: routes of Odoo answer any error of an upload with a
        vague sentence, then commit."""
        raise UserError(describe_full(self.env))


def _without_mark(vals):
    return {name: value for name, value in vals.items() if name != BORNE}
