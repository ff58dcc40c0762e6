"""Printed results of a survey."""

from odoo import api, models


class SurveyResultsDocument(models.AbstractModel):
    _name = "report.commune_relations.survey_results"
    _description = "Results of a survey (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        campaign = self.env["commune.survey.campaign"].browse(docids)[:1]
        campaign.check_access("read")
        return {
            "docs": campaign,
            "title": self.env._("Results of the survey – %(name)s", name=campaign.name),
            "heading": campaign.name,
            "kind": self.env._("Results of the survey"),
            "subtitle": self.env._(
                "%(done)s official answers of %(asked)s communes",
                done=campaign.done_count,
                asked=campaign.target_count,
            ),
            "campaign": campaign,
            "results": campaign._get_results_shown(),
            "actions": campaign.action_ids,
        }
