"""Extension of messages: who posts, in whose name, and which messages are proofs.

Messages of the software on records that are signed or sent (`proof.py`) cannot be changed; who may
post on a record of the addon is decided in `message_access.py`. There nobody writes in the name of
another person, nor changes or deletes what another person wrote: what a commune said would be what
the staff makes of it. Messages on records of other addons are unchanged.
"""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ..message_access import check_can_post
from ..named_record import hide_unread_names
from ..proof import BORNE, CONTENT, keeps_proofs

AUTHORSHIP = {"author_id", "email_from", "model", "res_id"}


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

    def _compute_record_name(self):
        result = super()._compute_record_name()
        hide_unread_names(self, "model", "res_id", "record_name")
        return result

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._check_own_name()
        messages._mark_proof_files()
        return messages

    def write(self, vals):
        if CONTENT & vals.keys() and not self.env.su:
            self._check_not_proof()
            self._check_own_words()
        result = super().write(vals)
        if AUTHORSHIP & vals.keys():
            self._check_own_name()
        if {"attachment_ids", "model"} & vals.keys():
            self._mark_proof_files()
        return result

    def _filter_managed(self):
        """Messages of persons on records of the addon, as superuser."""
        known = self.sudo().filtered(lambda m: m.res_id and m.model in self.env)
        found = known.browse()
        for model, messages in known.grouped("model").items():
            records = known.env[model].browse(messages.mapped("res_id")).exists()
            managed = getattr(records, "_get_managed_threads", records.browse)()
            found |= messages.filtered(lambda m, ids=set(managed.ids): m.res_id in ids)
        return found

    def _check_own_name(self):
        """:raise AccessError: a message bears the name or the address of another person"""
        if self.env.su:
            return
        user = self.env.user
        own = {email_normalize(user.email or ""), False}
        others = self.sudo().filtered(
            lambda m: (
                m.author_id != user.partner_id or email_normalize(m.email_from or "") not in own
            )
        )
        if not others:  # nearly always, and without a query
            return
        companies = user.company_ids
        authors = user.partner_id | companies.partner_id | self.env.ref("base.partner_root")
        senders = [company._get_organisation_sender() for company in companies]
        senders += [user.email_formatted, *authors.mapped("email_formatted")]
        addresses = {email_normalize(sender) for sender in senders}
        for message in others._filter_managed():
            author, sender = message.author_id, email_normalize(message.email_from or "")
            if (author and author not in authors) or (sender and sender not in addresses):
                raise AccessError(
                    self.env._(
                        "You write here in your own name or in that of the organisation: what"
                        " another person says is theirs to write."
                    )
                )

    def _mark_proof_files(self):
        kept = self.sudo().filtered(lambda one: keeps_proofs(self.env, one.model))
        new = kept.attachment_ids.filtered(lambda file: not file[BORNE])
        if new:
            new.write({BORNE: True})

    def unlink(self):
        if not self.env.su:
            self._check_not_proof()
            self._check_own_words()
        return super().unlink()

    def _check_own_words(self):
        """:raise AccessError: another person wrote one of these messages on a record of the addon;
        an opinion hangs on its message, and would go with it"""
        own, robot = self.env.user.partner_id, self.env.ref("base.partner_root")
        written = self.sudo().filtered(
            lambda m: (
                (
                    m.message_type in ("comment", "email")
                    and m.author_id
                    and m.author_id not in (own, robot)
                )
                or any(opinion.partner_id != own for opinion in m.rating_ids)
            )
        )
        if written._filter_managed():
            raise AccessError(
                self.env._(
                    "What another person wrote here is neither changed nor deleted: answer it"
                    " instead."
                )
            )

    def _check_not_proof(self):
        """:raise UserError: one of these messages was written by the software as a proof"""
        written = self.sudo().filtered(lambda m: m.message_type != "comment" and m.res_id)
        for name, messages in written.grouped("model").items():
            if keeps_proofs(self.env, name):
                records = written.env[name].browse(messages.mapped("res_id")).exists()
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
