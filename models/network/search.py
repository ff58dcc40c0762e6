"""What the one search finds of the events."""

from odoo import api, models

from ..core.search import SearchSource


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_search_sources(self):
        return super()._get_search_sources() | {
            "event": SearchSource(
                "event.event",
                self.env._("Events"),
                action="commune_event_action",
                detail="date_begin",
                order="date_begin",
                pillar="network",
            ),
        }
