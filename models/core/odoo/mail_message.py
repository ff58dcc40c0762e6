"""Extension of messages: who posts, and which messages are proofs.

Messages of the software on records that are signed or sent (`proof.py`) cannot be changed; who may
post on a record of the addon is decided in `message_access.py`. Messages on records of other addons
are unchanged.
"""

from odoo import api, models

from ..message_access import check_can_post
from ..proof import BORNE, CONTENT, keeps_proofs


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
        kept = self.sudo().filtered(lambda one: keeps_proofs(self.env, one.model))
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
            if keeps_proofs(self.env, name):
                records = self.env[name].sudo().browse(messages.mapped("res_id")).exists()
                if records._filter_proofs():
                    records._raise_proof_change()


class MailScheduledMessage(models.Model):
    _inherit = "mail.scheduled.message"

    def _check(self, values=None):
        result = super()._check(values)
        targets = [(one.model, one.res_id) for one in self.sudo()]
        targets += [(values["model"], values["res_id"])] if values else []
        for model in {model for model, _res_id in targets}:
            ids = {res_id for name, res_id in targets if name == model}
            check_can_post(self.env[model].browse(ids))
        return result


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
