"""Odoo's mail queue: after each attempt, letters of the organisation are retried or failed.

Nothing is sent while somebody waits for a page: the queue starts as soon as the transaction is
over. Which methods of Odoo lead here: `../odoo/mail_mail.py`.
"""

from odoo import api, models
from odoo.fields import Domain

from ....engine.mail import classify
from ..inside import get_inside
from ..retention import get_expired_domain
from .delivery import QUEUED, WAITING
from .pending_sender import STAFF

QUEUE = "mail.ir_cron_mail_scheduler_action"
MODULE = "commune_relations"
NEVER = ("mail_email_invalid", "mail_email_missing")  # Odoo keeps no mail that failed so


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _follow(self, kind, records=None, **options):
        """Follow these mails: see `commune.letter.delivery._start`."""
        return self.env["commune.letter.delivery"]._start(self, kind, records, **options)

    def _get_deliveries(self):
        return self.sudo().filtered("is_followed").organisation_delivery_ids

    # the queue

    @api.model
    def _start_queue(self, at=None):
        """The queue of mails runs, right after this transaction or at these moments (UTC)."""
        self.env.ref(QUEUE)._trigger(at)

    def _follow_messages(self):
        """Follow the delivery of messages posted on records.

        A message to persons outside the staff counts as a letter of the record; a message to the
        staff, as a letter of that colleague, so that it is retried too.
        """
        mails = self.sudo()
        outside = mails.filtered(
            lambda mail: (
                mail.model
                and mail.res_id
                and (mail.email_to or mail.recipient_ids.filtered("partner_share"))
            )
        )
        inside = (mails - outside).filtered("recipient_ids")
        inside._follow(STAFF, records=[mail.recipient_ids[0] for mail in inside], replaces=False)
        kind = get_inside(self.env, "letter_kind", "message")
        for same in outside.grouped("model").values():
            same._follow(kind, replaces=False)

    def _is_managed(self):
        if self.is_organisation_letter or (self.email_layout_xmlid or "").startswith(f"{MODULE}."):
            return True
        if not self._get_sending_company()._is_organisation():
            return False
        record = self.env[self.model].browse(self.res_id) if self.model in self.env else self.env
        return bool(getattr(record, "_get_managed_threads", lambda: False)())

    def _is_sent_by_organisation(self):
        """Whether the sender of the organisation is that of this mail."""
        return self.is_followed or self._is_managed()

    def _track_progress(self, callback):
        """What Odoo's queue does not do: its scheduled action knows of each mail that went on. One
        that was cut three times would pass for stuck, and the letters would wait for an hour.

        :param callback: called as well, or None
        """
        done = set()

        def note(ids):
            fresh = set(ids) - done
            done.update(fresh)
            if callback:
                callback(ids)
            self.env["ir.cron"]._commit_progress(len(fresh))

        return note

    @api.model
    def _count_due(self):
        """Mails to send, and letters whose text is to be written."""
        due = Domain("scheduled_date", "=", False) | Domain("scheduled_date", "<=", "now")
        count = self.search_count(Domain("state", "=", "outgoing") & due & self._get_free_domain())
        Delivery = self.env["commune.letter.delivery"].sudo()
        return count + Delivery.search_count(Delivery._get_unwritten_domain())

    def _delete_sent(self):
        """Delete letters of the addon that were sent or abandoned, in one batch.

        Deleting them one by one costs twenty queries each.
        """
        sent = self.sudo().browse(self.env.context["sent_mails"]).exists()
        sent.with_context(sent_mails=None).unlink()

    @api.autovacuum
    def _gc_sent(self):
        """Delete the mails of a queue that was interrupted before it did so."""
        over = Domain("state", "=", "sent") | Domain("failure_type", "in", NEVER)
        gone = over & Domain("auto_delete", "=", True) & get_expired_domain(self)
        self.search(gone & Domain("is_followed", "=", True), limit=1000).unlink()

    # after an attempt

    def _filter_bare(self):
        """Mails without any recipient: Odoo counts them as sent."""
        mails = self.sudo().filtered(lambda m: not (m.recipient_ids or m.email_to or m.email_cc))
        return mails.with_env(self.env)

    def _log_delivery_failures(
        self, deliveries, success_pids, success_emails, reason, failure_type
    ):
        """:return: mails to retry"""
        reached = self.env["res.partner"].union(*success_pids)
        for delivery in deliveries:
            mail = delivery.mail_id
            why = reason or mail.failure_reason or ""
            mail._log_delivery_failure(
                delivery, classify(why, failure_type), why, reached, success_emails
            )
        again = deliveries.filtered(lambda one: one.state in (QUEUED, WAITING))
        return again.mail_id.with_env(self.env)

    def _log_delivery_failure(self, delivery, failure, reason, reached, reached_emails):
        """Do not write again to the persons already reached by a shared mail.

        A refused recipient does not hold back the others.
        """
        left = self.recipient_ids - reached
        refused = left if failure.is_final else left.browse()
        if failure.addresses:
            refused = left.filtered(lambda person: person.email_normalized in failure.addresses)
            refused = refused or left[:1]  # written otherwise: Odoo stopped at that one
        waiting = left - refused
        some = (self.recipient_ids & reached) or reached_emails or self.state == "sent"
        if not failure.is_final or not (waiting or some):
            delivery._mark_failed(failure, reason)
        else:
            delivery._split_lost(refused, failure, reason)
            if not waiting:
                delivery._mark_sent()
                return
            delivery.next_try = False
        if reached_emails:
            self.email_to = False
        if waiting:
            self.recipient_ids = waiting
            delivery.partner_id = waiting[0]
        delivery.address = self._get_addresses()

    def _get_addresses(self):
        """Addresses of this mail, as a text."""
        return ", ".join(filter(None, [self.email_to, *self.recipient_ids.mapped("email")]))

    def _put_back(self, deliveries):
        """These mails are in the queue again, until their next moment."""
        mails = self.sudo()
        for mail in mails:
            delivery = deliveries.filtered(lambda one, m=mail: one.mail_id == m)
            mail.write({"state": "outgoing", "scheduled_date": delivery.next_try})
        if self and not all(deliveries.mapped("next_try")):
            self._start_queue()
        mails.mailing_trace_ids.write({"trace_status": "outgoing", "failure_type": False})
        notifications = mails.env["mail.notification"]
        notifications.search(
            [("mail_mail_id", "in", self.ids), ("notification_status", "=", "exception")]
        ).write({"notification_status": "ready", "failure_type": False, "failure_reason": False})
