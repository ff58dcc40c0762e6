"""A questionnaire of Odoo, when communes are asked with it."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    campaign_ids = fields.One2many("commune.survey.campaign", "survey_id", string="Campaigns")

    def _prepare_for_campaign(self):
        """By invitation only, page after page (each page is kept as soon as it is sent), and with
        the way back: several persons come and go before an answer is right."""
        self.ensure_one()
        layout = self.questions_layout
        if layout == "one_page":
            layout = "page_per_section" if self.page_ids else "page_per_question"
        if layout == "page_per_section" and self.question_ids.filtered(lambda q: not q.page_id):
            layout = "page_per_question"
        self.write(
            {
                "access_mode": "token",
                "users_login_required": False,
                "users_can_go_back": True,
                "is_attempts_limited": False,
                "is_time_limited": False,
                "questions_selection": "all",
                "questions_layout": layout,
                "scoring_type": "no_scoring",
                "allow_partner_representing": True,
            }
        )
        if not self.question_ids:
            raise UserError(self.env._("“%s” has no question yet.", self.title))

    def _is_asked_by_organisation(self):
        return bool(self.sudo().campaign_ids) or super()._is_asked_by_organisation()

    def action_start_session(self):
        self._check_asked_by_organisation("write")
        return super().action_start_session()

    def action_end_session(self):
        self._check_asked_by_organisation("write")
        return super().action_end_session()

    def _check_asked_by_organisation(self, operation):
        """:raise AccessError: Odoo would do, as superuser, what the rules on our surveys refuse"""
        asked = self.filtered(lambda survey: survey._is_asked_by_organisation())
        asked.check_access(operation)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        """The answers of communes and of their persons would go with it."""
        answers = self.env["survey.user_input"].sudo()
        asked = [("survey_id", "in", self.ids), ("is_of_commune", "=", True)]
        if answer := answers.search(asked, limit=1):
            raise UserError(
                self.env._(
                    "“%s” has been answered: archive it, its answers are kept.",
                    answer.survey_id.title,
                )
            )

    def write(self, vals):
        """Refuse to archive a questionnaire in use: communes would read that it is closed."""
        if "active" in vals and not vals["active"]:
            asked = self.sudo().campaign_ids.filtered(lambda c: c.state == "open")
            if asked:
                raise UserError(
                    self.env._("Communes are answering “%s”: close it first.", asked[0].name)
                )
        return super().write(vals)
