"""Callbacks to records and documents when a letter's delivery status changes.

In a transaction of its own, and again until it succeeds: nothing that happens here makes a letter
leave a second time. A model takes part by the methods of `CALLBACKS`, called as
superuser on its records with their letters.
"""

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .delivery import COMING, LEFT, LOST, QUEUED, SETTLED, WAITING

# Method of the records of the letters in each state.
CALLBACKS = {
    LEFT: "_after_letters_sent",
    WAITING: "_after_letters_delayed",
    LOST: "_after_letters_failed",
    SETTLED: "_after_letters_resolved",
}
BATCH = 1000
TRIES = 4
_logger = logging.getLogger(__name__)


class CommuneLetterDelivery(models.Model):
    _inherit = "commune.letter.delivery"

    @api.model
    def _run_record_callbacks(self, commit=False):
        """:param commit: the caller is the queue: what was done is kept, and tried again here"""
        for turn in range(1, TRIES + 1):
            try:
                self.sudo()._run_pending_callbacks()
                if commit:
                    self.env.cr.commit()  # pylint: disable=invalid-commit
                return
            except psycopg2.OperationalError:
                if not commit:
                    raise
                self.env.cr.rollback()
                _logger.info("A record is being changed: its letters are handled later (%s)", turn)

    def _run_pending_callbacks(self):
        gone = self.search(
            [("state", "in", COMING), ("mail_id", "=", False), ("is_unwritten", "=", False)]
        )
        gone._mark_withdrawn()
        letters = self.search([("to_notify", "=", True)], limit=BATCH)
        letters.to_notify = False
        letters._plan_next_tries()
        for same in letters.grouped("res_model").values():
            for state, callback in CALLBACKS.items():
                same.filtered(lambda letter, s=state: letter.state == s)._call(callback)
        for same in letters.grouped("document_model").values():
            if self._is_asked_on_document(same[:1].document_model):
                same._guard(same._get_documents()._follow_unsent)
        for same in letters.grouped("res_model").values():
            same._guard(same._follow_on_persons)
        self.env.flush_all()

    def _plan_next_tries(self):
        """Trigger the queue at these moments; Odoo runs it once an hour otherwise."""
        self.filtered(lambda one: one.state == WAITING and one.next_try)._keep_order()
        moments = {
            letter.next_try.replace(second=0, microsecond=0) + timedelta(minutes=1)
            for letter in self
            if letter.state == WAITING and letter.next_try
        }
        if moments:
            self.env["mail.mail"]._start_queue(sorted(moments))
        elif self.filtered(lambda letter: letter.state == QUEUED):
            self.env["mail.mail"]._start_queue()

    def _get_records(self):
        """The records of these letters, of one model; those that are still there."""
        return self._browse_all(self[:1].res_model, self.mapped("res_id"))

    def _get_documents(self):
        return self._browse_all(self[:1].document_model, self.mapped("document_id"))

    @api.model
    def _browse_all(self, model, ids):
        if model not in self.env:
            return self.env["base"]
        return self.env[model].browse(dict.fromkeys(ids)).exists()

    def _call(self, name):
        records = self._get_records() if self else self
        method = getattr(records, name, None)
        if records and method:
            known = set(records.ids)
            self._guard(method, self.filtered(lambda letter: letter.res_id in known))

    def _guard(self, method, *args):
        """An error of one model does not silence the others."""
        try:
            with self.env.cr.savepoint():
                method(*args)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("The callbacks of the letters %s failed", self.ids)

    # what the models ask

    def _get_last_left(self):
        """{id of the record: moment when its letter left}."""
        return {letter.res_id: letter.left_at for letter in self if letter.left_at}

    @api.model
    def _find_written(self, records, kind):
        """Records for which this letter is queued, or was sent today: pressing the button twice, or
        again on the same day, writes to nobody twice.

        :param records: of one model
        """
        today = fields.Datetime.now() - timedelta(hours=12)
        known = self.sudo().search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("kind", "=", kind),
                "|",
                ("state", "in", COMING),
                "&",
                ("state", "=", LEFT),
                ("left_at", ">=", today),
            ]
        )
        return records.browse(known.mapped("res_id"))
