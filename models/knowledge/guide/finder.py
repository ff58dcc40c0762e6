"""Guides are found with the words of a commune."""

from odoo import api, models

from ...requests.finder.finder import Source
from ...requests.finder.portal import ResultKind


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_sources(self):
        guides = Source(
            "commune.guide",
            domain=(("state", "=", "published"),),
            texts=("summary", "body", "transcript"),
            topics="topic_ids",
            pillar="knowledge",
        )
        return super()._get_sources() | {"guide": guides}

    @api.model
    def _get_result_kinds(self, place):
        result_kind = ResultKind(self.env._("Guides"), "/my/guides/%s")
        return {"guide": result_kind} | super()._get_result_kinds(place)

    @api.model
    def _get_shown_results(self, cards):
        guides = {("guide", guide.id) for card in cards for guide in card.get("guides", ())}
        return super()._get_shown_results(cards) | guides
