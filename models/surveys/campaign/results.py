"""Results of a campaign: read in a few queries, worked out by the engine, shown as tables."""

import re
from decimal import Decimal

from babel.numbers import format_decimal

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse

from ....engine.survey import ALL, WEIGHED_FROM, Place, Question, Reply, tabulate
from ...territory.partner.res_partner import POPULATION_BANDS

CHOICES = ("simple_choice", "multiple_choice")
NUMBERS = {"numerical_box": "value_numerical_box", "scale": "value_scale"}
LINE_FIELDS = (
    "question_id",
    "skipped",
    "answer_type",
    "suggested_answer_id",
    "matrix_row_id",
    "value_char_box",
    "value_text_box",
    "value_date",
    "value_datetime",
)
BANDS = [code for code, *_rest in POPULATION_BANDS]


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    results_html = fields.Html(
        string="Results", compute="_compute_results_html", sanitize=False, compute_sudo=True
    )

    @api.depends("target_ids.state", "minimum_group")
    def _compute_results_html(self):
        self.results_html = False
        for campaign in self.filtered(lambda c: c._origin and c.state != "draft"):
            campaign.results_html = self.env["ir.qweb"]._render(
                "commune_relations.survey_results_tables",
                {"results": campaign._origin._get_results_shown()},
            )

    def action_print_results(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.survey_results_report").report_action(self)

    def action_export(self):
        """One line per commune, then the results."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.survey_answers_xlsx_report").report_action(self)

    def _get_official_answers(self):
        """Official answers with their lines, as superuser: a constant number of queries."""
        self.ensure_one()
        Input = self.env["survey.user_input"].sudo()
        answers = Input.search(
            [("commune_target_id.campaign_id", "=", self.id), ("is_official", "=", True)]
        )
        answers.user_input_line_ids.fetch([*LINE_FIELDS, *NUMBERS.values()])
        return answers

    def _get_results(self):
        """:return: engine.survey.Results of the official answers"""
        self.ensure_one()
        campaign = self.sudo()
        places = [
            Place(c.id, c.population, c.population_band) for c in campaign.target_ids.commune_id
        ]
        replies = [
            Reply(answer.commune_target_id.commune_id.id, _read_values(answer))
            for answer in campaign._get_official_answers()
        ]
        return tabulate(campaign._get_questions(), places, replies, self.minimum_group, BANDS)

    def _get_questions(self):
        """Questions as the engine counts them: each row of a matrix is a question."""
        found = []
        for question in self.survey_id.question_ids:
            kind = question.question_type
            choices = tuple(dict.fromkeys(question.suggested_answer_ids.mapped("value")))
            if kind == "matrix":
                several = question.matrix_subtype == "multiple"
                for row in question.matrix_row_ids:
                    title = self.env._(
                        "%(question)s – %(row)s", question=question.title, row=row.value
                    )
                    key = (question.id, row.id)
                    found.append(Question(key, title, "choice", choices, several))
            elif kind in CHOICES:
                if question.comment_count_as_answer:
                    choices += (_get_other_label(self.env),)
                several = kind == "multiple_choice"
                key = (question.id, 0)
                found.append(Question(key, question.title, "choice", choices, several))
            else:
                counted = {"numerical_box": "number", "scale": "scale"}.get(kind, "other")
                found.append(Question((question.id, 0), question.title, counted))
        return found

    # what is shown: on screen, on the portal, in the PDF, in the workbook

    def _get_results_shown(self):
        """Texts ready for a table.

        :return: dict: `minimum`; `weightless` number of communes that answered and whose population
            is not known; `rates` list of rows; `rates_note`, displayed once; `questions` list of
            dict `title`, `answered`, `hidden`, `columns`, `rows`, `is_text`, `note`, `weight_note`
        """
        results = self._get_results()
        labels = self._get_band_labels()
        questions = [self._show(result, labels) for result in results.questions]
        done = self.sudo().target_ids.filtered(lambda t: t.state == "done")
        return {
            "minimum": self.minimum_group,
            "weightless": len(done.filtered(lambda t: not t.commune_id.population)),
            "rates": [
                [
                    labels[rate.band],
                    str(rate.asked),
                    str(rate.answered),
                    self._percent(rate.share),
                    self._percent(rate.weighted),
                ]
                for rate in results.rates
            ],
            "rates_note": self._get_rates_note(results.rates)
            or next((q["weight_note"] for q in questions if q["weight_note"]), ""),
            "questions": questions,
        }

    def _get_band_labels(self):
        field = self.env["res.partner"]._fields["population_band"]
        labels = {ALL: self.env._("All the communes")}
        for code, label in field._description_selection(self.env):
            # A number is not cut at the end of a line.
            labels[code] = re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", label)
        return labels

    def _show(self, result, labels):
        overall = result.overall
        bands = [group for group in result.groups[1:] if group.answered]
        kind = result.question.kind
        shown = {
            "title": result.question.title,
            "answered": overall.answered,
            "hidden": overall.hidden,
            "is_text": kind == "other",
            "note": "",
            "weight_note": "",
            "columns": [],
            "rows": [],
        }
        if overall.hidden or kind == "other":
            return shown
        bands_heads = [labels[group.band] for group in bands]
        if kind in ("number", "scale"):
            shown["columns"] = [self.env._("All the communes"), *bands_heads]
            shown["rows"] = self._show_numbers([overall, *bands])
        else:
            shown["columns"] = [
                self.env._("Communes"),
                self.env._("Share"),
                self.env._("Weighted by population"),
                *bands_heads,
            ]
            shown["rows"] = self._show_choices(overall, bands)
            groups = [overall, *(group for group in bands if not group.hidden)]
            shown["note"] = self._get_sum_note(result.question, groups)
        # For choices, shares of a band count communes: no weight there.
        weighed = [overall, *bands] if kind in ("number", "scale") else [overall]
        if any(group.unweighted for group in weighed):
            shown["weight_note"] = self._get_weight_note()
        return shown

    def _get_rates_note(self, rates):
        """Why a part of the inhabitants is missing."""
        missing = self.minimum_group > 1 and any(rate.weighted is None for rate in rates)
        return self._get_weight_note() if missing else ""

    def _get_weight_note(self):
        """Why weighted figures are missing."""
        return self.env._(
            "Not weighted by population for fewer than %s communes, where one of them has over half"
            " of the inhabitants, or where the rest could be worked out: an answer would be read"
            " there.",
            WEIGHED_FROM,
        )

    def _get_sum_note(self, question, groups):
        """Why the shares of a column are not 100 together, when they are not."""
        if question.several:
            return self.env._("Several choices were possible: the shares may exceed 100% together.")
        columns = [[figure.share for figure in group.figures] for group in groups]
        columns.append([figure.weighted or 0 for figure in groups[0].figures])
        if all(sum(map(_round_percent, column)) in (0, 100) for column in columns):
            return ""
        return self.env._(
            "Each share is rounded to the nearest whole: together they may be a little under or"
            " over 100%."
        )

    def _show_choices(self, overall, bands):
        few = self.env._("Too few answers")
        rows = []
        for index, figure in enumerate(overall.figures):
            cells = [str(figure.count), self._percent(figure.share), self._percent(figure.weighted)]
            cells += [
                few if group.hidden else self._percent(group.figures[index].share)
                for group in bands
            ]
            rows.append([figure.label, cells])
        return rows

    def _show_numbers(self, groups):
        few = self.env._("Too few answers")

        def row(label, name, digits):
            values = [few if g.hidden else self._number(getattr(g, name), digits) for g in groups]
            return [label, values]

        rows = [
            row(self.env._("Mean of the communes"), "mean", "0.00"),
            row(self.env._("Mean weighted by population"), "weighted_mean", "0.00"),
        ]
        if groups[0].total is not None:
            rows.append(row(self.env._("Total"), "total", "0.##"))
        return rows

    def _percent(self, fraction):
        """A whole percent, a half rounded up; finer figures could identify who gave an answer."""
        if fraction is None:
            return "–"
        return f"{_round_percent(fraction)}\N{NO-BREAK SPACE}%"

    def _number(self, value, digits):
        if value is None:
            return "–"
        numerator, denominator = value.as_integer_ratio()
        number = Decimal(numerator) / Decimal(denominator)
        return format_decimal(
            number, format=f"#,##{digits}", locale=babel_locale_parse(self.env.lang or "fr_FR")
        )


def _round_percent(fraction):
    return (fraction * 200 + 1) // 2


def _get_other_label(env):
    """The choice of those who wrote an answer of their own, where the question counts it."""
    return env._("Another answer, in their words")


def _read_values(answer):
    """key of the question -> value, as the engine reads it."""
    values = {}
    for line in answer.user_input_line_ids:
        if line.skipped:
            continue
        question = line.question_id
        key = (question.id, line.matrix_row_id.id or 0)
        if line.answer_type == "suggestion":
            values[key] = (*values.get(key, ()), line.suggested_answer_id.value)
        elif question.question_type in CHOICES and question.comment_count_as_answer:
            values[key] = (*values.get(key, ()), _get_other_label(answer.env))
        elif question.question_type in NUMBERS:
            values[key] = Decimal(str(line[NUMBERS[question.question_type]]))
        elif question.question_type not in (*CHOICES, "matrix"):
            values[key] = True
    return values
