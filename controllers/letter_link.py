"""What a place for a secret address opens: a sentence, the same for everybody."""

from odoo import http

from .personal_link import private_page
from .route_access import link


class LetterLink(http.Controller):
    @link("/personal-link/<path:place>")
    def letter_link(self, place, **kwargs):
        """Answer to the button of a letter stored by the organisation, where the secret is masked.

        Changes nothing, and reveals nothing of the record.
        """
        return private_page("commune_relations.letter_link_page", {})
