"""What the persons of a commune see of the surveys on the portal."""

from odoo import models
from odoo.fields import Domain

NEWS_DAYS = 30  # results stay on the first page of the portal for a month
TO_ANSWER = [
    ("campaign_id.state", "=", "open"),
    ("campaign_id.date_end", ">=", "today"),
    ("state", "not in", ("done", "refused")),
]


class CommuneSurveyTarget(models.Model):
    _inherit = "commune.survey.target"

    def _get_portal_values(self, person):
        """Values of the page of a commune in a survey.

        :param person: who looks: a person, or the town hall for its link
        """
        self.ensure_one()
        target = self.sudo()
        if person != target.commune_id:
            target.commune_id._check_portal_role(person, "limited")
        campaign = target.campaign_id
        answers = target._get_answers()
        rights = target._get_rights(person)
        official = target.official_id
        own = target._get_own_draft(person)
        is_open = campaign._is_open()
        return {
            "target": target,
            "campaign": campaign,
            "commune": target.commune_id,
            "person": person,
            "answers": answers - official,
            "own": own,
            "official": official,
            "official_day": self._format_datetime(official.official_date),
            "others": answers.filtered(lambda a: a != own and a.user_input_line_ids),
            "is_open": is_open,
            "can_prepare": is_open and not official and "prepare" in rights,
            "can_validate": is_open and not official and "validate" in rights,
            "can_reopen": is_open
            and bool(official)
            and official.validated_by_id == person
            and "validate" in rights,
            "results": campaign.state == "published" and campaign._get_results_shown(),
            "actions": campaign._get_portal_actions(target.commune_id),
        }

    def _format_datetime(self, moment):
        if not moment:
            return ""
        return self.env["commune.letter"]._format_date(
            self.env.company._get_organisation_date(moment)
        )


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    def _get_portal_actions(self, commune):
        """“You said, we did” actions, once the results are published."""
        self.ensure_one()
        if self.state != "published":
            return self.env["commune.survey.action"]
        return self.action_ids.filtered(lambda a: not a.commune_ids or commune in a.commune_ids)


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _search_targets(self, place, person, domain):
        """The commune in campaigns, as superuser, for a person whom a mandate opens it."""
        place.ensure_one()
        targets = self.env["commune.survey.target"].sudo()
        if not place._get_portal_mandates(person):
            return targets
        return targets.search_fetch(
            Domain("commune_id", "=", place.id) & Domain(domain), ["campaign_id", "state"]
        )

    def _get_survey_targets(self, place, person):
        """The commune in the campaigns that were opened, the latest first."""
        return self._search_targets(place, person, [("campaign_id.state", "!=", "draft")])

    def _get_surveys_published(self, place, person):
        """Surveys whose results were published lately."""
        return self._search_targets(
            place,
            person,
            [
                ("campaign_id.state", "=", "published"),
                ("campaign_id.published_date", ">=", f"today -{NEWS_DAYS}d"),
            ],
        )

    def _get_surveys_to_answer(self, place, person):
        """Open surveys whose answer of this commune is still waited for."""
        return self._search_targets(place, person, TO_ANSWER)
