"""Files that leave the browser before the form that they go with, one at a time.

A phone that loses the network goes on with the photo at which it stopped, and sends again what it
may have sent: each file has a name of its own, drawn by the browser, by which PostgreSQL keeps it
once. It belongs to one account in one session; no other sees it nor joins it to anything. A form
takes it away; what no form takes is thrown away.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..core.idempotency import KEY, hash_parts
from ..core.retention import get_expired_domain, get_retention_limit
from .attachment_rules import MAX_FILES, MAX_TOTAL_SIZE
from .ticket.form import FormError

# Files of one account that wait for their form: the oldest ones make room.
MOST_WAITING = 3 * MAX_FILES


class CommuneUpload(models.Model):
    _name = "commune.upload"
    _description = "File sent before its form"
    _log_access = False
    _order = "id"

    key = fields.Char(
        required=True,
        readonly=True,
        help="Print of the name of the file, of the person and of the session: nothing can be"
        " found with it.",
    )
    name = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime(readonly=True, index=True)
    _key_uniq = models.Constraint("UNIQUE (key)", "This file has already been sent.")

    @api.model
    def _receive(self, session, token, name, content):
        """Keep a file until its form; the same one sent again is kept once.

        One that comes while the first one runs waits for its end in PostgreSQL, as a form does:
        see `commune.idempotency.key`.

        :param session: a secret of the session of the browser
        :param token: the name that the browser drew
        :return: why it cannot be kept, a sentence; empty when it is kept
        """
        if not KEY.fullmatch(token or ""):
            return self.env._("This file cannot be received: load the page again.")
        files = self.env["ir.attachment"]
        if problems := files._get_commune_file_problems([(name, content)]):
            return problems[0]
        if upload := self.sudo()._insert(hash_parts(self.env.uid, session, token)):
            upload.name = files._create_commune_files(upload, [(name, content)]).name
            upload._make_room()
        return ""

    def _insert(self, key):
        """The row of a file; empty when there is one already."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO commune_upload (key, user_id, date)
                VALUES (%s, %s, now() AT TIME ZONE 'UTC')
                ON CONFLICT (key) DO NOTHING
                RETURNING id
                """,
                key,
                self.env.uid,
            )
        )
        return self.browse(self.env.cr.fetchone())

    def _make_room(self):
        own = self.search([("user_id", "=", self.env.uid)], order="id desc", offset=MOST_WAITING)
        own.unlink()

    @api.model
    def _find_waiting(self, session, tokens):
        """{token: file that waits}, as superuser, in the order of the tokens; a file that is not of
        this person and this session does not exist."""
        names = [token for token in dict.fromkeys(tokens) if KEY.fullmatch(token or "")]
        keys = {hash_parts(self.env.uid, session, token): token for token in names}
        oldest = get_retention_limit(self)
        found = self.sudo().search([("key", "in", list(keys)), ("date", ">=", oldest)])
        by_token = {keys[upload.key]: upload for upload in found}
        return {token: by_token[token] for token in names if token in by_token}

    @api.model
    def _take(self, session, tokens):
        """Take the files that a form names, as (name, bytes): they wait no longer.

        Reads at most one file above the limit, enough to detect the excess.

        :raise FormError: one of them is not there any more
        """
        found = self._find_waiting(session, tokens[: MAX_FILES + 1])
        if len(found) < len(set(tokens[: MAX_FILES + 1])):
            sentence = self.env._(
                "A photo or a file is not with us any more: choose it again, then send."
            )
            raise FormError([("files", sentence)])
        uploads = self.sudo().union(*found.values())
        files, total = [], 0
        for file in uploads._get_files():
            files.append((file.name, file.raw or b""))
            total += file.file_size
            if total > MAX_TOTAL_SIZE:
                break
        uploads.unlink()
        return files

    def _get_files(self):
        """The attachments of these files, in their order."""
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        rank = {number: place for place, number in enumerate(self.ids)}
        return self.env["ir.attachment"].search(domain).sorted(lambda file: rank[file.res_id])

    @api.autovacuum
    def _gc_uploads(self):
        self.search(get_expired_domain(self)).unlink()
