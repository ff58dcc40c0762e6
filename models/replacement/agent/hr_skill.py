"""Skills of a town hall: sixteen codes, four levels, and what proves them."""

from odoo import api, fields, models

from .hr_employee import FILE


class HrSkill(models.Model):
    _inherit = "hr.skill"

    commune_code = fields.Char(
        string="Code", index="btree_not_null", help="Short code: ACC, EC, CPT…"
    )
    _commune_code_uniq = models.UniqueIndex(
        "(commune_code) WHERE commune_code IS NOT NULL", "Another skill has this code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Every employee makes skills in Odoo; those of town halls are asked for by communes."""
        skills = super().create(vals_list)
        if any(skills.mapped("commune_code")):
            skills.check_access("write")
        return skills

    @api.depends("commune_code")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for skill in self.filtered("commune_code"):
            skill.display_name = f"{skill.commune_code} – {skill.name}"
        return result

    @api.model
    def _by_commune_code(self):
        found = self.search([("commune_code", "!=", False)])
        return {skill.commune_code: skill for skill in found}


class HrSkillLevel(models.Model):
    _inherit = "hr.skill.level"

    commune_rank = fields.Integer(string="Rank", help="0 none, 1 with help, 2 alone, 3 trainer.")


class HrEmployeeSkill(models.Model):
    _inherit = "hr.employee.skill"

    evidence = fields.Char(groups=FILE, help="What proves it: missions done, training, date.")
    commune_rank = fields.Integer(related="skill_level_id.commune_rank")

    def _get_passive_fields(self):
        """A new level keeps the evidence until it is written again; one that an employee notes of
        himself has none yet."""
        names = super()._get_passive_fields()
        can_read = self._has_field_access(self._fields["evidence"], "read")
        return [*names, "evidence"] if can_read else names
