"""The promises of the organisation to a commune, on its first page."""

from odoo import api, models

from ..territory.portal.portal_home import Card


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        published = {"commune_id": places.ids, "is_published": [True]}
        return {
            **super()._get_presence_queries(places),
            "promise": ("commune.commitment", published),
        }

    @api.model
    def _get_cards(self, place, acts):
        """The promises, counted, once some are published; they are not something to begin."""
        cards = super()._get_cards(place, acts)
        pages = self.env[
            "commune.portal.page"
        ].sudo()  # anyone who acts for the place reads them all
        asked = acts and self._has_presence("promise")
        promises = asked and pages._get_portal_commitments(place)
        if not promises:
            return cards
        commitments = pages._format_portal_commitments(promises)
        text = self.env._("What we promised to your commune: %s", commitments)
        title = self.env._("Our promises")
        return [*cards, Card("services", "/my/commitments", title, text, "fa-handshake-o")]
