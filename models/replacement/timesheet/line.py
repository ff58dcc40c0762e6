"""A half-day of a time sheet: when, how far, for what; decided line by line by the commune."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import LazyTranslate

from ....engine.text import CENT, round_cent
from ...core.inside import is_inside
from ..week_grid import EVENING, PERIODS

_lt = LazyTranslate(__name__)

LINE_STATES = [
    ("entered", "To validate"),
    ("validated", "Validated by the commune"),
    ("contested", "Contested"),
    ("dropped", "Not billed"),
]
FIGURES = ("date", "half_day", "hour_start", "hour_end", "km", "task")


class CommuneReplacementTimesheetLine(models.Model):
    _name = "commune.replacement.timesheet.line"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Half-day of hours"
    _readonly_reason = _lt("The steps of a week are changed by its buttons only.")
    _readonly_fields = frozenset(
        {"state", "is_checked", "is_planned", "contest_reason", "agent_note", "sheet_id"}
        | {"has_known_overlap"}
    )
    _values_at_creation = {"sheet_id": None}
    _order = "date, half_day, id"
    _rec_name = "date"

    sheet_id = fields.Many2one(
        "commune.replacement.timesheet",
        string="Week",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    mission_id = fields.Many2one(related="sheet_id.mission_id", store=True, index=True)
    commune_id = fields.Many2one(
        related="sheet_id.commune_id", string="Commune", store=True, index=True
    )
    employee_id = fields.Many2one(related="sheet_id.employee_id", string="Agent", store=True)
    date = fields.Date(required=True, index=True)
    half_day = fields.Selection(PERIODS, required=True)
    is_planned = fields.Boolean(string="In the mission", readonly=True)
    hour_start = fields.Float(string="Start", required=True)
    hour_end = fields.Float(string="End", required=True)
    hours = fields.Float(
        compute="_compute_hours",
        store=True,
        digits=(6, 2),
        help="End less start, to the hundredth of an hour, half upwards.",
    )
    km = fields.Float(string="Kilometres", digits=(8, 1))
    task = fields.Char(string="What was done")
    state = fields.Selection(
        LINE_STATES, required=True, default="entered", readonly=True, index=True
    )
    is_checked = fields.Boolean(
        string="Checked", readonly=True, help="Checked by the service, as the commune validated it."
    )
    contest_reason = fields.Char(string="Objection of the commune", readonly=True)
    agent_note = fields.Char(string="Answer of the agent", readonly=True)
    answer_note = fields.Char(string="Answer of the service")
    statement_line_ids = fields.One2many(
        "commune.replacement.statement.line", "timesheet_line_id", groups="base.group_user"
    )
    is_billed = fields.Boolean(
        string="In a statement", compute="_compute_billed", compute_sudo=True
    )
    is_issued = fields.Boolean(
        string="In a statement issued", compute="_compute_billed", compute_sudo=True
    )
    _half_day_uniq = models.Constraint(
        "UNIQUE(sheet_id, date, half_day)", "This half-day is already in the week."
    )
    _times_check = models.Constraint(
        "CHECK(hour_start >= 0 AND hour_end <= 24 AND hour_end > hour_start)",
        "A half-day ends after it starts, on the same day.",
    )
    _km_check = models.Constraint(
        "CHECK(km >= 0 AND km <= 1000)", "Kilometres are between 0 and 1,000."
    )

    @api.depends("hour_start", "hour_end")
    def _compute_hours(self):
        for line in self:
            minutes = round(line.hour_end * 60) - round(line.hour_start * 60)
            line.hours = float(round_cent(Decimal(max(minutes, 0)) / 60))

    @api.depends("statement_line_ids.is_live", "statement_line_ids.statement_id.state")
    def _compute_billed(self):
        for line in self:
            live = line.statement_line_ids.filtered("is_live")
            line.is_billed = bool(live)
            line.is_issued = live.statement_id.state in ("issued", "paid") if live else False

    @api.constrains("date", "hour_start", "hour_end", "half_day")
    def _check_day(self):
        """Within the week, and the morning ends before the afternoon starts."""
        if self._is_judged_later():
            return
        for sheet in self.sheet_id:
            days = {}
            for line in sheet.line_ids.sorted(lambda each: (each.date, each.half_day)):
                if not sheet.week_start <= line.date <= sheet.week_end:
                    raise ValidationError(
                        self.env._("%s is not in this week.", line._format_half_day())
                    )
                if line.date in days and line.hour_start < days[line.date] - 1 / 120:
                    day = self.env["commune.letter"]._format_date(line.date)
                    raise ValidationError(
                        self.env._("%s: the evening starts before the afternoon ends.", day)
                        if line.half_day == EVENING
                        else self.env._("%s: the afternoon starts before the morning ends.", day)
                    )
                days[line.date] = line.hour_end

    def _is_judged_later(self):
        """Whether a whole week is being written, and judged once at its end."""
        return is_inside(self.env, "hours_judged_later")

    @api.model_create_multi
    def create(self, vals_list):
        self._defer_overlap()
        lines = super().create(vals_list)
        lines._check_not_cancelled()
        # Nobody writes in the history of a week by hand.
        late = lines.sudo().filtered(lambda line: line.sheet_id.state != "draft")
        for line in late:
            line.sheet_id._log("added", line, after=line._describe_figures())
        late.sheet_id._back_to_commune()
        if not self._is_judged_later():
            lines._check_extended({})
        return lines

    def write(self, vals):
        changed = self.browse()
        if set(FIGURES) & set(vals):
            changed = self.filtered(lambda line: line._is_changed(vals))
            changed._check_not_billed()
        before = {line: line._describe_figures() for line in changed}
        # What was left out counts again once it is corrected, however short.
        stretches = changed.filtered(lambda line: line.state != "dropped")._get_stretches()
        if changed:
            self._defer_overlap()
        # What is the same to the hundredth stays as it was signed: drops make an hour.
        same = {name: value for name, value in vals.items() if name not in FIGURES}
        if same and self - changed:
            super(CommuneReplacementTimesheetLine, self - changed).write(same)
        if changed:
            super(CommuneReplacementTimesheetLine, changed).write(vals)
            changed._check_not_cancelled()
        changed._trace(before)
        if changed and not self._is_judged_later():
            changed._check_extended(stretches)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(line.sheet_id.state != "draft" for line in self):
            raise UserError(self.env._("Hours that were sent are never deleted: correct them."))

    def _is_changed(self, vals):
        def differs(name):
            new = self._fields[name].convert_to_cache(vals[name], self)
            if isinstance(new, float):
                return abs(new - self[name]) >= float(CENT) / 10
            return (new or False) != (self[name] or False)

        return any(differs(name) for name in FIGURES if name in vals)

    def _check_not_billed(self):
        for line in self:
            if line.is_billed:
                raise UserError(
                    self.env._(
                        "%s is in a statement: cancel the statement first, then correct the hours.",
                        line._format_half_day(),
                    )
                )

    def _trace(self, before):
        """A correction after the sending is written down, and the commune decides again."""
        # Nobody writes in the history of a week by hand.
        late = self.sudo().filtered(lambda line: line.sheet_id.state != "draft")
        if not late:
            return
        for line in late:
            line.sheet_id._log(
                "corrected", line, before=before[line], after=line._describe_figures()
            )
        late.write({"state": "entered", "is_checked": False})
        late.sheet_id._back_to_commune()

    def _answer(self, words):
        """The agent answers what the commune contests; it decides again, corrected or not.

        :param words: why the hours are right; empty when they were corrected
        """
        self.ensure_one()
        self.agent_note = words
        if not words:
            return
        self.sheet_id._log("answered", self, note=words)
        self.state = "entered"
        self.sheet_id._back_to_commune()

    def action_drop(self):
        """The commune was right: the line is not billed, and stays as a trace."""
        self.check_access("write")
        lines = self.sudo()
        for line in lines:
            if line.state != "contested":
                raise UserError(self.env._("Only a line that is contested can be left out."))
            line.state = "dropped"
            line.sheet_id._log("dropped", line, note=line.answer_note)
        lines.sheet_id._settle()

    # words

    def _format_half_day(self):
        self.ensure_one()
        values = {"date": self.date, "half_day": self.half_day}
        return self.env["commune.replacement.slot"].new(values)._format_slot()

    def _format_times(self):
        """`8 h 30 – 12 h`."""
        letter = self.env["commune.letter"]
        return f"{letter._format_hour(self.hour_start)} – {letter._format_hour(self.hour_end)}"

    def _format_hours(self):
        """`3 h 30`: format of totals and of contested hours."""
        return self.env["commune.letter"]._format_duration(self.hours)

    def _describe_times(self):
        """`8 h 30 – 12 h, 20 km`."""
        parts = [self._format_times()]
        if self.km:
            parts.append(self.env._("%s km", f"{self.km:g}"))
        return ", ".join(parts)

    def _describe_sum(self):
        """`7 heures et 48 km`: what these half-days add up to."""
        hours = self.env["commune.letter"]._format_duration(sum(self.mapped("hours")))
        km = sum(self.mapped("km"))
        if not km:
            return hours
        return self.env._("%(hours)s and %(km)s km", hours=hours, km=f"{km:g}")

    def _describe_figures(self):
        """What a trace keeps of a line."""
        self.ensure_one()
        parts = [self._format_half_day(), self._describe_times()]
        return ", ".join([*parts, *filter(None, [self.task])])

    def _describe_former(self):
        """Hours on which the commune decided, when it has to decide on others; else empty."""
        self.ensure_one()
        if self.state != "entered":
            return ""
        logs = self.sudo().sheet_id.log_ids.sorted("id")
        signed = logs.filtered(lambda log: log.action == "validated")[-1:]
        since = logs.filtered(
            lambda log: log.id > signed.id and log.line_id == self and log.action == "corrected"
        )
        former = since[:1].before if signed else ""
        return former if former and former != self._describe_figures() else ""
