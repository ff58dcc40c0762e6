"""Gates of a project: a step is not passed without its evidence."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...core.inside import INSIDE, is_inside

PATH = ("idea", "need", "legal", "price", "pilot", "decision", "launch", "review", "done")
# To leave a step: fields that must be filled in.
EVIDENCE = {
    "idea": ("description", "department_id", "family_id"),
    "need": ("survey_ref", "interested_commune_ids", "volume"),
    "legal": ("legal_basis_id", "legal_note"),
    "price": ("yearly_cost", "scenario_ids", "scenario_id"),
    "pilot": ("pilot_commune_ids", "pilot_start", "pilot_end", "pilot_result"),
    "decision": ("decision", "decision_date", "decision_by", "decision_note"),
    "launch": ("launch_ref", "launch_date", "service_id"),
    "review": ("review_note",),
}
# A pilot is not opened without knowing with whom.
TO_ENTER = {"pilot": ("pilot_commune_ids", "pilot_start")}


class CommuneServiceProject(models.Model):
    _inherit = "commune.service.project"

    missing_text = fields.Char(string="Before the next step", compute="_compute_missing_text")

    @api.depends(
        *{name for names in EVIDENCE.values() for name in names}, "stage", "committee_date"
    )
    def _compute_missing_text(self):
        for project in self:
            project.missing_text = ", ".join(project._get_missing(project.stage))

    def _get_missing(self, stage):
        """Labels of what is not filled in to leave a step for the next one."""
        names = list(EVIDENCE.get(stage, ()))
        if stage == "legal" and self.legal_basis_id.needs_committee:
            names += ["committee_date", "committee_opinion"]
        following = PATH[PATH.index(stage) + 1] if stage in PATH[:-1] else ""
        names += [name for name in TO_ENTER.get(following, ()) if name not in names]
        return [
            self._fields[name]._description_string(self.env)
            for name in names
            if self._is_blank(name)
        ]

    def _is_blank(self, name):
        """Whether nothing can be read there: an editor that was opened leaves empty tags."""
        value = self[name]
        if self._fields[name].type == "html":
            return is_html_empty(value)
        return not (value.strip() if isinstance(value, str) else value)

    def write(self, vals):
        """The step moves by the buttons only, or one gate at a time in the kanban."""
        passed = is_inside(self.env, "project_gate_passed")
        if "stage" not in vals or passed:
            return super().write(vals)
        stage, rest = vals["stage"], {k: v for k, v in vals.items() if k != "stage"}
        result = super().write(rest) if rest else True
        for project in self.filtered(lambda p: p.stage != stage):
            if stage == project._get_next_stage():
                project.action_next()
            elif stage == "dropped":
                project.action_drop()
            elif stage in PATH and PATH.index(stage) < PATH.index(
                project.stage if project.stage in PATH else "done"
            ):
                project._pass_to(stage)
            else:
                self._raise_user_write()
        return result

    def _get_next_stage(self):
        self.ensure_one()
        return PATH[PATH.index(self.stage) + 1] if self.stage in PATH[:-1] else False

    def action_next(self):
        """Pass the gate, when its evidence is there."""
        self.check_access("write")
        labels = dict(self._fields["stage"]._description_selection(self.env))
        for project in self:
            stage = project._get_next_stage()
            if not stage:
                raise UserError(self.env._("“%s” has no next step.", project.name))
            missing = project._get_missing(project.stage)
            if missing:
                raise UserError(
                    self.env._(
                        "“%(name)s” cannot go to “%(stage)s” yet. Missing: %(fields)s.",
                        name=project.name,
                        stage=labels[stage],
                        fields=", ".join(missing),
                    )
                )
            if project.stage == "decision" and project.decision == "no_go":
                raise UserError(
                    self.env._("The decision on “%s” is “no go”: drop the project.", project.name)
                )
            project._pass_to(stage)

    def action_previous(self):
        self.check_access("write")
        for project in self:
            rank = PATH.index(project.stage) if project.stage in PATH else 1
            project._pass_to(PATH[max(rank - 1, 0)])

    def action_drop(self):
        self.check_access("write")
        for project in self:
            if not project.decision_note:
                raise UserError(self.env._("Write why “%s” is dropped.", project.name))
            project._pass_to("dropped")

    def _pass_to(self, stage):
        passed = self.sudo().with_context(project_gate_passed=INSIDE)
        passed.write({"stage": stage, "stage_date": self.env.company._get_today()})
        for project in self:
            if stage == "legal" and not project.service_id:
                project._create_service()
            if stage == "pilot":
                project._open_pilot()
            if stage == "review":
                project._schedule_review()

    def _create_service(self):
        """A sheet in the catalogue, that the communes do not see yet."""
        self.service_id = self.env["commune.service"].create(
            {
                "name": self.name,
                "family_id": self.family_id.id,
                "department_id": self.department_id.id,
                "referent_id": self.department_id.user_id.id,
                "state": "study",
            }
        )

    def _open_pilot(self):
        """The named communes are those who may subscribe; the sheet itself opens when ready."""
        self.service_id.write(
            {
                "scope": "list",
                "commune_ids": [fields.Command.set(self.pilot_commune_ids.ids)],
                "legal_basis_id": self.legal_basis_id.id,
            }
        )

    def _schedule_review(self):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.review_date,
            user_id=(self.user_id or self.env.company._get_service_manager()).id,
            summary=self.env._("Review at 6 months: %s", self.name),
        )
