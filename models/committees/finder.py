"""The decisions that concern a commune are found by the search box of the portal."""

from odoo import api, models
from odoo.fields import Domain

from ..requests.finder.portal import MOST_OWN, ResultKind


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_result_kinds(self, place):
        published = Domain("is_published", "=", True) & Domain("commune_ids", "in", place.ids)
        decisions = self.env["commune.decision"].search(
            published, order="session_date desc, id", limit=MOST_OWN
        )
        result_kind = ResultKind(
            self.env._("Decisions"), "/my/decisions#decision-%s", decisions, "text"
        )
        return super()._get_result_kinds(place) | {"decision": result_kind}
