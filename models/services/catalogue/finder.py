"""Services are found with the words of a commune."""

from odoo import api, models

from ...requests.finder.finder import Source
from ...requests.finder.portal import ResultKind
from .service import VISIBLE


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_sources(self):
        services = Source(
            "commune.service",
            domain=(("state", "in", VISIBLE),),
            texts=("summary", "content", "audience", "how_to_ask"),
            topics="topic_id",
            pillar="services",
        )
        return super()._get_sources() | {"service": services}

    @api.model
    def _get_result_kinds(self, place):
        shown = frozenset(place.env["commune.portal.page"]._get_portal_services(place).ids)
        label = self.env._("Services of the intercommunality")
        result_kind = ResultKind(label, "/my/services/%s", known=shown)
        return super()._get_result_kinds(place) | {"service": result_kind}
