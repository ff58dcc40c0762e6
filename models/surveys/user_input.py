"""Odoo's survey answers, when given for a commune."""

from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate
from odoo.tools.misc import formatLang

from ...engine.mail.addresses import fold
from ..core.inside import is_inside
from ..core.readonly_fields import TALK

_lt = LazyTranslate(__name__)

# Answers, their author and their questions: frozen once official, or replaced.
FROZEN = {
    "state",
    "survey_id",
    "user_input_line_ids",
    "partner_id",
    "commune_target_id",
    "representative_partner_id",
    "respondent_name",
    "email",
    "nickname",
    "start_datetime",
    "end_datetime",
    "test_entry",
    "predefined_question_ids",
}
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
    _name = "survey.user_input"
    _inherit = ["survey.user_input", "commune.readonly.fields.mixin"]
    # Whose answer it is, and that it counts: written by the page of the commune and the telephone.
    _readonly_reason = _lt("Only the commune makes its answer official.")
    _readonly_fields = frozenset(
        {
            "commune_target_id",
            "is_of_commune",
            "is_official",
            "is_superseded",
            "official_date",
            "validated_by_id",
            "respondent_name",
        }
    )

    commune_target_id = fields.Many2one(
        "commune.survey.target",
        string="Commune asked",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # Of a commune, or of a person at an event. Stored: third-party answers are filtered by it too.
    is_of_commune = fields.Boolean(
        string="Answer of a commune",
        compute="_compute_is_of_commune",
        store=True,
        precompute=True,
    )
    hot_registration_ids = fields.One2many(
        "event.registration",
        "hot_input_id",
        string="Registration, answer at once",
        context={"active_test": False},
        groups="base.group_system",
    )
    cold_registration_ids = fields.One2many(
        "event.registration",
        "cold_input_id",
        string="Registration, answer later",
        context={"active_test": False},
        groups="base.group_system",
    )
    is_official = fields.Boolean(readonly=True, copy=False, string="Official answer")
    is_superseded = fields.Boolean(
        readonly=True, copy=False, string="Replaced", help="Kept as it was before a correction."
    )
    official_date = fields.Datetime(string="Validated on", readonly=True, copy=False)
    validated_by_id = fields.Many2one(
        "res.partner", string="Validated by", readonly=True, copy=False, index="btree_not_null"
    )
    respondent_name = fields.Char(
        string="Said by", readonly=True, help="Who gave the answers on the telephone."
    )
    # Who holds it writes in the answer: readers do not. Fetched alone: access depends on whose.
    access_token = fields.Char(groups="survey.group_survey_user", prefetch=False)
    _official_uniq = models.UniqueIndex(
        "(commune_target_id) WHERE is_official",
        "This commune already has an official answer.",
    )
    _draft_uniq = models.UniqueIndex(
        "(commune_target_id, partner_id)"
        " WHERE is_superseded IS NOT TRUE AND representative_partner_id IS NULL",
        "This person is already preparing the answer of the commune.",
    )
    _official_target_check = models.Constraint(
        "CHECK(is_official IS NOT TRUE OR (commune_target_id IS NOT NULL"
        " AND official_date IS NOT NULL AND validated_by_id IS NOT NULL"
        " AND is_superseded IS NOT TRUE))",
        "An official answer is that of a commune, validated by somebody.",
    )

    def _get_managed_threads(self):
        return super()._get_managed_threads() | self.filtered(lambda one: one.sudo().is_of_commune)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_commune(self):
        if self.filtered("commune_target_id"):
            raise UserError(self.env._("The answers of the communes are kept."))

    def write(self, vals):
        """What is official does not change: it is reopened first."""
        frozen = FROZEN & vals.keys()
        if frozen and self.filtered(lambda answer: answer.is_official or answer.is_superseded):
            raise UserError(self.env._("An official answer does not change: reopen it first."))
        return super().write(vals)

    def _check_record_state(self, vals):
        """:raise UserError: what a commune or one of its persons answers, from the first page on:
        the pages write as superuser"""
        if any(not name.startswith(TALK) for name in vals) and any(
            self.sudo().mapped("is_of_commune")
        ):
            self._raise_user_write()

    def _has_field_access(self, field, operation):
        """The staff reads what a commune or one of its persons answered, never the secret that
        answers in their name; a search would guess it letter after letter."""
        allowed = super()._has_field_access(field, operation)
        if not allowed or self.env.su or field.name != "access_token":
            return allowed
        if not self:
            return operation != "read"
        return not any(answer.is_of_commune for answer in self.sudo())

    @api.depends("commune_target_id", "hot_registration_ids", "cold_registration_ids")
    def _compute_is_of_commune(self):
        for answer in self:
            answer.is_of_commune = bool(
                answer.commune_target_id
                or answer.hot_registration_ids
                or answer.cold_registration_ids
            )

    @api.depends("commune_target_id", "respondent_name", "partner_id", "representative_partner_id")
    def _compute_display_name(self):
        """The answers of a commune by who gave them: they are all to the same survey."""
        managed = self.filtered("commune_target_id")
        for answer in managed:
            answer.display_name = answer._get_author_name()
        return super(SurveyUserInput, self - managed)._compute_display_name()

    def _get_author_name(self):
        """`Luc ARNAUD`, or `Luc ARNAUD, noted by Camille ROUSSEL` for an answer by telephone."""
        self.ensure_one()
        answer = self.sudo()
        name = answer.respondent_name or answer.partner_id.name or ""
        if not answer.representative_partner_id:
            return name
        return self.env._(
            "%(name)s, noted by %(agent)s", name=name, agent=answer.representative_partner_id.name
        )

    def _get_commune_page(self):
        """Where one goes back to from the questionnaire: the page of the commune."""
        self = self.sudo()  # also asked by a link, without an account
        self.ensure_one()
        target, user = self.commune_target_id, self.env.user
        if user._is_internal():
            return f"/odoo/action-commune_relations.commune_survey_target_action/{target.id}"
        if not user._is_public() and target._get_rights(user.partner_id):
            return f"/my/surveys/{target.id}"
        link = target.link_ids.filtered(lambda found: found.partner_id == self.partner_id)
        return link[:1]._get_path() if link else "/my"

    def _is_ready(self):
        """Every page was sent: somebody may validate it."""
        self.ensure_one()
        return self.state == "done"

    def _is_validated_by_sending(self):
        """Whether this is the mayor's own answer: nobody else has to read it again."""
        self.ensure_one()
        target, person = self.commune_target_id, self.partner_id
        if not target or self.representative_partner_id or target.official_id:
            return False
        held = target.campaign_id._get_mandates(target.commune_id)
        own = held.filtered(lambda mandate: mandate.partner_id == person)
        return "mayor" in own.function_id.mapped("code") and "validate" in target._get_rights(
            person
        )

    def _mark_done(self):
        """Count the mayor's own answer at once when it is sent from the survey pages.

        The page of the commune, where the answer is validated, shows what keeps it from counting.
        """
        result = super()._mark_done()
        if is_inside(self.env, "commune_sends"):
            for answer in self.filtered(lambda one: one._is_validated_by_sending()):
                with suppress(UserError), self.env.cr.savepoint():
                    answer.commune_target_id._validate(answer, answer.partner_id)
        return result

    def _take_up(self):
        """Go on with an answer that was sent but is not official, from its first page."""
        for answer in self.filtered(lambda a: a._is_ready() and not a.is_official):
            answer.write(
                {
                    "state": "in_progress",
                    "end_datetime": False,
                    "last_displayed_page_id": False,
                    "survey_first_submitted": False,
                    "predefined_question_ids": [
                        fields.Command.set(
                            answer.survey_id._prepare_user_input_predefined_questions().ids
                        )
                    ],
                }
            )

    def _check_complete(self):
        """Sent to the end, and no mandatory question left empty."""
        self.ensure_one()
        if not self._is_ready():
            raise UserError(
                self.env._("This answer is still being prepared: send its last page first.")
            )
        given = self.user_input_line_ids.filtered(lambda line: not line.skipped).question_id
        asked = self.survey_id.question_ids - self._get_inactive_conditional_questions()
        empty = asked.filtered(lambda q: q.constr_mandatory) - given
        if empty:
            raise UserError(
                self.env._(
                    "The commune must answer: %s",
                    ", ".join(self.env._("“%s”", question.title) for question in empty),
                )
            )

    # Answers copied into a draft: from a colleague, or from the previous campaign.

    def _copy_from(self, source, to_check):
        """:param to_check: mark each answer until its page is sent"""
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
        self.env["survey.user_input.line"].create(values_list)

    def _get_line_answer_values(self, question, answer, answer_type):
        """A page sent is a page checked."""
        values = super()._get_line_answer_values(question, answer, answer_type)
        return {**values, "to_check": False}

    # An answer as it is read: question after question, on the portal, in the office, in a
    # sheet.

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

    to_check = fields.Boolean(
        readonly=True, copy=False, help="Said in the previous campaign, not confirmed yet."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_not_official()
        return lines

    def write(self, vals):
        self._check_not_official()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_official(self):
        self._check_not_official()

    def _check_not_official(self):
        if self.user_input_id.filtered(lambda a: a.is_official or a.is_superseded):
            raise UserError(self.env._("An official answer does not change: reopen it first."))

    # An answer as it is read: question after question, on the portal, in the office, in a
    # sheet.

    def _get_texts(self):
        return [text for line in self if (text := line._get_text())]

    def _get_text(self):
        self.ensure_one()
        if self.skipped:
            return ""
        kind = self.answer_type
        if kind == "suggestion":
            chosen = self.suggested_answer_id.value or ""
            row = self.matrix_row_id.value
            return self.env._("%(row)s: %(answer)s", row=row, answer=chosen) if row else chosen
        if kind == "numerical_box":
            digits = 0 if self.value_numerical_box == int(self.value_numerical_box) else 2
            return formatLang(self.env, self.value_numerical_box, digits=digits)
        if kind == "scale":
            return str(self.value_scale)
        if kind == "date":
            return self.env.company._format_document_date(self.value_date)
        if kind == "datetime":
            return self.env["commune.letter"]._format_datetime(self.value_datetime)
        return self[f"value_{kind}"] or ""


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
        same = choices.filtered(
            lambda c, chosen=line[name]: fold(c.value or "") == fold(chosen.value)
        )
        if not same:
            return None
        values[name] = same[:1].id
    return values
