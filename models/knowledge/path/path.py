"""The path of a new mandate as the organisation writes it: steps, each on a day.

It begins for the mandates that are noted once it is switched on, never for those already running:
nothing leaves by surprise.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STEP_KINDS = [
    ("word", "Something to know"),
    ("guide", "Guide to read"),
    ("people", "People to meet"),
    ("session", "Session to attend"),
    ("quiz", "Quiz"),
]


class CommunePath(models.Model):
    _name = "commune.path"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.letter.document.mixin",
    ]
    _description = "Path of a new mandate"
    _order = "sequence, id"
    _readonly_reason = _lt("A path is switched on and off with its buttons.")
    _readonly_fields = frozenset({"date_from"})

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="A person whose mandate fits several paths gets the first one."
    )
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Reaches persons whose letter does not leave; the user who activates the path, unless"
        " somebody else is chosen.",
    )
    function_ids = fields.Many2many(
        "commune.function",
        "commune_path_function_rel",
        "path_id",
        "function_id",
        string="For which functions",
        domain="[('kind', '=', 'elected')]",
    )
    date_from = fields.Date(
        string="On since",
        readonly=True,
        copy=False,
        help="Mandates noted from this day on get the path; those that ran before do not.",
    )
    step_ids = fields.One2many("commune.path.step", "path_id", string="Steps", copy=True)
    progress_count = fields.Integer(string="Mandates", compute="_compute_progress_count")

    def _compute_progress_count(self):
        groups = self.env["commune.path.progress"]._read_group(
            [("path_id", "in", self.ids)], ["path_id"], ["__count"]
        )
        counts = dict(groups)
        for path in self:
            path.progress_count = counts.get(path, 0)

    def copy_data(self, default=None):
        return [
            {**vals, "name": (default or {}).get("name") or self.env._("%s (copy)", path.name)}
            for path, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def action_switch_on(self):
        """The mandates that are noted from now on get this path, and its letters."""
        self.check_access("write")
        for path in self.filtered(lambda path: not path.date_from):
            if not (path.function_ids and path.step_ids):
                raise UserError(
                    self.env._(
                        "“%s”: say for which functions, and write its steps, before you switch it"
                        " on.",
                        path.name,
                    )
                )
            path._set(
                {
                    "date_from": self.env.company._get_today(),
                    "user_id": path.user_id.id or self.env.uid,
                }
            )

    def action_switch_off(self):
        """No new mandate gets it any more; the paths that run go on."""
        self.check_access("write")
        self._set({"date_from": False})

    def action_open_follows(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_path_progress_action"
        )
        return {**action, "domain": [("path_id", "=", self.id)], "context": {}}


class CommunePathStep(models.Model):
    _name = "commune.path.step"
    _description = "Step of a path"
    _order = "path_id, day, id"

    path_id = fields.Many2one("commune.path", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(STEP_KINDS, required=True, default="word")
    day = fields.Integer(
        required=True, default=0, help="Days after the path has begun; 0: the first day."
    )
    text = fields.Text(
        translate=True, help="What the person reads, in the letter and on the portal."
    )
    is_written = fields.Boolean(
        string="By letter",
        default=True,
        help="Sent by e-mail on its day, with the other steps of that day; otherwise on the portal"
        " only.",
    )
    guide_id = fields.Many2one("commune.guide", ondelete="restrict")
    survey_id = fields.Many2one(
        "survey.survey",
        string="Quiz",
        ondelete="restrict",
        index="btree_not_null",
        help="From then on it is answered with the account of the person, without certificate.",
    )
    _day_check = models.Constraint(
        "CHECK(day BETWEEN 0 AND 90)", "A step is within 90 days of the beginning."
    )

    @api.constrains("kind", "guide_id", "survey_id")
    def _check_kind(self):
        for step in self:
            if step.kind == "guide" and not step.guide_id:
                raise ValidationError(self.env._("“%s”: choose the guide to read.", step.name))
            if step.kind == "quiz" and not step.survey_id:
                raise ValidationError(self.env._("“%s”: choose the quiz.", step.name))
            survey = step.survey_id.sudo()  # who keeps paths may not open surveys
            if survey.campaign_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” is sent to the communes in a campaign: make another survey for the"
                        " quiz.",
                        survey.title,
                    )
                )
            if survey.certification:
                raise ValidationError(
                    self.env._(
                        "“%s” gives a certificate: a quiz of this path does not.",
                        survey.title,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.survey_id._prepare_for_path()
        return steps

    def write(self, vals):
        result = super().write(vals)
        if "survey_id" in vals:
            self.survey_id._prepare_for_path()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_followed(self):
        lines = self.env["commune.path.progress.line"].sudo()
        if lines.search_count([("step_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Persons follow this step: write a new path, and switch this one off.")
            )


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    path_step_ids = fields.One2many(
        "commune.path.step",
        "survey_id",
        string="Steps of paths",
        context={"active_test": False},
        groups="base.group_system",
    )

    def _prepare_for_path(self):
        """Answered from the portal with the account of the person, who sees the result."""
        self.sudo().write(
            {
                "access_mode": "token",
                "users_login_required": True,
                "certification": False,
                "scoring_type": "scoring_with_answers",
            }
        )

    def _is_asked_by_organisation(self):
        return bool(self.sudo().path_step_ids) or super()._is_asked_by_organisation()
