"""The screen of the indicators: a period, a table, and the list behind each figure."""

import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..agent.hr_employee import COORDINATOR

# The page of the service where the list of a model opens.
WINDOWS = {
    "commune.replacement.request": "commune_replacement_request_action",
    "commune.replacement.slot": "commune_replacement_slot_action",
    "commune.replacement.mission": "commune_replacement_mission_action",
    "commune.replacement.statement": "commune_replacement_statement_action",
}


class CommuneReplacementIndicators(models.TransientModel):
    _name = "commune.replacement.indicators"
    _description = "Indicators of the replacement service"

    date_start = fields.Date(
        string="From the",
        required=True,
        default=lambda self: self.env.company._get_today().replace(month=1, day=1),
    )
    date_end = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self.env.company._get_today().replace(month=12, day=31),
    )
    before_text = fields.Char(compute="_compute_before_text")
    line_ids = fields.One2many("commune.replacement.indicator", "screen_id", readonly=True)
    _period_check = models.Constraint(
        "CHECK(date_end >= date_start)", "The period ends before it starts."
    )

    @api.depends_context("lang")
    def _compute_display_name(self):
        for screen in self:
            screen.display_name = self.env._("Indicators")

    @api.depends("date_start", "date_end")
    def _compute_before_text(self):
        year, letter = relativedelta(years=1), self.env.company
        for screen in self:
            screen.before_text = letter._format_document_period(
                screen.date_start - year, screen.date_end - year
            )

    @api.model_create_multi
    def create(self, vals_list):
        screens = super().create(vals_list)
        screens._fill()
        return screens

    @api.model
    def _open(self):
        """The figures of this year; the period can be changed there."""
        self.browse().check_access("create")
        return self.create({})._get_window()

    def action_compute(self):
        """The same for the period that was typed."""
        self.ensure_one()
        self.check_access("write")
        self._fill()
        return self._get_window()

    def action_print(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.replacement_indicators_report").report_action(self)

    def _get_window(self):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "commune_relations.commune_replacement_indicators_action"
            ),
            "res_id": self.id,
        }

    def _fill(self):
        for screen in self:
            rows = screen._get_rows()
            screen.line_ids.unlink()
            screen.env["commune.replacement.indicator"].create(
                [screen._prepare_line(rank, row, rows) for rank, row in enumerate(rows)]
            )

    def _get_rows(self):
        """Rows of the period; how much an agent works is for those who keep the files."""
        self.ensure_one()
        rows = self.env["commune.replacement.figures"]._get_rows(self.date_start, self.date_end)
        if self.env.user.has_group(COORDINATOR):
            return rows
        return [row for row in rows if row["code"] != "agent_occupation"]

    def _prepare_line(self, rank, row, rows):
        is_first = not rank or rows[rank - 1]["section"] != row["section"]
        return {
            "screen_id": self.id,
            "sequence": rank,
            "section": row["section_label"] if is_first else "",
            "code": row["code"],
            "key": row["key"],
            "name": row["label"],
            "figure_text": row["text"],
            "before_text": row["before_text"],
            "note": row["note"],
            "definition": row["definition"],
            "record_count": row["count"],
            "res_model": row["model"],
            "domain": json.dumps(row["domain"]),
        }


class CommuneReplacementIndicator(models.TransientModel):
    _name = "commune.replacement.indicator"
    _description = "Indicator of the replacement service"
    _order = "sequence, id"

    screen_id = fields.Many2one(
        "commune.replacement.indicators", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    section = fields.Char(string="Subject", readonly=True)
    code = fields.Char(readonly=True)
    key = fields.Char(readonly=True)
    name = fields.Char(string="Indicator", readonly=True)
    figure_text = fields.Char(string="Figure", readonly=True)
    before_text = fields.Char(string="A year before", readonly=True)
    note = fields.Char(string="To compare with", readonly=True)
    definition = fields.Char(readonly=True)
    record_count = fields.Integer(string="Lines", readonly=True)
    res_model = fields.Char(readonly=True)
    domain = fields.Char(readonly=True)
    has_list = fields.Boolean(compute="_compute_has_list")

    @api.depends("res_model", "record_count")
    def _compute_has_list(self):
        for line in self:
            model = self.env.get(line.res_model) if line.res_model else None
            line.has_list = bool(
                line.record_count and model is not None and model.has_access("read")
            )

    def action_open_list(self):
        """The records behind the figure, under the rights of the user who opens them.

        :raise AccessError: they are not for this person
        """
        self.ensure_one()
        self.check_access("read")
        if not self.has_list:
            raise AccessError(self.env._("The list behind “%s” is not open to you.", self.name))
        window = WINDOWS.get(self.res_model)
        action = (
            self.env["ir.actions.act_window"]._for_xml_id(f"commune_relations.{window}")
            if window
            else {"type": "ir.actions.act_window", "res_model": self.res_model}
        )
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": json.loads(self.domain),
            "context": {},
        }
