"""Cached PDF of a booklet for a commune, rendered again when its content changes.

The key is the HTML page before rendering, without the printing date, so any visible change
invalidates the cache.
"""

import base64
from hashlib import sha256

from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

REPORT = "commune_relations.booklet_document"


class CommuneBookletCopy(models.Model):
    _name = "commune.booklet.copy"
    _description = "Booklet drawn for a commune"
    _order = "date desc, id desc"
    _rec_name = "booklet_id"

    booklet_id = fields.Many2one("commune.booklet", required=True, index=True, ondelete="cascade")
    commune_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    is_full = fields.Boolean(
        string="For those who act in its name", required=True, default=True, readonly=True
    )
    fingerprint = fields.Char(required=True, readonly=True)
    date = fields.Date(string="Drawn on", required=True, readonly=True)
    content = fields.Binary(attachment=True, readonly=True)
    _commune_uniq = models.Constraint(
        "UNIQUE(booklet_id, commune_id, is_full)", "The booklet of this commune is already kept."
    )


class CommuneBooklet(models.Model):
    _inherit = "commune.booklet"

    def _get_pdf(self, commune):
        """The booklet of a commune, as bytes, for its readers there and for the staff."""
        self.ensure_one()
        self._check_reader(commune)
        if not commune.is_commune:
            raise UserError(self.env._("A booklet is drawn for a commune."))
        is_full = self._is_for_full(commune)
        fingerprint = self._get_render_fingerprint(commune, is_full)
        copies = self.env["commune.booklet.copy"].sudo()
        kept = copies.search(
            [
                ("booklet_id", "=", self.id),
                ("commune_id", "=", commune.id),
                ("is_full", "=", is_full),
            ]
        )
        if kept.fingerprint == fingerprint:
            return base64.b64decode(kept.with_context(bin_size=False).content)
        drawn = self._get_renderer()._render_qweb_pdf(
            REPORT, commune.ids, self._prepare_drawing(commune, is_full)
        )[0]
        values = {
            "is_full": is_full,
            "fingerprint": fingerprint,
            "date": self.env.company._get_today(),
            "content": base64.b64encode(drawn),
        }
        if kept:
            kept.write(values)
        else:
            self._keep(copies, commune, values)
        return drawn

    def _check_reader(self, commune):
        """:raise AccessError: the current user is no reader of this booklet in the commune"""
        user = self.env.user
        if not user.share:
            self.with_user(user).check_access("read")
        elif self not in self._get_portal_booklets(commune, user.partner_id):
            raise AccessError(self.env._("This booklet is not offered to you."))

    def _is_for_full(self, commune):
        """Whether the current user may read every portal page of the commune."""
        user = self.env.user
        return not user.share or commune._get_portal_role(user.partner_id) == "full"

    def _prepare_drawing(self, commune, is_full):
        return {"booklet_id": self.id, "document_ids": commune.ids, "is_full": is_full}

    def _keep(self, copies, commune, values):
        """Two persons of a commune may ask at once: the copy of the first is kept."""
        try:
            with self.env.cr.savepoint():
                copies.create({"booklet_id": self.id, "commune_id": commune.id, **values})
        except UniqueViolation:
            self.env.invalidate_all()

    def _get_render_fingerprint(self, commune, is_full):
        renderer = self._get_renderer()
        page = renderer._render_qweb_html(
            REPORT, commune.ids, self._prepare_drawing(commune, is_full)
        )[0]
        text = page.decode() if isinstance(page, bytes) else str(page)
        today = renderer.env.company._get_document_identity()["printed_on"]
        return sha256(text.replace(today, "").encode()).hexdigest()

    def _get_renderer(self):
        """The reports in the language of the organisation, as superuser: one copy serves
        everybody."""
        lang = self.env.company._get_organisation_lang()
        return self.env["ir.actions.report"].sudo().with_context(lang=lang)
