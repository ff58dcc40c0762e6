"""Extension of bank accounts: whose they become, and searches through their employee."""

from odoo import models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    def write(self, vals):
        """Nor does an account become that of a commune: a record rule looks before the write."""
        result = super().write(vals)
        if "partner_id" in vals:
            self.check_access("write")
        return result

    def _search_employee_id(self, operator, operand):
        if operator == "any" and not self.env.su:
            operator, operand = "in", self.env["hr.employee"].search(operand).ids
        return super()._search_employee_id(operator, operand)
