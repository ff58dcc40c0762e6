"""`mail.mail`: the queue of mails, an attempt, what became of it.

- `send_after_commit`, `send`, `_send`, `process_email_queue`, `_postprocess_sent_message`: the
  letters of the organisation wait for the queue, are followed (`../mail_delivery/mail.py`), held
  while the sender is not confirmed, tried again. Third-party mails take the way of Odoo alone.
- `_personalize_outgoing_body`: secret addresses, for their reader alone (`../letter.py`).
- `_prepare_outgoing_list`: what pillars finish, `_finish_outgoing_mail`.
- `cancel`, `unlink`: what is taken out of the queue by hand.

Why no public way serves: Odoo calls nobody between the queue and the server of mail; a record
learns nothing of a mail that was sent. In a demonstration, `models/requests/ir_mail_server.py`
keeps what would leave.
"""

import logging
import smtplib

from odoo import api, models

from ..mail_delivery.delivery import QUEUED, WAITING

_logger = logging.getLogger(__name__)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send_after_commit(self):
        """The mails of the organisation wait for the queue, and not the person for the mail
        server."""
        managed = self.filtered(lambda mail: mail._is_managed())
        if managed:
            managed._follow_messages()
            self._start_queue()
        others = self - managed
        return super(MailMail, others).send_after_commit() if others else None

    def _with_sending_context(self):
        """These mails, with what a sending works out once."""
        return self

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """Third-party mails follow Odoo's way only.

        The context keeps the organisation's address off them, even in a batch with its letters.
        """
        self = self._with_sending_context()
        managed = self.filtered(lambda mail: mail._is_sent_by_organisation())
        third_party = (self - managed).with_context(third_party_letters=True)
        result = True
        if managed:
            result = managed._send_letters_of_organisation(
                auto_commit, raise_exception, post_send_callback
            )
        if third_party or not managed:
            result = super(MailMail, third_party).send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                post_send_callback=post_send_callback,
            )
        return result

    def _send_letters_of_organisation(self, auto_commit, raise_exception, callback):
        """Send the letters, then inform their records in a separate transaction.

        A concurrent change of a record would otherwise roll back, and the letter would be sent
        twice.
        """
        commits = auto_commit is True  # as Odoo reads it: some callers give ids instead
        if commits:
            callback = self._track_progress(callback)
        free = (self - self._hold_back()).with_context(third_party_letters=False)
        followed = bool(self._get_deliveries())
        result = free and super(MailMail, free).send(
            auto_commit=auto_commit, raise_exception=raise_exception, post_send_callback=callback
        )
        if commits:
            self.env.cr.commit()  # pylint: disable=invalid-commit
        if commits or followed:
            self.env["commune.letter.delivery"]._run_record_callbacks(commit=commits)
        return bool(result)

    @api.model
    def process_email_queue(self, email_ids=(), batch_size=1000):
        """Mails that a server let wait are taken up as soon as the current user is noted; letters
        to many persons get their text here, and leave in the same turn."""
        Delivery = self.env[
            "commune.letter.delivery"
        ].sudo()  # an administrator may run the queue too
        Delivery._release()
        written = 0 if email_ids else Delivery._write_next()
        progress = Delivery.env["ir.cron.progress"].browse(
            self.env.context.get("ir_cron_progress_id")
        )
        if written and progress:
            self.env["ir.cron"]._commit_progress(written, remaining=self._count_due())
        filters = [*self.env.context.get("filters", ()), *self._get_free_domain()]
        queue = super(MailMail, self.with_context(filters=filters))
        result = queue.process_email_queue(email_ids=email_ids, batch_size=batch_size)
        if progress.done:
            self.env["ir.cron"]._commit_progress(remaining=self._count_due())
        return result

    def _send(self, *args, **options):
        """A server that hangs up leaves the current letter unsent; the others keep waiting."""
        queue = self.with_context(sent_mails=[])
        try:
            super(MailMail, queue)._send(*args, **options)
        except smtplib.SMTPServerDisconnected as error:
            cut = self.exists().filtered(lambda mail: mail.state == "exception")
            deliveries = cut._get_deliveries().filtered(lambda one: one.state in (QUEUED, WAITING))
            if not deliveries:
                raise
            _logger.info("The mail server hung up: %s", error)
            deliveries.mail_id._postprocess_sent_message(
                success_pids=[],
                success_emails=[],
                failure_reason=f"SMTPServerDisconnected: {error}",
                failure_type="mail_smtp",
            )
        queue._delete_sent()
        return True

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        deliveries = self._get_deliveries()
        managed = deliveries.mail_id.with_env(self.env)
        bare = managed._filter_bare() if not failure_type else managed.browse()
        if bare:
            bare._postprocess_sent_message([], [], failure_type="mail_email_missing")
            rest = self - bare
            return rest and rest._postprocess_sent_message(success_pids, success_emails)
        others = self - managed
        result = True
        if others:
            result = super(MailMail, others)._postprocess_sent_message(
                success_pids,
                success_emails,
                failure_reason=failure_reason,
                failure_type=failure_type,
            )
        if managed and not failure_type:
            deliveries._mark_sent()
            super(MailMail, managed)._postprocess_sent_message(success_pids, success_emails)
        elif managed:
            again = managed._log_delivery_failures(
                deliveries, success_pids, success_emails, failure_reason, failure_type
            )
            lost = managed - again
            for mails, kind in ((lost, failure_type), (again, "unknown")):
                if mails:
                    super(MailMail, mails)._postprocess_sent_message(
                        success_pids,
                        success_emails,
                        failure_reason=failure_reason,
                        failure_type=kind,
                    )
            again._put_back(deliveries)
        return result

    def _personalize_outgoing_body(self, body, partner=False, doc_to_followers=None):
        body = super()._personalize_outgoing_body(body, partner, doc_to_followers)
        return self._fill_places(body, partner)

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        for values in emails:
            self._finish_outgoing_mail(values)
        return emails

    # removed from the queue by a user

    def cancel(self):
        self._get_deliveries()._mark_withdrawn()
        return super().cancel()

    def unlink(self):
        sent = self.env.context.get("sent_mails")
        if sent is None:
            self._get_deliveries()._mark_withdrawn()
            return super().unlink()
        managed = self.filtered("is_followed")
        sent += managed.ids  # see `_delete_sent`
        return super(MailMail, self - managed).unlink()
