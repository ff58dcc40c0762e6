"""What the surveys expect of a person of a commune: its answer."""

from odoo import api, models
from odoo.fields import Domain

from ..territory.portal.home import Card, Todo
from .campaign.portal import TO_ANSWER
from .target.target import STATES

TO_DO = [code for code, _label in STATES if code not in ("done", "refused")]


class CommuneHome(models.AbstractModel):
    _inherit = "commune.home"

    @api.model
    def _get_glances(self, places):
        asked = ("commune.survey.target", {"commune_id": places.ids, "state": TO_DO})
        return {**super()._get_glances(places), "survey": asked}

    @api.model
    def _get_todos(self, places, acted):
        """Whoever has a mandate or a post prepares an answer; those who act validate it."""
        if not self._may_hold("survey"):
            return super()._get_todos(places, acted)
        asked = (
            self.env["commune.survey.target"]
            .sudo()
            .search_fetch(
                Domain("commune_id", "in", places.ids) & Domain(TO_ANSWER),
                ["campaign_id", "commune_id"],
            )
        )
        day = self.env["commune.letter"]._format_day
        return super()._get_todos(places, acted) + [
            Todo(
                self.env._("Answer for the commune: %s", target.campaign_id.name),
                f"/my/surveys/{target.id}",
                target.commune_id.id,
                target.campaign_id.date_end,
                self.env._("Before %s", day(target.campaign_id.date_end)),
            )
            for target in asked
        ]

    @api.model
    def _get_cards(self, place, acts):
        asked = Domain("commune_id", "=", place.id) & Domain("campaign_id.state", "!=", "draft")
        card = Card(
            "answer",
            "/my/surveys",
            self.env._("Surveys"),
            self.env._("Answer for the commune, see the results"),
            "fa-check-square-o",
            known=(("commune.survey.target", asked),),
        )
        return [*super()._get_cards(place, acts), card]
