"""What the one search finds of the guides and of the watch."""

from odoo import api, models

from ..core.search import Sought


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_sought(self):
        return super()._get_sought() | {
            "guide": Sought(
                "commune.resource",
                self.env._("Guides"),
                action="commune_resource_action",
                texts=("summary",),
                order="date_published",
                pillar="knowledge",
            ),
            "watch": Sought(
                "commune.watch.item",
                self.env._("Watch"),
                action="commune_watch_item_action",
                detail="date",
                order="date",
                pillar="knowledge",
            ),
        }
