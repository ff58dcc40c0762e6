"""Items that the communes read are found with their words."""

from odoo import api, models

from ...requests.finder.finder import Source
from ...requests.finder.portal import ResultKind


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_sources(self):
        items = Source(
            "commune.watch.item",
            domain=(("state", "=", "distributed"),),
            texts=("summary", "change_text", "who_text", "action_text"),
            topics="topic_ids",
            pillar="knowledge",
        )
        return super()._get_sources() | {"watch": items}

    @api.model
    def _get_result_kinds(self, place):
        result_kind = ResultKind(self.env._("Watch"), "/my/watch/%s")
        return super()._get_result_kinds(place) | {"watch": result_kind}
