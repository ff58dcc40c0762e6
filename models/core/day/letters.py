"""Letters that did not leave, on the day page: each is tried again, or told otherwise."""

from odoo import api, models
from odoo.fields import Domain

from ..post.journey import LOST, WAITING
from .source import COORDINATOR, OFFICER, Source


class CommuneDay(models.AbstractModel):
    _inherit = "commune.day"

    @api.model
    def _get_day_sources(self):
        letters = Source(
            "letter",
            self.env._("Letters that did not leave"),
            "commune.letter.journey",
            Domain("state", "in", (WAITING, LOST)),
            day="failed_at",
            groups=(OFFICER, COORDINATOR),
            title=("subject",),
            person="partner_id",
            action="action_try_again",
            button=self.env._("Try again"),
            tells=("letters_unsent",),
            target=("document_model", "document_id"),
            screen="commune_letter_journey_action",
            most=3,
        )
        return [*super()._get_day_sources(), letters]
