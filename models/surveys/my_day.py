"""What waits in the surveys, on the day page: silent communes, results to publish."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import OFFICER, OTHERS, Source
from .campaign.reminder import MISSING

CALL_DAYS, PUBLISH_DAYS = 2, 14


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_models(self):
        return super()._get_day_models() | {"survey.survey": "surveys"}

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            *self._get_campaign_sources(),
            self._get_survey_call_source(),
        ]

    @api.model
    def _get_campaign_source(self, code, label, domain, **values):
        return Source(
            code,
            label,
            "commune.survey.campaign",
            Domain("user_id", "=", self.env.uid) & domain,
            day="date_end",
            groups=(OFFICER,),
            pillar="surveys",
            title=("name",),
            person="user_id",
            hand_over="user_id",
            screen="commune_survey_campaign_action",
            **values,
        )

    @api.model
    def _get_campaign_sources(self):
        silent = Domain("target_ids", "any", [("state", "in", MISSING)])
        return [
            self._get_campaign_source(
                "survey_publish",
                self.env._("Results to publish"),
                Domain("state", "=", "closed"),
                delay=PUBLISH_DAYS,
                button=self.env._("Publish"),
                action="action_publish",
            ),
            self._get_campaign_source(
                "survey",
                self.env._("Surveys without all their answers"),
                Domain("state", "=", "open") & silent,
                waits=OTHERS,
                button=self.env._("Remind"),
                action="action_remind",
                confirm=self.env._("The communes that have not answered receive another letter."),
            ),
        ]

    @api.model
    def _get_survey_call_source(self):
        """Nobody there can be written to: somebody calls the town hall."""
        return Source(
            "survey_call",
            self.env._("Town halls to call for a survey"),
            "commune.survey.target",
            Domain("state", "=", "pending")
            & Domain("campaign_id.state", "=", "open")
            & Domain("campaign_id.user_id", "=", self.env.uid),
            day="create_date",
            delay=CALL_DAYS,
            groups=(OFFICER,),
            pillar="surveys",
            title=("display_name",),
            commune="commune_id",
            action="action_enter_by_phone",
            button=self.env._("Note the answer"),
            screen="commune_survey_target_action",
        )
