"""The onboarding: the screen of the lines, each with its reason, its state and its button."""

from odoo import api, fields, models

from ...models.core.window_actions import open_action, open_record

STATES = [("done", "Done"), ("todo", "To do"), ("optional", "When you wish")]


class CommuneOnboarding(models.TransientModel):
    _name = "commune.onboarding"
    _description = "Onboarding"

    line_ids = fields.One2many("commune.onboarding.line", "onboarding_id")
    progress = fields.Char(compute="_compute_progress")
    complete = fields.Boolean(compute="_compute_progress")
    put_away = fields.Boolean(compute="_compute_progress")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("First morning")

    @api.model
    def _open(self):
        """The screen, with one line for each step of today."""
        steps = self.env.company._get_onboarding_steps()
        lines = [fields.Command.create({"code": step.code}) for step in steps]
        return open_record(self.create({"line_ids": lines}), name=self.env._("First morning"))

    @api.depends("line_ids.code")
    def _compute_progress(self):
        for onboarding in self:
            needed = onboarding.line_ids.filtered(lambda line: line.state != "optional")
            left = needed.filtered(lambda line: line.state == "todo")
            onboarding.complete = not left
            onboarding.put_away = self.env.company.sudo().onboarding_dismissed
            onboarding.progress = self.env._("Everything that is needed is done.")
            if left:
                onboarding.progress = self.env._(
                    "%(done)s of %(all)s done. About %(minutes)s minutes left.",
                    done=len(needed - left),
                    all=len(needed),
                    minutes=sum(left.mapped("minutes")),
                )

    def action_put_away(self):
        """The application begins elsewhere from now on; the screen stays in the configuration."""
        self.check_access("write")
        self.env.company.sudo().onboarding_dismissed = True
        return {
            "type": "ir.actions.act_url",
            "url": "/odoo/action-commune_relations.application_home_action",
            "target": "self",
        }


class CommuneOnboardingLine(models.TransientModel):
    _name = "commune.onboarding.line"
    _description = "Onboarding step"

    onboarding_id = fields.Many2one(
        "commune.onboarding", string="First morning", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    name = fields.Char(compute="_compute_step")
    why = fields.Char(compute="_compute_step")
    progress_text = fields.Char(compute="_compute_step")
    button = fields.Char(compute="_compute_step")
    minutes = fields.Integer(string="Minutes needed", compute="_compute_step")
    state = fields.Selection(STATES, compute="_compute_step")

    @api.depends("code")
    @api.depends_context("lang", "company", "uid")
    def _compute_step(self):
        """All the lines at once, as they are at this moment."""
        steps = {step.code: step for step in self.env.company._get_onboarding_steps()}
        for line in self:
            step = steps.get(line.code)
            for name in ("name", "why", "progress_text", "button", "minutes"):
                line[name] = step and getattr(step, name)
            optional = not step or step.optional
            line.state = "done" if step and step.done else "optional" if optional else "todo"

    def action_open(self):
        """The screen where this line is done."""
        self.ensure_one()
        self.check_access("read")
        steps = self.env.company._get_onboarding_steps()
        screen = next(step.screen for step in steps if step.code == self.code)
        return open_action(self, screen)
