"""Progress of one mandate on a path: steps done and to come."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

CAUSES = [
    ("mandate", "The mandate has ended"),
    ("person", "Asked by the person"),
    ("house", "By the service"),
    ("time", "Three months have passed"),
]


class CommunePathProgress(models.Model):
    _name = "commune.path.progress"
    _inherit = ["commune.letter", "commune.readonly.fields.mixin"]
    _description = "Path of a mandate"
    _order = "date_start desc, id desc"
    _rec_name = "partner_id"
    _readonly_reason = _lt("A path follows the mandate and what its person does.")
    _writable_fields = frozenset()

    path_id = fields.Many2one("commune.path", required=True, index=True, ondelete="restrict")
    mandate_id = fields.Many2one("commune.mandate", required=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="cascade"
    )
    commune_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    date_start = fields.Date(string="Start", required=True)
    state = fields.Selection(
        [("running", "Under way"), ("done", "Completed"), ("stopped", "Stopped")],
        required=True,
        default="running",
        index=True,
    )
    stop_cause = fields.Selection(CAUSES)
    line_ids = fields.One2many("commune.path.progress.line", "progress_id", string="Steps")
    line_count = fields.Integer(string="Steps in all", compute="_compute_counts")
    done_count = fields.Integer(string="Steps done", compute="_compute_counts")
    progress = fields.Char(compute="_compute_counts", help="Steps done, of all steps.")
    _mandate_uniq = models.Constraint(
        "UNIQUE(mandate_id)", "This mandate has already had its path."
    )
    _person_uniq = models.UniqueIndex(
        "(partner_id) WHERE state = 'running'", "This person already follows a path."
    )

    @api.depends("line_ids.done_date")
    def _compute_counts(self):
        groups = self.env["commune.path.progress.line"]._read_group(
            [("progress_id", "in", self.ids)], ["progress_id"], ["__count", "done_date:count"]
        )
        counts = {follow.id: (total, done) for follow, total, done in groups}
        for follow in self:
            follow.line_count, follow.done_count = counts.get(follow.id, (0, 0))
            follow.progress = f"{follow.done_count} / {follow.line_count}"

    @api.depends("partner_id", "path_id.name")
    def _compute_display_name(self):
        for follow in self:
            follow.display_name = f"{follow.partner_id.name} – {follow.path_id.name}"

    def action_stop(self):
        """No letter leaves any more for these persons."""
        self.env["commune.path"].check_access("write")
        self.sudo()._stop("house")

    def _stop(self, cause):
        """:param cause: a key of `CAUSES`"""
        running = self.filtered(lambda follow: follow.state == "running")
        running.write({"state": "stopped", "stop_cause": cause})

    def _mark_completed(self):
        """Complete the paths of which every step is done."""
        running = self.filtered(lambda follow: follow.state == "running")
        running.invalidate_recordset(["line_count", "done_count", "progress"])
        running.filtered(lambda follow: follow.done_count == follow.line_count).state = "done"


class CommunePathProgressLine(models.Model):
    _name = "commune.path.progress.line"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Step of the path of a mandate"
    _order = "progress_id, date_due, id"
    _rec_name = "step_id"
    _readonly_reason = _lt("A path follows the mandate and what its person does.")
    _writable_fields = frozenset()

    progress_id = fields.Many2one(
        "commune.path.progress", required=True, index=True, ondelete="cascade"
    )
    step_id = fields.Many2one("commune.path.step", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(related="step_id.kind")
    date_due = fields.Date(string="Day", required=True, index=True)
    notified_date = fields.Date(string="Letter of")
    done_date = fields.Date(string="Done on")
    answer_id = fields.Many2one(
        "survey.user_input",
        string="Answer to the quiz",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="Its result is for the person alone.",
    )
    _step_uniq = models.Constraint(
        "UNIQUE(progress_id, step_id)", "This step is already in the path."
    )

    def _set_done(self, done=True):
        """:param done: False takes it back, as long as the path runs; a quiz is done when sent"""
        if self.filtered(lambda line: line.progress_id.state == "stopped"):
            raise UserError(self.env._("This path has been stopped."))
        self.write({"done_date": done and self.env.company._get_today()})
        self.progress_id._mark_completed()


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    path_line_ids = fields.One2many(
        "commune.path.progress.line",
        "answer_id",
        string="Step of a path",
        groups="base.group_system",
        help="The quiz of a newcomer: nobody else reads the answer.",
    )

    def _mark_done(self):
        """A quiz that was sent is a step done, whatever its result."""
        result = super()._mark_done()
        lines = self.env["commune.path.progress.line"].sudo()
        found = lines.search([("answer_id", "in", self.ids), ("done_date", "=", False)])
        found.filtered(lambda line: line.progress_id.state != "stopped")._set_done()
        return result

    @api.depends("path_line_ids")
    def _compute_is_of_commune(self):
        """Nor is the secret read that answers a quiz in the name of a newcomer."""
        quizzes = self.filtered("path_line_ids")
        quizzes.is_of_commune = True
        return super(SurveyUserInput, self - quizzes)._compute_is_of_commune()
