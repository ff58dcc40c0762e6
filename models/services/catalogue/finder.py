"""Services are found with the words of a commune."""

from odoo import api, models

from ...requests.finder.finder import Source
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
