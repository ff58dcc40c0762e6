"""My day, steering: the commitments to keep."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import COORDINATOR, OFFICER, REFERENT, Source


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            Source(
                "promise",
                self.env._("Promises to keep"),
                "commune.commitment",
                Domain("user_id", "=", self.env.uid) & Domain("state", "=", "open"),
                day="due_date",
                groups=(OFFICER, REFERENT, COORDINATOR),
                pillar="steering",
                title=("name",),
                commune="commune_id",
                action="action_keep",
                button=self.env._("Kept"),
                undo="action_reopen",
                hand_over="user_id",
                activity_types=("commitment_soon", "commitment_due"),
                screen="commune_commitment_action",
            ),
        ]
