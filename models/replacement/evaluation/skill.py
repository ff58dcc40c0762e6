"""A level that good evaluations propose: the coordinator decides, nothing is written alone."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

GOOD_MEAN = 3.5


class CommuneReplacementLevel(models.Model):
    _name = "commune.replacement.level"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Level of skill proposed"
    _order = "state desc, id desc"
    _rec_name = "employee_id"
    _writable_fields = frozenset({"note"})
    _readonly_reason = _lt("A level is proposed by the evaluations: accept it or refuse it.")

    employee_id = fields.Many2one(
        "hr.employee", string="Agent", required=True, readonly=True, index=True, ondelete="cascade"
    )
    skill_id = fields.Many2one("hr.skill", required=True, readonly=True, ondelete="cascade")
    rank = fields.Integer(string="Level proposed", required=True, readonly=True, aggregator=None)
    level = fields.Char(compute="_compute_level", help="The level proposed, in words.")
    mean = fields.Float(string="Quality of the work", readonly=True, digits=(3, 2), aggregator=None)
    answer_count = fields.Integer(string="Evaluations", readonly=True, aggregator=None)
    state = fields.Selection(
        [("proposed", "To decide"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="proposed",
    )
    note = fields.Char(string="Why")
    decided_date = fields.Date(string="Decided on", readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    _proposed_uniq = models.UniqueIndex(
        "(employee_id, skill_id) WHERE state = 'proposed'", "This level is already proposed."
    )

    @api.depends("skill_id", "rank")
    def _compute_level(self):
        for one in self:
            levels = one.skill_id.skill_type_id.skill_level_ids
            one.level = levels.filtered(lambda level, o=one: level.commune_rank == o.rank)[:1].name

    def action_accept(self):
        """The agent has the level from today; the level before stays in the file, ended."""
        self.check_access("write")
        for proposal in self:
            proposal._expect_open()
            line = proposal._get_line()
            levels = line.skill_type_id.skill_level_ids
            level = levels.filtered(lambda one, rank=proposal.rank: one.commune_rank == rank)
            if not level or line.commune_rank >= proposal.rank:
                raise UserError(
                    self.env._("The file of %s has changed since.", proposal.employee_id.name)
                )
            proposal.employee_id.sudo().write(
                {
                    "current_employee_skill_ids": [
                        fields.Command.update(line.id, {"skill_level_id": level[:1].id})
                    ]
                }
            )
        self._decide("accepted")

    def action_refuse(self):
        self.check_access("write")
        for proposal in self:
            proposal._expect_open()
            if not (proposal.note or "").strip():
                raise UserError(self.env._("Write why the level is refused."))
        self._decide("refused")

    def _expect_open(self):
        if self.state != "proposed":
            raise UserError(self.env._("This level has already been decided."))

    def _decide(self, state):
        today = self.env.company._get_today()
        self._set({"state": state, "decided_date": today, "decided_by_id": self.env.uid})

    def _get_line(self):
        """The level that the agent has today (hr.employee.skill, as superuser)."""
        self.ensure_one()
        lines = self.employee_id.sudo().current_employee_skill_ids
        return lines.filtered(lambda line: line.skill_id == self.skill_id)[:1]


class CommuneReplacementEvaluation(models.Model):
    _inherit = "commune.replacement.evaluation"

    def _propose_levels(self):
        """Skills asked for by the mission, which the agent has at a level that can rise: the mean
        of the work since that level, or since the last refusal, is good."""
        for one in self.filtered(lambda e: e.side == "commune" and e.score_technical):
            agent, needs = one.employee_id, one.mission_id.request_id.need_ids
            lines = agent.current_employee_skill_ids.filtered(
                lambda line, asked=needs.skill_id: (
                    line.skill_id in asked and 0 < line.commune_rank < 3
                )
            )
            for line in lines:
                one._propose_level(agent, line)

    @api.model
    def _propose_level(self, agent, line):
        """:param line: hr.employee.skill, the level of today"""
        Level = self.env["commune.replacement.level"]
        known = Level.search(
            [("employee_id", "=", agent.id), ("skill_id", "=", line.skill_id.id)], order="id desc"
        )
        if known.filtered(lambda one: one.state == "proposed"):
            return
        since = max([line.valid_from, *filter(None, known.mapped("decided_date"))])
        answers = self.search(
            [
                ("employee_id", "=", agent.id),
                ("side", "=", "commune"),
                ("state", "=", "answered"),
                ("score_technical", ">", 0),
                ("answered_date", ">=", since),
                ("mission_id.request_id.need_ids.skill_id", "=", line.skill_id.id),
            ]
        )
        mean = sum(answers.mapped("score_technical")) / len(answers) if answers else 0
        if mean >= GOOD_MEAN:
            Level.create(
                {
                    "employee_id": agent.id,
                    "skill_id": line.skill_id.id,
                    "rank": line.commune_rank + 1,
                    "mean": mean,
                    "answer_count": len(answers),
                }
            )
