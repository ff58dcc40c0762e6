"""What was asked and the choices: they do not change once a commune has answered officially. The
days that communes answer."""

from odoo import api, fields, models
from odoo.exceptions import UserError

QUESTION_WORDS = {"title", "question_type", "survey_id"}
CHOICE_WORDS = {"value", "question_id", "matrix_question_id"}


class SurveyQuestion(models.Model):
    _name = "survey.question"
    _inherit = ["survey.question", "commune.readonly.fields.mixin"]
    _readonly_fields = frozenset()

    def _check_record_state(self, vals):
        if QUESTION_WORDS & set(vals):
            _check_not_answered(self, "question_id")

    def _validate_date(self, answer):
        """A commune that mistypes a year reads it beside its question."""
        errors = super()._validate_date(answer)
        if errors or not self.sudo().survey_id.campaign_ids:
            return errors
        problem = self.env.company._get_day_problem(fields.Date.to_date(answer))
        return {self.id: problem} if problem else errors

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        _check_not_answered(self, "question_id")


class SurveyQuestionAnswer(models.Model):
    _name = "survey.question.answer"
    _inherit = ["survey.question.answer", "commune.readonly.fields.mixin"]
    _readonly_fields = frozenset()

    def _check_record_state(self, vals):
        if CHOICE_WORDS & set(vals):
            self._check_not_chosen()

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
