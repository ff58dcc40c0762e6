"""Idempotency: a portal form submitted twice is processed once.

A phone without network sends again what it has sent, a person goes back and presses once more.
Each form that is shown carries a key of its own (`commune_relations.form_keys`); the first post
takes it, in the transaction of what it does.
"""

import hashlib
import re
import secrets

from odoo import api, fields, models
from odoo.tools import SQL

from .retention import get_expired_domain

KEY = re.compile(r"[0-9a-f]{32}")


class CommuneIdempotencyKey(models.Model):
    _name = "commune.idempotency.key"
    _description = "Form of the portal that was sent"
    _log_access = False

    key = fields.Char(
        required=True,
        readonly=True,
        help="Print of the key of the form, of the person and of the address: nothing can be"
        " sent with it.",
    )
    place = fields.Char(
        string="Print of the person and the address", required=True, readonly=True, index=True
    )
    words = fields.Char(string="Print of what was sent", readonly=True)
    files = fields.Char(string="Print of the files", readonly=True)
    page = fields.Char(
        readonly=True, help="Where the post led; empty where that address is a secret."
    )
    date = fields.Datetime(readonly=True, index=True)
    _key_uniq = models.Constraint("UNIQUE (key)", "This form has already been sent.")

    @api.model
    def _get_new_key(self):
        """A key for a form that is about to be shown."""
        return secrets.token_hex(16)

    @api.model
    def _take(self, key, path, words, files=(), sets=False):
        """Take a form that the current user has sent.

        A post that comes while the first one runs waits for its end in PostgreSQL; Odoo then runs
        it again, as any request that met another one, and it finds what the first one left.

        The same form with other values is a new post, and is processed. A form without its files is
        not a new post: a browser that goes back has forgotten them.

        :param key: key in the form; a value that is not a valid key disables the check
        :param path: address of the post: the key of one form opens no other
        :param words: list of (name, value) that identify the content
        :param files: list of (name, file name)
        :param sets: whether the form sets a value that another form may have changed since: the
            same values are then processed again
        :return: (form, taken): no form without key; not taken when the same was sent before
        """
        forms = self.sudo()
        if not KEY.fullmatch(key or ""):
            return forms, True
        prints = {
            "key": hash_parts(self.env.uid, path, key),
            "place": hash_parts(self.env.uid, path),
            "words": hash_parts(*words),
            "files": hash_parts(*files) if files else None,
        }
        if form := forms._insert(prints):
            return form, True
        form = forms.search([("key", "=", prints["key"])])
        same = form.words == prints["words"] and (not files or form.files == prints["files"])
        if same and not (sets and form._is_followed()):
            return form, False
        form.unlink()
        return forms._insert(prints), True

    @api.model
    def _insert(self, prints):
        """The row of a form; empty when there is one already."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO commune_idempotency_key (key, place, words, files, date)
                VALUES (%(key)s, %(place)s, %(words)s, %(files)s, now() AT TIME ZONE 'UTC')
                ON CONFLICT (key) DO NOTHING
                RETURNING id
                """,
                **prints,
            )
        )
        return self.browse(self.env.cr.fetchone())

    def _is_followed(self):
        """Whether another form was sent at the same place after this one."""
        return bool(self.search_count([("place", "=", self.place), ("id", ">", self.id)], limit=1))

    def _settle(self, page):
        """Keep where the post led; a post that was refused gives its key back.

        :param page: address, "" when it is a secret, None when nothing was done
        """
        if page is None:
            self.unlink()
        else:
            self.page = page

    @api.autovacuum
    def _gc_sent_forms(self):
        self.search(get_expired_domain(self)).unlink()


def hash_parts(*parts):
    """Hash of these parts, from which they cannot be recovered.

    >>> hash_parts("a", "b") == hash_parts("ab")
    False
    """
    return hashlib.sha256(repr(parts).encode()).hexdigest()
