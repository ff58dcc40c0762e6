"""The promises of the house to a commune, on its first page."""

from odoo import api, models

from ..territory.portal.portal_home import Card


class CommuneHome(models.AbstractModel):
    _inherit = "commune.home"

    @api.model
    def _get_glances(self, places):
        told = {"commune_id": places.ids, "is_published": [True]}
        return {**super()._get_glances(places), "promise": ("commune.commitment", told)}

    @api.model
    def _get_cards(self, place, acts):
        """The promises, counted, once some are published; they are not something to begin."""
        cards = super()._get_cards(place, acts)
        partners = self.env["res.partner"].sudo()  # whoever acts for the place reads them all
        asked = acts and self._may_hold("promise")
        promises = asked and partners._get_portal_commitments(place)
        if not promises:
            return cards
        said = partners._say_portal_commitments(promises)
        text = self.env._("What we promised to your commune: %s", said)
        title = self.env._("Our promises")
        return [*cards, Card("services", "/my/commitments", title, text, "fa-handshake-o")]
