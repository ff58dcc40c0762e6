"""Day page near an election: broadcasts that a second person proofreads first."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import OTHERS, STAFF, Source

READ_DAYS = 2


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_sources(self):
        asked, user = Domain("state", "=", "asked"), self.env.uid
        common = {
            "day": "create_date",
            "delay": READ_DAYS,
            "groups": STAFF,
            "title": ("name",),
            "screen": "commune_election_review_action",
        }
        model = "commune.election.review"
        return [
            *super()._get_day_sources(),
            Source(
                "look",
                self.env._("To read before they leave"),
                model,
                asked & Domain("reader_id", "=", user),
                person="user_id",
                action="action_open_document",
                button=self.env._("Read it over"),
                activity_types=("election_review",),
                **common,
            ),
            Source(
                "look_asked",
                self.env._("Second looks asked"),
                model,
                asked & Domain("user_id", "=", user),
                person="reader_id",
                waits=OTHERS,
                **common,
            ),
        ]
