"""What the one search finds of the requests and their topics."""

from odoo import api, models

from ..core.search import Sought


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_sought(self):
        return super()._get_sought() | {
            "request": Sought(
                "helpdesk.ticket",
                self.env._("Requests"),
                action="commune_request_action",
                commune="commune_id",
                detail="number",
                domain=(("is_commune_request", "=", True),),
                number="number",
                order="create_date",
                pillar="requests",
            ),
            "topic": Sought(
                "commune.topic",
                self.env._("Topics"),
                action="commune_topic_action",
                texts=("keywords",),
                order="sequence asc",
                pillar="requests",
            ),
        }
