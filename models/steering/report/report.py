"""The activity report of the department: figures of a period, frozen, and words on them."""

import hashlib
import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ....engine.steering import Span
from ...core.row_lock import lock_rows
from ...core.window_actions import open_record

_lt = LazyTranslate(__name__)

STATES = [("draft", "Draft"), ("frozen", "Figures frozen")]
TALK = ("message_", "activity_")


class CommuneActivityReport(models.Model):
    """Activity report: a draft has current figures; a frozen one is read-only.

    A correction of a frozen report is a new version."""

    _name = "commune.activity.report"
    _inherit = ["commune.staff.thread", "commune.readonly.fields.mixin"]
    _description = "Activity report of the department"
    _order = "date_start desc, date_end desc, version desc"
    _readonly_fields = frozenset(
        {"state", "version", "figures", "frozen_date", "frozen_by_id", "fingerprint"}
    )
    _values_at_creation = {"state": "draft", "version": 1}
    _readonly_reason = _lt("The figures of a report are frozen by its button.")

    date_start = fields.Date(
        string="From the", required=True, default=lambda self: self._last_year(1)
    )
    date_end = fields.Date(string="Until", required=True, default=lambda self: self._last_year(12))
    version = fields.Integer(required=True, default=1, readonly=True, copy=False, aggregator=None)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    figures = fields.Json(readonly=True, copy=False)
    frozen_date = fields.Datetime(string="Figures of", readonly=True, copy=False)
    frozen_by_id = fields.Many2one("res.users", string="Frozen by", readonly=True, copy=False)
    fingerprint = fields.Char(
        readonly=True, copy=False, help="SHA-256 of the figures and of the texts."
    )
    introduction = fields.Html(help="What the period was, by the vice-president.")
    signatory = fields.Char(
        string="Signed by", help="Name and title, as printed below the introduction."
    )
    requests_text = fields.Html(string="On the requests")
    relation_text = fields.Html(string="On the relation with the communes")
    committees_text = fields.Html(string="On the sessions and decisions")
    network_text = fields.Html(string="On the events and letters")
    services_text = fields.Html(string="On the services and conventions")
    replacement_text = fields.Html(string="On the replacement")
    surveys_text = fields.Html(string="On the surveys")
    knowledge_text = fields.Html(string="On the guides and the watch")
    areas_text = fields.Html(string="On the sectors and sizes of communes")
    outlook = fields.Html(string="What comes next")
    _version_uniq = models.Constraint(
        "UNIQUE(date_start, date_end, version)",
        "There is already a report on this period: make a new version of it.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_end >= date_start)", "A period ends after its first day."
    )
    _frozen_check = models.Constraint(
        "CHECK(state = 'draft' OR (figures IS NOT NULL AND frozen_date IS NOT NULL"
        " AND frozen_by_id IS NOT NULL AND fingerprint IS NOT NULL))",
        "A report that is frozen keeps its figures.",
    )

    @api.constrains("date_start", "date_end")
    def _check_period(self):
        """Limit of the period, as on the dashboard: a longer one would take hours to render."""
        for report in self.filtered(lambda one: one.date_start <= one.date_end):
            self.env["commune.steering"]._check_span(report._get_span())

    @api.model
    def _last_year(self, month):
        """First day of the year before for month 1, last one for month 12."""
        day = 1 if month == 1 else 31
        return self.env.company._get_today() + relativedelta(years=-1, month=month, day=day)

    @api.depends("date_start", "date_end", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            name = self.env._("Activity report %s", report._get_period_name())
            if report.version > 1:
                name = self.env._("%(name)s, version %(rank)s", name=name, rank=report.version)
            report.display_name = name

    def _get_period_name(self):
        """“2026” for a year, else “from 1 July 2025 until 30 June 2026”."""
        start, end = self.date_start, self.date_end
        if not (start and end):
            return ""
        edges = (start.month, start.day, end.month, end.day)
        if edges == (1, 1, 12, 31) and start.year == end.year:
            return str(start.year)
        return self.env.company._format_document_period(start, end)

    def _get_cover_title(self):
        """The year, or nothing: days in full would be cut anywhere in a title of that size."""
        period = self._get_period_name()
        return self.env._("Activity report %s", period if period.isdigit() else "").strip()

    def _get_cover_period(self):
        """Both days in full, below the title; and which version."""
        period = self.env.company._format_document_period(self.date_start, self.date_end)
        if self.version > 1:
            return self.env._("%(name)s, version %(rank)s", name=period, rank=self.version)
        return period

    def _get_span(self):
        return Span(self.date_start, self.date_end)

    def _check_record_state(self, vals):
        if any(report.state == "frozen" for report in self) and any(
            not name.startswith(TALK) for name in vals
        ):
            raise UserError(
                self.env._("A report that is frozen does not change. Make a new version of it.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if any(report.state == "frozen" for report in self):
            raise UserError(self.env._("A report that is frozen stays: make a new version of it."))

    def action_freeze(self):
        """Freeze the figures of today: the report no longer changes.

        :raise UserError: the period is not over
        """
        self.check_access("write")
        for report in self.filtered(lambda one: one.state == "draft"):
            if report.date_end >= self.env.company._get_today():
                raise UserError(
                    self.env._(
                        "The period ends on %s: its figures would still change.",
                        self.env.company._format_document_date(report.date_end),
                    )
                )
            figures = report._work_out()
            report.sudo().write(
                {
                    "figures": figures,
                    "fingerprint": report._get_fingerprint(figures),
                    "frozen_date": fields.Datetime.now(),
                    "frozen_by_id": self.env.uid,
                    "state": "frozen",
                }
            )

    def action_new_version(self):
        """Open the draft of a new version, creating it if needed: same period, same texts, current
        figures."""
        self.ensure_one()
        self.check_access("write")
        lock_rows(self)
        last = self.search(
            [("date_start", "=", self.date_start), ("date_end", "=", self.date_end)],
            order="version desc",
            limit=1,
        )
        if last.state == "frozen":
            last = self.sudo().copy({"version": last.version + 1}).with_env(self.env)
        return open_record(last)

    def _get_figures_day(self):
        """The day of which the figures of today are, in words: that of the freezing, if any."""
        company = self.env.company
        frozen = self.state == "frozen"
        day = company._get_organisation_date(self.frozen_date) if frozen else company._get_today()
        return company._format_document_date(day)

    def _name_figure(self, row):
        """Label of a figure; one of today carries its date, as the document is read later."""
        if not row["is_today"]:
            return row["label"]
        day = self._get_figures_day()
        return self.env._("%(figure)s, on %(day)s", figure=row["label"], day=day)

    def action_pdf(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.activity_report_report").report_action(self)

    def action_xlsx(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.activity_report_xlsx_report").report_action(self)

    def _get_texts(self):
        """{name of the field: its text}; not the empty ones, so that a field that a later version
        of the addon adds leaves the fingerprints as they are."""
        names = ["signatory", *(n for n, field in self._fields.items() if field.type == "html")]
        return {name: str(self[name]) for name in names if self[name]}

    def _get_fingerprint(self, figures):
        says = json.dumps([figures, self._get_texts()], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(says.encode()).hexdigest()

    def _get_content(self):
        """Frozen figures, else computed live; see `_work_out`.

        :raise UserError: what was frozen was changed in the database
        """
        self.ensure_one()
        if self.state == "draft":
            return self._work_out()
        if self._get_fingerprint(self.figures) != self.fingerprint:
            raise UserError(
                self.env._(
                    "The report does not match its fingerprint any more: somebody changed it"
                    " outside of the software. Call the administrator of the database."
                )
            )
        return self.figures
