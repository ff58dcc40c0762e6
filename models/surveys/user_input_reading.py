"""An answer as it is read: question after question, on the portal, in the office, in a sheet."""

from odoo import models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import formatLang


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def action_print_answers(self):
        """The staff reads what a commune answered without the secret that answers for it."""
        self.ensure_one()
        if not self.commune_target_id:
            return super().action_print_answers()
        url = f"/commune-survey-answer/{self.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _get_reading(self):
        """:return: list of dict: `title`, `lines` (texts; empty when not answered), `to_check`"""
        self.ensure_one()
        by_question = self.user_input_line_ids.grouped("question_id")
        hidden = self._get_inactive_conditional_questions()
        empty = self.env["survey.user_input.line"]
        return [
            {
                "title": question.title,
                "section": question.page_id.title or "",
                "lines": by_question.get(question, empty)._get_texts(),
                "to_check": any(by_question.get(question, empty).mapped("to_check")),
            }
            for question in self.survey_id.question_ids - hidden
        ]


class SurveyUserInputLine(models.Model):
    _inherit = "survey.user_input.line"

    def _get_texts(self):
        return [text for line in self if (text := line._get_text())]

    def _get_text(self):
        self.ensure_one()
        if self.skipped:
            return ""
        kind = self.answer_type
        if kind == "suggestion":
            said = self.suggested_answer_id.value or ""
            row = self.matrix_row_id.value
            return self.env._("%(row)s: %(answer)s", row=row, answer=said) if row else said
        if kind == "numerical_box":
            digits = 0 if self.value_numerical_box == int(self.value_numerical_box) else 2
            return formatLang(self.env, self.value_numerical_box, digits=digits)
        if kind == "scale":
            return str(self.value_scale)
        if kind == "date":
            return format_date(self.env, self.value_date)
        if kind == "datetime":
            return format_datetime(self.env, self.value_datetime, dt_format="short")
        return self[f"value_{kind}"] or ""
