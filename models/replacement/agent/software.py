"""Business software: an agent who does not know it is lost on the onboarding."""

from odoo import api, fields, models


class CommuneSoftware(models.Model):
    _name = "commune.software"
    _description = "Business software"
    _order = "family, name"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Short code in capitals, used by the imports.")
    editor = fields.Char(string="Publisher")
    family = fields.Selection(
        [
            ("business", "Software of the commune"),
            ("state", "Tool of the State"),
            ("other", "Other"),
        ],
        required=True,
        default="business",
    )
    active = fields.Boolean(default=True)
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_software_partner_rel",
        "software_id",
        "commune_id",
        string="Communes",
        domain="[('is_commune', '=', True)]",
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        "commune_software_employee_rel",
        "software_id",
        "employee_id",
        string="Agents",
        groups="commune_relations.group_replacement_coordinator",
    )
    _code_uniq = models.Constraint("UNIQUE(code)", "Another software has this code.")

    @api.model
    def _by_code(self):
        """Every software by its code, archived ones too."""
        found = self.with_context(active_test=False).search(fields.Domain.TRUE)
        return {software.code: software for software in found}

    @api.model
    def _ensure_codes(self, codes):
        """The software of these codes; what is not known yet is created under its code."""
        known = self._by_code()
        missing = [code for code in dict.fromkeys(codes) if code not in known]
        created = self.create([{"code": code, "name": code} for code in missing])
        return {**known, **dict(zip(missing, created, strict=True))}
