"""Trainings that would fill most of what a plan leaves without agent."""

from odoo import fields, models

from ....engine.staffing import skill_gaps

MOST_LINES = 20
MOST_AGENTS = 5


class CommuneReplacementPlan(models.Model):
    _inherit = "commune.replacement.plan"

    learning_ids = fields.One2many(
        "commune.replacement.plan.learning", "plan_id", string="Trainings", readonly=True
    )

    def _write_gaps(self, staffing, board, plan, planned):
        result = super()._write_gaps(staffing, board, plan, planned)
        self.learning_ids.unlink()
        grouped = {}
        for gap in skill_gaps(board, plan):
            key = tuple((one.kind, one.code, one.level) for one in gap.learnings)
            grouped.setdefault(key, []).append(gap)
        self.env["commune.replacement.plan.learning"].create(
            [
                {"plan_id": self.id, "sequence": rank, **self._prepare_learning(staffing, gaps)}
                for rank, gaps in enumerate(list(grouped.values())[:MOST_LINES])
            ]
        )
        return result

    def _prepare_learning(self, staffing, gaps):
        """Same training for several agents: most half-days gained first."""
        first = gaps[0]
        requests = dict.fromkeys(code for code, _half_day in first.half_days)
        agents = [f"{staffing.agents[gap.agent].name} ({gap.unlocked})" for gap in gaps]
        return {
            "name": self._name_learnings(first.learnings),
            "employee_id": staffing.agents[first.agent].id,
            "step_count": first.steps,
            "half_day_count": first.unlocked,
            "agent_text": ", ".join(agents[:MOST_AGENTS]),
            "request_text": ", ".join(map(staffing.problem.label, requests)),
        }

    def _name_learnings(self, learnings):
        """`Accounting (level 2), JVS`."""
        return ", ".join(
            one.code
            if one.kind == "software"
            else self.env._("%(skill)s (level %(level)s)", skill=one.code, level=one.level)
            for one in learnings
        )


class CommuneReplacementPlanLearning(models.Model):
    _name = "commune.replacement.plan.learning"
    _description = "Training that a plan calls for"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "commune.replacement.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    name = fields.Char(string="To learn", required=True, readonly=True)
    employee_id = fields.Many2one(
        "hr.employee", string="Who first", readonly=True, index=True, ondelete="cascade"
    )
    step_count = fields.Integer(
        string="Steps", readonly=True, help="Levels to climb, and software to learn."
    )
    half_day_count = fields.Integer(string="Half-days unlocked", readonly=True)
    agent_text = fields.Char(string="Agents (half-days unlocked)", readonly=True)
    request_text = fields.Char(string="Requests", readonly=True)
