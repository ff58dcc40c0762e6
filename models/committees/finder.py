"""The decisions that concern a commune are found by the search box of the portal."""

from odoo import api, models
from odoo.fields import Domain

from ..requests.finder.portal import MOST_OWN, Corner


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_corners(self, place):
        told = Domain("is_published", "=", True) & Domain("commune_ids", "in", place.ids)
        decisions = self.env["commune.decision"].search(
            told, order="session_date desc, id", limit=MOST_OWN
        )
        corner = Corner(self.env._("Decisions"), "/my/decisions#decision-%s", decisions, "text")
        return super()._get_corners(place) | {"decision": corner}
