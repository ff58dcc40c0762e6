"""Time sheets: a week of a mission, written by the agent, signed by the commune."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...core.row_lock import lock_rows

_lt = LazyTranslate(__name__)

STATES = [
    ("draft", "Being written"),
    ("submitted", "To be validated by the commune"),
    ("contested", "Contested"),
    ("validated", "Validated by the commune"),
    ("checked", "Checked"),
    ("billed", "Billed"),
]


class CommuneReplacementTimesheet(models.Model):
    _name = "commune.replacement.timesheet"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.letter",
        "commune.letter.document.mixin",
        "commune.readonly.fields.mixin",
        "commune.proof",
    ]
    _description = "Week of hours of a mission"
    _order = "week_start desc, id desc"
    _readonly_reason = _lt("The steps of a week are changed by its buttons only.")
    _values_at_creation = {"mission_id": None, "week_start": None}
    _readonly_fields = frozenset(
        {
            "state",
            "mission_id",
            "week_start",
            "submitted_date",
            "entered_until",
            "checked_date",
            "checked_by_id",
            "sign_name",
            "sign_title",
            "sign_date",
            "sign_partner_id",
            "sign_hash",
        }
    )

    mission_id = fields.Many2one(
        "commune.replacement.mission",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    commune_id = fields.Many2one(
        related="mission_id.commune_id", string="Commune", store=True, index=True
    )
    employee_id = fields.Many2one(
        related="mission_id.employee_id", string="Agent", store=True, index=True
    )
    week_start = fields.Date(string="Week from", required=True, readonly=True, index=True)
    week_end = fields.Date(string="Week until", compute="_compute_week_end", store=True)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, tracking=True, index=True
    )
    line_ids = fields.One2many("commune.replacement.timesheet.line", "sheet_id", string="Hours")
    log_ids = fields.One2many("commune.replacement.timesheet.log", "sheet_id", string="Trace")
    hour_total = fields.Float(
        string="Total hours", compute="_compute_totals", store=True, digits=(8, 2), aggregator="sum"
    )
    km_total = fields.Float(string="Kilometres", compute="_compute_totals", store=True)
    half_day_total = fields.Integer(string="Half-days", compute="_compute_totals", store=True)
    contested_count = fields.Integer(
        string="Lines contested", compute="_compute_totals", store=True
    )
    has_to_check = fields.Boolean(
        compute="_compute_has_to_check",
        compute_sudo=True,
        help="Half-days that the commune validated wait for the service.",
    )
    submitted_date = fields.Datetime(string="Sent by the agent on", readonly=True, copy=False)
    checked_date = fields.Datetime(string="Checked on", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", string="Checked by", readonly=True, copy=False)

    entered_until = fields.Date(
        string="Entered until",
        readonly=True,
        copy=False,
        help="Day on which the agent last saved the week; empty for a week of before.",
    )

    # signature of the commune
    sign_name = fields.Char(string="Signed by", readonly=True, copy=False)
    sign_title = fields.Char(string="As", readonly=True, copy=False)
    sign_date = fields.Datetime(string="Signed on", readonly=True, copy=False)
    sign_partner_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        index="btree_not_null",
    )
    sign_hash = fields.Char(
        string="Fingerprint",
        readonly=True,
        copy=False,
        help="SHA-256 of the lines as they were signed.",
    )
    _week_uniq = models.Constraint(
        "UNIQUE(mission_id, week_start)", "The hours of this mission and week already exist."
    )
    _monday_check = models.Constraint(
        "CHECK(extract(isodow from week_start) = 1)", "A week starts on a Monday."
    )

    @api.depends("week_start")
    def _compute_week_end(self):
        for sheet in self:
            sheet.week_end = sheet.week_start and sheet.week_start + timedelta(days=6)

    @api.depends("line_ids.hours", "line_ids.km", "line_ids.state")
    def _compute_totals(self):
        for sheet in self:
            kept = sheet.line_ids.filtered(lambda line: line.state != "dropped")
            sheet.hour_total = sum(kept.mapped("hours"))
            sheet.km_total = sum(kept.mapped("km"))
            sheet.half_day_total = len(kept)
            sheet.contested_count = len(kept.filtered(lambda line: line.state == "contested"))

    @api.depends("line_ids.state", "line_ids.is_checked")
    def _compute_has_to_check(self):
        for sheet in self:
            agreed = sheet.line_ids.filtered(lambda line: line.state == "validated")
            sheet.has_to_check = not all(agreed.mapped("is_checked"))

    @api.depends("mission_id", "week_start")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "%(mission)s, week of %(day)s",
                mission=sheet.mission_id.name,
                day=self.env.company._format_document_date(sheet.week_start),
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Hours are never deleted: contest or correct their lines."))

    @api.model
    def _get_today(self):
        """The day of the rule of service rendered: what is not worked is not signed."""
        return self.env.company._get_today()

    @api.model
    def _get_monday(self, day):
        return day - timedelta(days=day.weekday())

    def _expect(self, *states):
        for sheet in self:
            if sheet.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is at the step “%(state)s”: this cannot be done now.",
                        name=sheet.display_name,
                        state=labels[sheet.state],
                    )
                )

    def _lock(self):
        """Two persons at once: the second waits, then reads what the first has done."""
        lock_rows(self)
        self.line_ids.invalidate_recordset()

    # steps of the coordinator

    def action_submit(self):
        """The coordinator sends the week in the name of the agent (on paper, by telephone)."""
        self.check_access("write")
        self.sudo()._submit(self.env.user.partner_id)

    def action_check(self):
        """The coordinator has read the week: what the commune validated may be billed.

        Lines that it contests, or decides again, stay aside: the rest need not wait.
        """
        self.check_access("write")
        sheets = self.sudo()
        answered = sheets.filtered(lambda s: s.state != "submitted" or not s.has_to_check)
        answered._expect("validated", "contested")
        sheets._check_not_signed_by_me(
            self.env._(
                "You signed these hours for the commune: another coordinator checks them for the"
                " service."
            )
        )
        for sheet in sheets:
            if not sheet._is_signature_intact():
                raise UserError(
                    self.env._(
                        "The hours of %s are no longer those that were signed.", sheet.display_name
                    )
                )
        answered.line_ids.filtered(lambda line: line.state == "validated")._check_working_time()
        answered.write({"checked_date": fields.Datetime.now(), "checked_by_id": self.env.uid})
        sheets.line_ids.filtered(lambda line: line.state == "validated").is_checked = True
        sheets._log("checked")
        sheets.filtered(lambda sheet: sheet.state == "validated").state = "checked"

    def _refresh_billed(self):
        """Billed: every line that is due is in a statement that was issued."""
        for sheet in self.filtered(lambda s: s.state in ("checked", "billed")):
            due = sheet.line_ids.filtered(lambda line: line.state == "validated")
            state = "billed" if due and all(line.is_issued for line in due) else "checked"
            if sheet.state != state:
                sheet.state = state
