"""Delivery of a letter, from the queue to the mail server: one line for each mail.

Odoo deletes a sent mail and does not inform its record. This line stays: it informs the record, the
letter panel of the document and the list of unsent letters.
"""

from odoo import api, fields, models

from ....engine.mail import last_words, next_try

QUEUED, HELD, WAITING, LEFT = "queued", "held", "waiting", "left"
LOST, SETTLED, REPLACED = "lost", "settled", "replaced"
STATES = [
    (QUEUED, "Queued"),
    (HELD, "Waits for the confirmation of our sender"),
    (WAITING, "To be tried again"),
    (LEFT, "Left"),
    (LOST, "Not left"),
    (SETTLED, "Notified otherwise"),
    (REPLACED, "Replaced by another letter"),
]
# It has not left, and nobody has taken care of it.
PENDING = (QUEUED, HELD, WAITING, LOST)
UNSENT = (HELD, WAITING, LOST)
# States before the letter is sent, whatever it waits for.
COMING = (QUEUED, HELD, WAITING)
WITHDRAWN, TOO_LATE = "withdrawn", "too_late"
REASONS = [
    ("closed", "The mail server does not answer"),
    ("later", "The mail server asks to try again later"),
    ("relay", "The mail server refuses our letters"),
    ("content", "The mail server refuses this letter"),
    ("address", "Address refused"),
    ("missing", "Address missing or not valid"),
    ("unknown", "Unexpected error"),
    (WITHDRAWN, "Taken out of the queue"),
    (TOO_LATE, "Waited too long for our sender"),
]


class CommuneLetterDelivery(models.Model):
    _name = "commune.letter.delivery"
    _description = "Delivery of a letter"
    _order = "id desc"
    _rec_name = "subject"

    mail_id = fields.Many2one(
        "mail.mail",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        groups="base.group_system",
    )
    kind = fields.Char(required=True, readonly=True, help="Model of the letter, without prefix.")
    subject = fields.Char(readonly=True)
    res_model = fields.Char(required=True, readonly=True, help="Record that the letter is of.")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    document_model = fields.Char(required=True, readonly=True, help="What the letter is about.")
    document_id = fields.Many2oneReference(
        model_field="document_model", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="To", index="btree_not_null", ondelete="set null", readonly=True
    )
    address = fields.Char(readonly=True)
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", readonly=True, default=lambda self: self.env.company
    )
    state = fields.Selection(STATES, default=QUEUED, required=True, readonly=True, index=True)
    attempts = fields.Integer(readonly=True)
    queued_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    failed_at = fields.Datetime(string="Not leaving since", readonly=True)
    next_try = fields.Datetime(readonly=True)
    left_at = fields.Datetime(string="Left on", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    server_reply = fields.Char(string="Words of the mail server", readonly=True)
    to_notify = fields.Boolean(readonly=True, help="The record was not notified of this state yet.")
    _mail_uniq = models.UniqueIndex(
        "(mail_id) WHERE mail_id IS NOT NULL", "The way of this letter is followed already."
    )
    _document_idx = models.Index("(document_model, document_id, kind)")
    _record_idx = models.Index("(res_model, res_id)")
    _to_notify_idx = models.Index("(id) WHERE to_notify")

    # the start

    @api.model
    def _start(self, mails, kind, records=None, documents=None, replaces=True):
        """Follow mails that were just queued: a fixed number of queries.

        :param mails: mail.mail
        :param kind: name of the mail template, or a code of its own
        :param records: records of the mails, in the same order; by default those that the mails
            name
        :param documents: documents of the mails, in the same order; by default those that the
            records give
        :param replaces: withdraw the same letter to the same recipient that still waits, so that it
            is sent once
        """
        mails = mails.sudo()
        if records is None:
            records = [mail.env[mail.model].browse(mail.res_id) for mail in mails]
        if documents is None:
            documents = [self._find_document(record) for record in records]
        values = [
            self._prepare_start(mail, kind, record, document)
            for mail, record, document in zip(mails, records, documents, strict=True)
        ]
        return self._create_queued(values, replaces)

    @api.model
    def _create_queued(self, values_list, replaces):
        deliveries = self.sudo()  # nobody writes what became of a letter
        if replaces and values_list:
            deliveries._find_same(values_list)._replace()
        letters = deliveries.create(values_list)
        letters._keep_order()
        letters._hold()
        return letters

    @api.model
    def _find_document(self, record):
        known = hasattr(record, "_get_letter_document")
        return record._get_letter_document() if known else record

    @api.model
    def _prepare_start(self, mail, kind, record, document):
        return {
            "mail_id": mail.id,
            "kind": kind,
            "subject": mail.subject,
            "res_model": record._name,
            "res_id": record.id,
            "document_model": document._name,
            "document_id": document.id,
            "partner_id": self._find_person(mail, record).id,
            "address": mail._get_addresses(),
            "company_id": mail._get_sending_company().id,
        }

    @api.model
    def _find_person(self, mail, record):
        """A mail to a bare address is for somebody too."""
        named = hasattr(record, "_get_letter_person") and not mail.recipient_ids
        return record._get_letter_person() if named else mail.recipient_ids[:1]

    @api.model
    def _find_same(self, values_list):
        """The same letters, that did not leave yet."""
        first = values_list[0]
        names = ("kind", "res_model", "document_model")
        known = self.search(
            [
                *((name, "=", first[name]) for name in names),
                ("res_id", "in", [values["res_id"] for values in values_list]),
                ("state", "in", PENDING),
            ]
        )
        same = {(values["res_id"], values["document_id"]) for values in values_list}
        return known.filtered(lambda letter: (letter.res_id, letter.document_id) in same)

    def _replace(self):
        self.write({"state": REPLACED, "next_try": False})
        self._take_back()

    def _keep_order(self):
        """Earlier letters to the same persons are tried no later than these: the queue sends by
        id, so the last letter that a person reads is the last one written. A cancellation would
        otherwise overtake the letter that it cancels, which waits for its next try.
        """
        latest = {}
        for letter in self.filtered("partner_id").sorted("id"):
            latest.setdefault(letter.partner_id, []).append(letter)
        if not latest:
            return
        domain = [("state", "=", WAITING), ("partner_id", "in", [p.id for p in latest])]
        moved = {}
        for earlier in self.search([*domain, ("id", "<", max(self.ids))]):
            later = [one for one in latest[earlier.partner_id] if one.id > earlier.id]
            moments = [one.next_try or fields.Datetime.now() for one in later]
            if moments and earlier.next_try and min(moments) < earlier.next_try:
                moved.setdefault(min(moments), []).append(earlier.id)
        for moment, ids in moved.items():
            letters = self.browse(ids)
            letters.next_try = moment
            letters.mail_id.scheduled_date = moment

    def _take_back(self):
        """The mails do not leave any more."""
        self.mail_id.filtered(lambda m: m.state in ("outgoing", "exception")).cancel()

    # what the mail server did

    def _mark_sent(self):
        self.write(
            {
                "state": LEFT,
                "left_at": fields.Datetime.now(),
                "next_try": False,
                "reason": False,
                "server_reply": False,
                "to_notify": True,
            }
        )

    def _mark_failed(self, failure, reason):
        """:param failure: engine.mail.Failure
        :param reason: answer of the mail server, as Odoo stores it
        """
        now = fields.Datetime.now()
        reply = last_words(reason)
        for letter in self:
            first = letter.failed_at or now
            attempts = letter.attempts + 1
            again = None if failure.is_final else next_try(attempts, first, now)
            letter.write(
                {
                    "state": WAITING if again else LOST,
                    "attempts": attempts,
                    "failed_at": first,
                    "next_try": again or False,
                    "reason": failure.kind,
                    "server_reply": reply,
                    "to_notify": True,
                }
            )

    def _split_lost(self, persons, failure, reason):
        """Mark these recipients of a shared mail as failed; the letter continues for the others.

        :param persons: res.partner
        """
        self.ensure_one()
        for person in persons:
            part = self.copy(
                {"mail_id": False, "partner_id": person.id, "address": person.email, "attempts": 0}
            )
            part._mark_failed(failure, reason)

    def _mark_withdrawn(self):
        """Somebody took the mail out of the queue of Odoo."""
        self.filtered(lambda letter: letter.state in COMING).write(
            {
                "state": LOST,
                "failed_at": fields.Datetime.now(),
                "next_try": False,
                "reason": WITHDRAWN,
                "to_notify": True,
            }
        )
