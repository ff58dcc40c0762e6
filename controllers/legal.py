"""The pages that the law asks of a public site; nobody logs in to read them."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .route_access import link


class Legal(http.Controller):
    @link("/commune/legal/<string:kind>")
    def legal_page(self, kind, **kwargs):
        """Everybody: legal notice, personal data, accessibility, contact. Changes nothing."""
        values = request.env.company._get_legal_page(kind)
        if not values:
            raise NotFound()
        return request.render("commune_relations.legal_page", values)
