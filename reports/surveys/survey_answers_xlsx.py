"""Answers of a survey as a workbook: a line per commune, then the results."""

from odoo import api, models

from ...engine.sheets import Column, Sheet
from ...models.core.collation import collate_place
from ...models.core.workbook import make_workbook


class SurveyAnswersXlsx(models.AbstractModel):
    _name = "report.commune_relations.survey_answers_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Answers of a survey (XLSX)"

    def create_xlsx_report(self, docids, data):
        campaign = self.env["commune.survey.campaign"].browse(docids)
        campaign.ensure_one()
        campaign.check_access("read")
        sheets = [self._get_answers_sheet(campaign), self._get_results_sheet(campaign)]
        self.env["commune.export.log"]._log(
            self.env._("Answers of a survey"), campaign.name, campaign.done_count
        )
        return make_workbook(self.env, campaign.name, sheets), "xlsx"

    @api.model
    def _get_answers_sheet(self, campaign):
        """Every commune asked has its line, those that are silent too."""
        questions = campaign.sudo().survey_id.question_ids
        columns = [
            Column(self.env._("INSEE code"), width=9),
            Column(self.env._("Commune"), width=26),
            Column(self.env._("Population"), "integer", 11),
            Column(self.env._("Size of the commune"), width=16),
            Column(self.env._("Sector"), width=16),
            Column(self.env._("Answer"), width=16),
            Column(self.env._("Prepared by"), width=22),
            Column(self.env._("Validated by"), width=22),
            Column(self.env._("Validated on"), "date", 12),
            *(Column(question.title, *self._get_kind(question)) for question in questions),
        ]
        official = campaign._get_official_answers()
        # The names of all of them in one read, before they are written commune by commune.
        persons = official.partner_id | official.validated_by_id
        (persons | official.representative_partner_id).fetch(["name"])
        answers = {a.commune_target_id: a for a in official}
        targets = campaign.sudo().target_ids.sorted(lambda t: (collate_place(t.commune_name), t.id))
        rows = [self._get_row(target, answers.get(target), questions) for target in targets]
        return Sheet(
            self.env._("Answers"),
            columns,
            rows,
            notice=self.env._("Answers by name: for the department only, not to be published."),
            total_label=self.env._("Total"),
        )

    @api.model
    def _get_kind(self, question):
        """(kind, width) of the column of a question."""
        if question.question_type in ("numerical_box", "scale"):
            return "amount" if question.question_type == "numerical_box" else "integer", 14
        return "text", 34

    @api.model
    def _get_row(self, target, answer, questions):
        labels = {
            name: dict(target._fields[name]._description_selection(self.env))
            for name in ("state", "population_band")
        }
        commune = target.commune_id
        row = [
            commune.insee_code,
            commune.name,
            commune.population,
            labels["population_band"].get(target.population_band, ""),
            target.sector_id.name or "",
            labels["state"][target.state],
            answer._get_author_name() if answer else "",
            answer.validated_by_id.name if answer else "",
            campaign_day(answer) if answer else None,
        ]
        lines = answer.user_input_line_ids.grouped("question_id") if answer else {}
        for question in questions:
            row.append(self._get_cell(question, lines.get(question)))
        return row

    @api.model
    def _get_cell(self, question, lines):
        given = lines and lines.filtered(lambda line: not line.skipped)
        if not given:
            return None
        if question.question_type == "numerical_box":
            return given[0].value_numerical_box
        if question.question_type == "scale":
            return given[0].value_scale
        french = (self.env.lang or "").startswith("fr")
        return ("\N{NO-BREAK SPACE}; " if french else "; ").join(given._get_texts())

    @api.model
    def _get_results_sheet(self, campaign):
        """A line per question, choice and group of communes: figures that can be sorted."""
        percent = ("percent", 12)
        columns = [
            Column(self.env._("Question"), width=40),
            Column(self.env._("Answer"), width=28),
            Column(self.env._("Communes"), width=20),
            Column(self.env._("Communes that answered"), "integer", 14),
            Column(self.env._("Chosen by"), "integer", 12),
            Column(self.env._("Share"), *percent),
            Column(self.env._("Weighted by population"), *percent),
            Column(self.env._("Mean"), "amount", 12),
            Column(self.env._("Weighted mean"), "amount", 12),
            Column(self.env._("Total"), "amount", 12),
            Column(self.env._("Remark"), width=20),
        ]
        results = campaign._get_results()
        labels = campaign._get_band_labels()
        rows = [
            [
                self.env._("Response rate"),
                "",
                labels[rate.band],
                rate.answered,
                None,
                _percent(rate.share),
                _percent(rate.weighted),
                *[None] * 3,
                self.env._("Communes asked: %s", rate.asked),
            ]
            for rate in results.rates
        ]
        for result in results.questions:
            for group in result.groups:
                rows += self._get_group_rows(result.question, group, labels[group.band])
        return Sheet(
            self.env._("Results"),
            columns,
            rows,
            notice=self.env._(
                "Results of fewer than %s communes are not shown, nor those that would give them"
                " away.",
                campaign.minimum_group,
            ),
        )

    @api.model
    def _get_group_rows(self, question, group, label):
        head = [label, group.answered]
        if group.hidden:
            few = self.env._("Too few answers")
            return [[question.title, "", *head, *[None] * 6, few]] if group.answered else []
        remark = self.env._("Not weighted: an answer would be read") if group.unweighted else None
        if question.kind == "choice":
            return [
                [
                    question.title,
                    figure.label,
                    *head,
                    figure.count,
                    _percent(figure.share),
                    _percent(figure.weighted),
                    *[None] * 3,
                    remark,
                ]
                for figure in group.figures
            ]
        numbers = [
            None if value is None else round(float(value), 2)
            for value in (group.mean, group.weighted_mean, group.total)
        ]
        return [[question.title, "", *head, None, None, None, *numbers, remark]]


def _percent(fraction):
    """Whole percents, as on the screen: finer ones could identify who gave an answer."""
    return None if fraction is None else ((fraction * 200 + 1) // 2) / 100


def campaign_day(answer):
    """The day on which an answer was validated, where the users live."""
    return answer.env.company._get_organisation_date(answer.official_date)
