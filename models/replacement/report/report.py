"""The annual report of the replacement service: figures of a year, frozen, and words on them."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STATES = [("draft", "Draft"), ("frozen", "Figures frozen")]


class CommuneReplacementReport(models.Model):
    """One for each year. As long as it is a draft, its figures are computed live."""

    _name = "commune.replacement.report"
    _inherit = ["commune.staff.thread", "commune.readonly.fields.mixin"]
    _description = "Annual report of the replacement service"
    _order = "year desc"
    _rec_name = "year"
    _readonly_fields = frozenset({"state", "figures", "frozen_date", "frozen_by_id"})
    _values_at_creation = {"state": "draft"}
    _readonly_reason = _lt("The figures of a report are frozen by its button.")

    year = fields.Integer(
        required=True,
        default=lambda self: self.env.company._get_today().year - 1,
        aggregator=None,
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    figures = fields.Json(readonly=True, copy=False)
    frozen_date = fields.Datetime(string="Figures of", readonly=True, copy=False)
    frozen_by_id = fields.Many2one("res.users", string="Frozen by", readonly=True, copy=False)
    foreword = fields.Text(help="What the year was, in a few lines.")
    quality_note = fields.Text(string="Quality and incidents")
    agent_note = fields.Text(string="Agents and training")
    proposal_note = fields.Text(string="Proposals for the next year")
    lesson_note = fields.Text(string="Lessons")
    _year_uniq = models.Constraint("UNIQUE(year)", "There is already a report for this year.")
    _year_check = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2100)", "The year is written in four digits."
    )
    _frozen_check = models.Constraint(
        "CHECK(state = 'draft' OR (figures IS NOT NULL AND frozen_date IS NOT NULL))",
        "A report that is frozen keeps its figures.",
    )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._("Annual report %s", report.year)

    def write(self, vals):
        if "year" in vals and any(report.state == "frozen" for report in self):
            raise UserError(self.env._("The year of a report that is frozen does not change."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if any(report.state == "frozen" for report in self):
            raise UserError(self.env._("A report that is frozen stays. Write the next one."))

    def action_freeze(self):
        """Freeze the figures of today: the report no longer changes.

        :raise UserError: the year is not over
        """
        self.check_access("write")
        for report in self.filtered(lambda one: one.state == "draft"):
            if report.year >= self.env.company._get_today().year:
                raise UserError(
                    self.env._("%s is not over: its figures would still change.", report.year)
                )
            localised = report.with_context(lang=self.env.company._get_organisation_lang())
            report.sudo().write(
                {
                    "figures": localised._work_out(),
                    "frozen_date": fields.Datetime.now(),
                    "frozen_by_id": self.env.uid,
                    "state": "frozen",
                }
            )

    def action_pdf(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.replacement_report_report").report_action(self)

    def action_xlsx(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.replacement_report_xlsx_report").report_action(self)

    def action_open_indicators(self):
        """The figures of the year as they are today, each with its list."""
        self.ensure_one()
        self.check_access("read")
        start, end = self._get_days()
        screens = self.env["commune.replacement.indicators"]
        return screens.create({"date_start": start, "date_end": end})._get_window()

    def _get_days(self):
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def _get_content(self):
        """Frozen figures, else computed live."""
        self.ensure_one()
        return self.figures if self.state == "frozen" else self._work_out()

    def _work_out(self):
        """`rows`: indicators; `tables`: see `_get_breakdowns`; `uses`: the yearly statement."""
        self.ensure_one()
        figures = self.env["commune.replacement.figures"]
        start, end = self._get_days()
        rows = [
            {name: value for name, value in row.items() if name not in ("model", "domain")}
            for row in figures._get_rows(start, end)
            if row["code"] != "agent_occupation"
        ]
        return {
            "rows": rows,
            "tables": figures._get_breakdowns(start, end),
            "uses": self._work_out_uses(),
        }

    def _work_out_uses(self):
        """Forecast and real of each commune: the sums of the statement of CGCT, D5211-16."""
        uses = self.env["commune.replacement.year"].sudo()._get_rows(self.year)
        return [
            {
                "commune": row["commune"].name,
                "forecast": row["forecast"],
                "unit": row["unit_label"],
                "quantity": float(row["quantity"]),
                "unit_price": float(row["unit_price"]),
                "half_days": row["half_days"],
                "total": float(row["total"]),
            }
            for row in uses
        ]
