"""The promises of the house to a commune, on its first page."""

from odoo import api, models
from odoo.fields import Domain

from ..territory.portal.home import Card


class CommuneHome(models.AbstractModel):
    _inherit = "commune.home"

    @api.model
    def _get_cards(self, place, acts):
        cards = super()._get_cards(place, acts)
        if not acts:
            return cards
        shown = Domain("commune_id", "=", place.id) & Domain("is_published", "=", True)
        card = Card(
            "services",
            "/my/commitments",
            self.env._("Our promises"),
            self.env._("What we promised to your commune"),
            "fa-handshake-o",
            known=(("commune.commitment", shown),),
        )
        return [*cards, card]
