"""What the surveys expect of a person of a commune: its answer."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..territory.portal.portal_home import Card, Todo
from .campaign.portal import NEWS_DAYS, TO_ANSWER


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        asked = SQL(
            "SELECT FROM commune_survey_target t"
            " JOIN commune_survey_campaign c ON c.id = t.campaign_id AND c.state = 'open'"
            " WHERE t.commune_id = ANY(%s) AND t.state NOT IN ('done', 'refused')",
            places.ids,
        )
        news = SQL(
            "SELECT FROM commune_survey_target t"
            " JOIN commune_survey_campaign c ON c.id = t.campaign_id AND c.state = 'published'"
            " WHERE t.commune_id = ANY(%s) AND c.published_date >= %s",
            places.ids,
            self.env.company._get_today() - timedelta(days=NEWS_DAYS),
        )
        return {**super()._get_presence_queries(places), "survey": asked, "survey_news": news}

    @api.model
    def _make_page(self, place, choices):
        """With the surveys whose results were published lately."""
        news = self.env["commune.survey.target"]
        if self._has_presence("survey_news"):
            pages = place.env["commune.portal.page"]
            news = pages._get_surveys_published(place, self.env.user.partner_id)
        return {**super()._make_page(place, choices), "survey_news": news}

    @api.model
    def _get_todos(self, places, acted):
        """Anyone who has a mandate or a post prepares an answer; those who act validate it."""
        if not self._has_presence("survey"):
            return super()._get_todos(places, acted)
        asked = (
            self.env["commune.survey.target"]
            .sudo()
            .search_fetch(
                Domain("commune_id", "in", places.ids) & Domain(TO_ANSWER),
                ["campaign_id", "commune_id"],
            )
        )
        day = self.env["commune.letter"]._format_date
        return super()._get_todos(places, acted) + [
            Todo(
                self.env._("Answer for the commune: %s", target.campaign_id.name),
                f"/my/surveys/{target.id}",
                target.commune_id.id,
                target.campaign_id.date_end,
                self.env._("Before %s", day(target.campaign_id.date_end)),
                can_wait=True,
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
