"""What the one search finds of the guides and of the watch."""

from odoo import api, models

from ..core.search import SearchSource


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_search_sources(self):
        return super()._get_search_sources() | {
            "guide": SearchSource(
                "commune.guide",
                self.env._("Guides"),
                action="commune_guide_action",
                texts=("summary",),
                order="date_published",
                pillar="knowledge",
            ),
            "watch": SearchSource(
                "commune.watch.item",
                self.env._("Watch"),
                action="commune_watch_item_action",
                detail="date",
                order="date",
                pillar="knowledge",
            ),
        }
