"""The survey of two years ago, with fewer answers than those that followed."""

from datetime import timedelta

FEW = 2  # one commune out of so many did not answer
OPENED, CLOSED, PUBLISHED = 660, 630, 600  # days ago


class PastSurveysDemo:
    def _create_past_survey(self, communes):
        today = self.env.company._get_today()
        Campaign = self.env["commune.survey.campaign"].with_context(
            tracking_disable=True, mail_create_nolog=True
        )
        campaign = Campaign.create(
            {
                "name": f"Les services aux communes en {today.year - 2}",
                "survey_id": self._create_questionnaire().id,
                "commune_ids": communes.ids,
                "user_id": self._get_demo_user("charge-mission").id,
                "date_end": today + timedelta(days=1),
            }
        )
        self._open_quietly(campaign, today - timedelta(days=OPENED))
        for rank, target in enumerate(campaign.target_ids.sorted("commune_name")):
            if rank % FEW:
                self._answer_quietly(target, rank)
        campaign.write(
            {
                "state": "published",
                "date_end": today - timedelta(days=CLOSED),
                "publication": 1,
                "published_date": today - timedelta(days=PUBLISHED),
            }
        )
