"""Letters to many persons: the queue of mails writes their texts, by hundreds.

A letter takes some ten milliseconds to write: 828 at the press of a button would hold the page,
and a process of the server, for half a minute. They are queued at once by their deliveries, which
have no mail yet: the document counts them as queued, and nobody is written to twice. The mails of a
batch are written in one transaction with their deliveries: what a cut server loses is written
again, and none of it has left.
"""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.mail import last_words
from ....engine.mail.failure import UNKNOWN
from ..display_notification import CLOSE, display_notification
from .delivery import COMING, LOST

MOST_NOW = 100  # letters: a second of the person who waits; and a batch of the queue
_logger = logging.getLogger(__name__)


class CommuneLetterDelivery(models.Model):
    _inherit = "commune.letter.delivery"

    is_unwritten = fields.Boolean(
        string="To be written", readonly=True, help="Queued, and its text is not written yet."
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "commune_letter_delivery_attachment_rel",
        string="Files to write it with",
        readonly=True,
        groups="base.group_system",
        bypass_search_access=True,
    )
    _unwritten_idx = models.Index("(id) WHERE is_unwritten")

    @api.model
    def _are_many(self, records):
        return len(records) > MOST_NOW

    @api.model
    def _start_unwritten(self, records, kind, attachments, replaces):
        """Queue the letters of these records, to be written later: see `_start`.

        :param kind: name of the mail template
        """
        subject = self.env.ref(f"commune_relations.{kind}").name  # until it has its own
        values = [
            {
                "kind": kind,
                "subject": subject,
                "res_model": record._name,
                "res_id": record.id,
                "document_model": (document := self._find_document(record))._name,
                "document_id": document.id,
                "partner_id": record._get_letter_person().id,
                "address": record._get_letter_email(),
                "is_unwritten": True,
                "attachment_ids": attachments and attachments.ids,
            }
            for record in records
        ]
        return self._create_queued(values, replaces)

    # Called by the queue.

    @api.model
    def _get_unwritten_domain(self):
        return Domain("is_unwritten", "=", True) & Domain("state", "in", COMING)

    @api.model
    def _write_next(self):
        """Write a batch of letters, all of them outside a scheduled job.

        :return: how many
        """
        limit = MOST_NOW if self.env.context.get("ir_cron_progress_id") else None
        try:
            with self.env.cr.savepoint():
                return len(self._write_texts(self._get_unwritten_domain(), limit))
        except psycopg2.OperationalError:
            _logger.info("Letters are being changed: they are written at the next turn")
            self.env["mail.mail"]._start_queue()
            return 0

    @api.model
    def _write_earlier(self, person_ids):
        """Write at once the letters that wait for their text: the queue sends by id, and these
        persons would read a cancellation before what it cancels.

        :param person_ids: of those (res.partner) who are about to be written to
        """
        self._write_texts(self._get_unwritten_domain() & Domain("partner_id", "in", person_ids))

    @api.model
    def _write_texts(self, domain, limit=None):
        found = self.search(domain, order="id", limit=limit)
        letters = found.try_lock_for_update(allow_referencing=True)  # another may be at it
        for same in letters.grouped(
            lambda one: (
                one.kind,
                one.res_model,
                one.create_uid,
                one.company_id,
                one.attachment_ids,
            )
        ).values():
            same._write_alike()
        return letters

    def _write_alike(self):
        """A letter that cannot be written is given up, with the reason; the others are written."""
        try:
            with self.env.cr.savepoint():
                self._write_mails()
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            if len(self) > 1:
                for letter in self:
                    letter._write_alike()
                return
            _logger.warning("The letter %s cannot be written", self.id, exc_info=True)
            while cause := error.__cause__ or error.__context__:  # above it, the whole template
                error = cause
            self.write(
                {
                    "state": LOST,
                    "failed_at": fields.Datetime.now(),
                    "reason": UNKNOWN,
                    "server_reply": last_words(f"{error}"),
                    "to_notify": True,
                }
            )

    def _write_mails(self):
        """In the name and the language of the person who sent them."""
        first, user = self[:1], self[:1].create_uid
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": first.company_id.ids}
        env = self.env(user=user.id, context=context, su=True)
        records = env[first.res_model].browse(self.mapped("res_id")).exists()
        letters = {letter.res_id: letter for letter in self}
        self.filtered(lambda one: one.res_id not in records._ids)._mark_withdrawn()
        mails = records and records._write_letters(first.kind, first.attachment_ids.with_env(env))
        for record, mail in zip(records, mails, strict=True):
            letters[record.id].write(
                {
                    "mail_id": mail.id,
                    "subject": mail.subject,
                    "partner_id": self._find_person(mail, record).id,
                    "address": mail._get_addresses(),
                }
            )
        self.write({"is_unwritten": False, "attachment_ids": [fields.Command.clear()]})


def describe_sending(env, message, count):
    """:param message: how many letters are being sent
    :return: that sentence, and where to follow them when they are too many to leave at once
    """
    if count <= MOST_NOW:
        return message
    return env._(
        "%(message)s They are written and leave in the background, within a few minutes: this page"
        " shows how many have left.",
        message=message,
    )


def display_opening(env, count):
    """What a button that opens a campaign answers: None when its letters leave at once."""
    if count <= MOST_NOW:
        return None
    message = env._("Letters being sent: %s.", count)
    return display_notification(describe_sending(env, message, count), following=CLOSE)
