"""What nobody writes by hand in a survey: steps, refusals, and what was asked and answered.

The forms show these fields as read only; an interface of programs would write them all the same.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

CAMPAIGN_STEPS = {"state", "date_open", "published_date", "publication", "told_date"}
# Whose answer it is, and that it counts: written by the page of the commune and the telephone.
ANSWER_MARKS = {
    "commune_target_id",
    "is_official",
    "is_superseded",
    "official_date",
    "validated_by_id",
    "told_by",
}
QUESTION_WORDS = {"title", "question_type", "survey_id"}
CHOICE_WORDS = {"value", "question_id", "matrix_question_id"}


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                dated = vals.get("date_open") or vals.get("published_date")
                if dated or vals.get("state", "draft") != "draft":
                    self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if CAMPAIGN_STEPS & set(vals):
                self._refuse_by_hand()
            if "minimum_group" in vals:
                self._check_minimum_group(vals["minimum_group"])
            if "survey_id" in vals and self.filtered(lambda c: c.state != "draft"):
                raise UserError(
                    self.env._("The communes were asked: the questionnaire does not change.")
                )
        return super().write(vals)

    def _check_minimum_group(self, count):
        """What was promised to the communes that answered is not lowered afterwards."""
        if self.filtered(lambda c: c.state != "draft" and (count or 0) < c.minimum_group):
            raise UserError(
                self.env._(
                    "The communes were asked: the smallest group that is shown is not lowered."
                )
            )

    def _refuse_by_hand(self):
        raise UserError(self.env._("The steps of a campaign follow from its buttons."))


class CommuneSurveyTarget(models.Model):
    _name = "commune.survey.target"
    _inherit = ["commune.survey.target", "commune.proof"]

    def write(self, vals):
        """The staff writes messages about a commune, not its answer or its refusal."""
        if not self.env.su and any(not name.startswith("message_") for name in vals):
            raise UserError(self.env._("The answer of a commune is not written by hand."))
        return super().write(vals)


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    # Who holds it writes in the answer: readers do not. Fetched alone: access depends on whose.
    access_token = fields.Char(groups="survey.group_survey_user", prefetch=False)

    def _has_field_access(self, field, operation):
        """The staff reads what a commune or one of its persons answered, never the secret that
        answers in their name; a search would guess it letter after letter."""
        allowed = super()._has_field_access(field, operation)
        if not allowed or self.env.su or field.name != "access_token":
            return allowed
        return not self._are_of_communes() if self else operation != "read"

    def _are_of_communes(self):
        """Whether one of these answers is that of a commune, or of a person at an event."""
        answers = self.sudo()
        if answers.commune_target_id:
            return True
        inputs = Domain("hot_input_id", "in", self.ids) | Domain("cold_input_id", "in", self.ids)
        return bool(answers.env["event.registration"].search_count(inputs, limit=1))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get(n) for vals in vals_list for n in ANSWER_MARKS):
            raise UserError(self.env._("Only the commune makes its answer official."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and ANSWER_MARKS & set(vals):
            raise UserError(self.env._("Only the commune makes its answer official."))
        return super().write(vals)


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    def write(self, vals):
        """A questionnaire that is put away would answer the communes that it is closed."""
        if "active" in vals and not vals["active"]:
            asked = self.sudo().campaign_ids.filtered(lambda c: c.state == "open")
            if asked:
                raise UserError(
                    self.env._("Communes are answering “%s”: close it first.", asked[0].name)
                )
        return super().write(vals)


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    def write(self, vals):
        if not self.env.su and QUESTION_WORDS & set(vals):
            _check_not_answered(self, "question_id")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        _check_not_answered(self, "question_id")


class SurveyQuestionAnswer(models.Model):
    _inherit = "survey.question.answer"

    def write(self, vals):
        if not self.env.su and CHOICE_WORDS & set(vals):
            self._check_not_chosen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_chosen(self):
        self._check_not_chosen()

    def _check_not_chosen(self):
        _check_not_answered(self, "suggested_answer_id")
        _check_not_answered(self, "matrix_row_id")


def _check_not_answered(records, name):
    """:param name: field of the lines of an answer that leads to these records"""
    kept = [
        (name, "in", records.ids),
        "|",
        ("user_input_id.is_official", "=", True),
        ("user_input_id.is_superseded", "=", True),
    ]
    if records.env["survey.user_input.line"].sudo().search_count(kept, limit=1):
        raise UserError(
            records.env._(
                "A commune has answered this officially: the question and its choices do not"
                " change any more."
            )
        )
