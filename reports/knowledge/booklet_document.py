"""Printed booklet, for one commune."""

from odoo import api, models
from odoo.exceptions import UserError


class BookletDocument(models.AbstractModel):
    _name = "report.commune_relations.booklet_document"
    _description = "Booklet of a commune (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: `booklet_id`, one that the current user may read (the first by default);
        `is_full`, False for those who do not act in the name of the commune"""
        booklets = self.env["commune.booklet"]
        number = int((data or {}).get("booklet_id") or 0)
        booklet = booklets.browse(number).exists() if number else booklets.search([], limit=1)
        commune = self.env["res.partner"].browse(docids)[:1]
        booklet.check_access("read")
        commune.check_access("read")
        if not booklet or not commune.is_commune:
            raise UserError(self.env._("A booklet is drawn for a commune."))
        pages = booklet._get_pages(commune, (data or {}).get("is_full", True))
        return {
            "docs": commune,
            "title": booklet.name,
            "subtitle": booklet.subtitle or commune.sudo()._get_commune_title(),
            "note": booklet.subtitle and commune.sudo()._get_commune_title(),
            "commune_title": commune.sudo()._get_commune_title(),
            **pages,
            "contents": self._get_contents(pages, commune),
        }

    @api.model
    def _get_contents(self, pages, commune):
        """(anchor, title, lines below in the same form) of each printed part, in order."""
        guides = [(f"guide-{guide['id']}", guide["name"], []) for guide in pages["guides"]]
        parts = [
            ("welcome", self.env._("Welcome"), pages["welcome"], []),
            ("identity", self.env._("The intercommunality"), pages["identity"], []),
            ("people", self.env._("Who’s who"), pages["people"], []),
            ("dates", self.env._("Calendar"), pages["dates"], []),
            ("services", self.env._("Services to the communes"), pages["services"], []),
            ("guides", self.env._("Guides"), guides, guides),
            ("commune", commune.sudo()._get_commune_title(), pages["page"], []),
        ]
        return [(anchor, title, below) for anchor, title, shown, below in parts if shown]
