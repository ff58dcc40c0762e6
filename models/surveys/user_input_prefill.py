"""Answers copied into a draft: those of a colleague, or those of the previous campaign.

A survey is copied from one year to the next: its questions are other records, recognised by
their title and kind, and their choices by their words.
"""

from odoo import models

from ...engine.mail.addresses import fold

VALUES = (
    "answer_type",
    "value_char_box",
    "value_numerical_box",
    "value_scale",
    "value_date",
    "value_datetime",
    "value_text_box",
)


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _copy_from(self, source, to_check):
        """:param to_check: mark each answer until the page where it stands is sent"""
        self.ensure_one()
        if not source:
            return
        questions = _by_words(self.survey_id.question_ids)
        values_list = []
        for line in source.user_input_line_ids.filtered(lambda line: not line.skipped):
            question = questions.get(_words_of(line.question_id))
            values = question and _copy_line(line, question)
            if values:
                values_list.append({**values, "user_input_id": self.id, "to_check": to_check})
        self.env["survey.user_input.line"].sudo().create(values_list)

    def _get_line_answer_values(self, question, answer, answer_type):
        """A page sent is a page checked."""
        values = super()._get_line_answer_values(question, answer, answer_type)
        return {**values, "to_check": False}


def _words_of(question):
    return fold(question.title or ""), question.question_type


def _by_words(questions):
    """The questions of a survey by their words; two with the same words are not recognised."""
    found = {}
    for question in questions:
        found.setdefault(_words_of(question), []).append(question)
    return {words: same[0] for words, same in found.items() if len(same) == 1}


def _copy_line(line, question):
    """Values of the same answer to another question; None when its choice has gone."""
    values = {name: line[name] for name in VALUES}
    values["question_id"] = question.id
    for name, choices in (
        ("suggested_answer_id", question.suggested_answer_ids),
        ("matrix_row_id", question.matrix_row_ids),
    ):
        if not line[name]:
            continue
        same = choices.filtered(lambda c, said=line[name]: fold(c.value or "") == fold(said.value))
        if not same:
            return None
        values[name] = same[:1].id
    return values
